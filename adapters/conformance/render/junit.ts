/** For build servers. A SHOULD that failed is shown in the output of its test, and breaks no build. */
import { countsOf, type CheckResult, type Report } from "../report.ts";
import { escaped } from "./escape.ts";

export function renderJunit(report: Report): string {
  const { checks, product } = report;
  const { failed, skipped } = countsOf(report);
  const seconds = secondsOf(checks.reduce((sum, { ms }) => sum + ms, 0));
  const name = `name="${escaped(`conformance of ${product}`)}"`;
  const counts = `tests="${checks.length}" failures="${failed}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${name} ${counts} time="${seconds}">`,
    `  <testsuite ${name} ${counts} time="${seconds}">`,
    ...checks.map((check) => caseOf(product, check)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

const secondsOf = (ms: number) => (ms / 1000).toFixed(3);

function caseOf(product: string, check: CheckResult): string {
  const { id, ms } = check;
  const names = `classname="${escaped(product)}" name="${escaped(id)}" time="${secondsOf(ms)}"`;
  return `    <testcase ${names}>${insideOf(check)}</testcase>`;
}

function insideOf({ level, title, hint, finding }: CheckResult): string {
  if (finding.status === "pass") return "";
  if (finding.status === "skip") return `<skipped message="${escaped(finding.reason)}"/>`;
  const words = escaped(
    `${title}\nexpected: ${finding.expected}\ncame: ${finding.came}\nhint: ${hint}`,
  );
  if (level === "SHOULD") return `<system-out>${words}</system-out>`;
  return `<failure type="MUST" message="${escaped(finding.came)}">${words}</failure>`;
}
