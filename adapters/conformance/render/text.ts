/** For a terminal: what failed and what was skipped, each with what to do, and a last line that counts. */
import { conforms, countsOf, type CheckResult, type Report } from "../report.ts";

export function renderText(report: Report): string {
  const { passed, failed, warned, skipped } = countsOf(report);
  const verdict = conforms(report) ? "conforms" : "does not conform";
  return [
    `Conformance of ${report.product}, for ${report.landlord}`,
    "",
    ...report.checks.flatMap(linesOf),
    ...skippedLines(report),
    "",
    `${report.product} ${verdict}: ${passed} passed, ${failed} failed, ${warned} should be better, ${skipped} skipped`,
    "",
  ].join("\n");
}

function linesOf({ id, level, title, hint, finding }: CheckResult): string[] {
  if (finding.status !== "fail") return [];
  return [
    `${level === "MUST" ? "FAILED" : "SHOULD"} ${id}`,
    `  ${title}`,
    `  expected  ${finding.expected}`,
    `  came      ${finding.came}`,
    `  hint      ${hint}`,
    "",
  ];
}

/** Each reason once, with the checks that it kept from running. */
function skippedLines({ checks }: Report): string[] {
  const reasons = new Map<string, string[]>();
  for (const { id, finding } of checks) {
    if (finding.status !== "skip") continue;
    reasons.set(finding.reason, [...(reasons.get(finding.reason) ?? []), id]);
  }
  if (reasons.size === 0) return [];
  return [
    "Skipped",
    ...[...reasons].flatMap(([reason, ids]) => [`  ${reason}`, `    ${ids.join(", ")}`]),
  ];
}
