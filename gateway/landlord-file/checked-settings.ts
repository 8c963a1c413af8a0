/** Settings of a landlord's file that have a schema of their own, and secrets among them. */
import type { z } from "zod";
import type { Path, Problem, SourceDocument } from "./document.ts";
import type { resolveSettings } from "./settings.ts";
import { shapeOf, wordIssue } from "./wording.ts";

/** The shape of settings, and which of them are secret. */
export interface SettingsShape {
  readonly schema: z.ZodType;
  readonly secrets: readonly string[];
}

export interface ReadSettings {
  readonly settings: unknown;
  readonly problems: readonly Problem[];
}

/**
 * What the schema says of the settings at that place of the file, but for those of which it is known
 * already that they lack.
 */
export function checkSettings(
  document: SourceDocument,
  place: Path,
  { schema, secrets }: SettingsShape,
  { value, problems }: ReturnType<typeof resolveSettings>,
): ReadSettings {
  const parsed = schema.safeParse(value);
  const shape = shapeOf(schema);
  const lacking = new Set(problems.map(({ path }) => path[0]));
  const written = (path: Path) => document.valueAt([...place, ...path]);
  const own = (parsed.error?.issues ?? [])
    .filter(({ path }) => path.length === 0 || !lacking.has(String(path[0])))
    .flatMap((issue) => wordSettingsIssue(issue, shape, secrets, written));
  return {
    settings: parsed.data,
    problems: [...problems, ...own].map(({ path, expected }) => ({
      path: [...place, ...path],
      expected,
    })),
  };
}

function wordSettingsIssue(
  issue: z.core.$ZodIssue,
  shape: ReturnType<typeof shapeOf>,
  secrets: readonly string[],
  written: (path: Path) => unknown,
): Problem[] {
  const path = issue.path as Path;
  if (!secrets.includes(String(path[0]))) return wordIssue(issue, shape, written);
  if (written(path.slice(0, 1)) !== undefined) return wordIssue(issue, shape);
  return [{ path, expected: "{ env: NAME_OF_A_VARIABLE }, found nothing" }];
}
