/** For each check a mistake of the reference adapter that it has to notice. */
import type { Check } from "../check.ts";
import { changeMistakes } from "./mistakes/changes.ts";
import { fileMistakes } from "./mistakes/files.ts";
import { readMistakes } from "./mistakes/reads.ts";
import { valueMistakes } from "./mistakes/values.ts";
import { wireMistakes } from "./mistakes/wire.ts";
import type { Mistake } from "./index.ts";

/** By the id of a check, or by what follows the port and method in it: `order`, `pages`. */
const byId: Readonly<Record<string, Mistake>> = { ...wireMistakes, ...valueMistakes };

export function mistakeFor({ id }: Check): Mistake {
  const [place, ...rest] = id.split("/");
  const suffix = rest.at(-1)!;
  const found =
    byId[id] ??
    (rest.length === 2
      ? fileMistakes[suffix]
      : place!.startsWith("changes.")
        ? changeMistakes[suffix]?.(place!.slice("changes.".length))
        : readMistakes[suffix]?.(place!));
  if (!found)
    throw new Error(`no mistake is known that ${id} would notice: add one beside the others`);
  return found;
}
