/** One page to keep or to send: no script, nothing from elsewhere. */
import { conforms, countsOf, type CheckResult, type Report } from "../report.ts";
import { escaped } from "./escape.ts";

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; font-weight: 600; padding: 1rem 0 .25rem }
th, td { border-bottom: 1px solid #8886; padding: .4rem .6rem; text-align: left; vertical-align: top }
code { overflow-wrap: anywhere }
:root { color-scheme: light dark }`;

const sections = [
  ["Failed", (one) => one.finding.status === "fail" && one.level === "MUST"],
  ["Should be better", (one) => one.finding.status === "fail" && one.level === "SHOULD"],
  ["Skipped", (one) => one.finding.status === "skip"],
  ["Passed", (one) => one.finding.status === "pass"],
] as const satisfies readonly [string, (one: CheckResult) => boolean][];

export function renderHtml(report: Report): string {
  const title = escaped(`Conformance of ${report.product}, for ${report.landlord}`);
  const { passed, failed, warned, skipped } = countsOf(report);
  const verdict = conforms(report) ? "It conforms" : "It does not conform";
  const counts = `${passed} passed, ${failed} failed, ${warned} should be better, ${skipped} skipped`;
  const tables = sections.map(([caption, belongs]) =>
    tableOf(caption, report.checks.filter(belongs)),
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>${style}</style></head>
<body><main>
<h1>${title}</h1>
<p>${verdict}: ${counts}.</p>
${tables.join("\n")}
</main></body>
</html>
`;
}

function tableOf(caption: string, checks: readonly CheckResult[]): string {
  if (checks.length === 0) return "";
  const rows = checks.map(
    (check) =>
      `<tr><th scope="row"><code>${escaped(check.id)}</code><br>${check.level}</th>` +
      `<td>${escaped(check.title)}</td><td>${wordsOf(check)}</td></tr>`,
  );
  return `<table><caption>${caption} (${checks.length})</caption>
<thead><tr><th scope="col">Check</th><th scope="col">What holds</th><th scope="col">What came</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table>`;
}

function wordsOf({ finding, hint, ms }: CheckResult): string {
  if (finding.status === "pass") return `${ms} ms`;
  if (finding.status === "skip") return escaped(finding.reason);
  return [
    `Expected: ${escaped(finding.expected)}`,
    `Came: ${escaped(finding.came)}`,
    `Hint: ${escaped(hint)}`,
  ].join("<br>");
}
