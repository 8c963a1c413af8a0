/** Differences for a person: by the port that hangs on them, what breaks first. */
import type { Drift } from "../../adapters/drift/check.ts";
import type { Difference } from "../../adapters/drift/compare.ts";
import type { Terminal } from "../terminal.ts";

type Style = Terminal["style"];
type Told = Drift & { readonly landlord: string; readonly product: string };

/** Ends with the one line that says it all. */
export function renderDrift(told: Told, style: Style): string {
  const title = style("bold", `The interface of ${told.product}, as ${told.landlord} has it`);
  if (!told.comparable) {
    const why = `It cannot be compared, because ${told.because}.`;
    return [title, "", style("red", why), nextStep(told.obstacle), ""].join("\n");
  }
  const { differences, further } = told;
  const ports = [...new Set(differences.flatMap((one) => one.ports))].toSorted();
  const none = differences.filter((one) => one.ports.length === 0);
  return [
    title,
    "",
    ...ports.flatMap((port) => {
      const its = differences.filter((one) => one.ports.includes(port));
      return section(port, its, style);
    }),
    ...(none.length > 0 ? section("Nothing that a port calls", none, style) : []),
    verdict(differences, further, style),
    "",
  ].join("\n");
}

function section(title: string, differences: readonly Difference[], style: Style): string[] {
  return [style("bold", title), ...differences.map((one) => line(one, style)), ""];
}

function line({ operation, part, field, change, severity }: Difference, style: Style): string {
  const word = severity === "BREAKING" ? style("red", "BREAKS") : style("green", "fits  ");
  const place = [operation ?? "all operations", ...(part === "OPERATION" ? [] : [words[part]])];
  return `  ${word}  ${place.join(", ")}${field === null ? "" : ` ${field}`}: ${change}`;
}

const words = { REQUEST: "request", ANSWER: "answer" } as const;

function verdict(differences: readonly Difference[], further: number, style: Style): string {
  const breaking = differences.filter(({ severity }) => severity === "BREAKING").length;
  const more = further > 0 ? ` The first ${differences.length} are told; ${further} are not.` : "";
  if (differences.length === 0) return style("green", "Nothing has changed.");
  if (breaking === 0) {
    return style("yellow", `${differences.length} changed, and nothing of it breaks.${more}`);
  }
  return style(
    "red",
    `${breaking} of ${differences.length} differences may break something.${more}`,
  );
}

const nextStep = (obstacle: Extract<Drift, { comparable: false }>["obstacle"]): string =>
  ({
    NONE: "Ask whoever keeps the ERP for its WSDL or OpenAPI file.",
    UNREACHABLE: "Try again when the ERP is open, from a machine that may go there.",
    REFUSED: "Check erp.settings of the landlord's file, and what the account there may see.",
    MISPLACED: "Check the address in erp.settings of the landlord's file.",
    UNREADABLE: "Look at the address with a browser: it may be a login page.",
    ELSEWHERE: "Ask for a description whose imports stand beside it.",
  })[obstacle];
