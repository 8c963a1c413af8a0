/** A report for the person at the terminal: what failed first, then what was not tried, then what lacks. */
import {
  conforms,
  countsOf,
  type CheckResult,
  type Report,
} from "../../adapters/conformance/report.ts";
import { featuresWith } from "../features.ts";
import type { Terminal } from "../terminal.ts";

type Style = Terminal["style"];

/** Ends with the one line that says it all. `served`: the names of the ports. */
export function renderPeople(report: Report, served: readonly string[], style: Style): string {
  const failures = report.checks.filter(({ finding }) => finding.status === "fail");
  const musts = failures.filter(({ level }) => level === "MUST");
  const shoulds = failures.filter(({ level }) => level === "SHOULD");
  return [
    style("bold", `Conformance of ${report.product}, for ${report.landlord}`),
    "",
    ...[...musts, ...shoulds].flatMap((check) => failureLines(check, style)),
    ...skipLines(report, style),
    ...lackingLines(served, style),
    verdict(report, style),
    "",
  ].join("\n");
}

function failureLines({ id, level, title, hint, finding }: CheckResult, style: Style): string[] {
  if (finding.status !== "fail") return [];
  const word = level === "MUST" ? style("red", "FAILED") : style("yellow", "SHOULD");
  return [
    `${word} ${style("bold", id)}`,
    `  ${title}`,
    `  expected  ${finding.expected}`,
    `  came      ${finding.came}`,
    `  hint      ${hint}`,
    "",
  ];
}

/** Each reason once, with what it kept from being tried. */
function skipLines({ checks, product }: Report, style: Style): string[] {
  const skipped = checks.flatMap(({ id, finding }) =>
    finding.status === "skip" ? [{ id, reason: finding.reason }] : [],
  );
  if (skipped.length === 0) return [];
  // What is not served is told below, by what a portal lacks for it.
  const unserved = `${product} does not serve `;
  const told = Map.groupBy(
    skipped.filter(({ reason }) => !reason.startsWith(unserved)),
    ({ reason }) => reason,
  );
  const others = skipped.filter(({ reason }) => reason.startsWith(unserved)).length;
  return [
    style("bold", "Not tried"),
    ...[...told].flatMap(([reason, ones]) =>
      // Names the file: its ports are what the checks are about.
      reason.startsWith("not written yet: ")
        ? [`  ${reason}`]
        : [`  ${reason}`, style("dim", `    ${subjectsOf(ones.map(({ id }) => id))}`)],
    ),
    ...(others > 0 ? [`  ${others} checks of ports that ${product} does not serve`] : []),
    "",
  ];
}

/** `balances.ofContracts (6), faults/html`: what the checks are about, and how many there are. */
function subjectsOf(ids: readonly string[]): string {
  const subjects = Map.groupBy(ids, (id) => id.split("/")[0]!);
  return [...subjects]
    .map(([subject, [first, ...others]]) =>
      others.length > 0 ? `${subject} (${others.length + 1})` : first,
    )
    .join(", ");
}

function lackingLines(served: readonly string[], style: Style): string[] {
  const { offered, lacking } = featuresWith(served);
  if (lacking.length === 0) return [];
  const longest = Math.max(...lacking.map(({ title }) => title.length));
  return [
    style("bold", `A portal has ${offered.length} features with this ERP, and lacks`),
    ...lacking.map(
      ({ id, title, missing }) =>
        `  ${id}  ${title.padEnd(longest)}  ${style("dim", `not served: ${missing.join(", ")}`)}`,
    ),
    "",
  ];
}

function verdict(report: Report, style: Style): string {
  const { passed, failed, warned, skipped } = countsOf(report);
  const fine = conforms(report);
  const words =
    passed + failed === 0
      ? "was not checked: nothing could be tried"
      : fine
        ? "conforms"
        : "does not conform";
  const counts = `${passed} passed, ${failed} failed, ${warned} should be better, ${skipped} skipped`;
  return `${style(fine ? "green" : "red", `${report.product} ${words}`)}: ${counts}`;
}
