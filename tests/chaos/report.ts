/** What chaos showed, for a reader. */
import { aligned } from "../ordeal/report.ts";
import type { OthersLine, Promises, SickLine, Verdict } from "./judge.ts";

export interface Report extends Verdict {
  readonly visits: number;
  readonly seconds: number;
  readonly deadlineMs: number;
  readonly promises: Promises;
}

/** What could be neither kept nor broken has not been kept. */
export const failed = ({ broken, unclear }: Verdict): boolean =>
  broken.length > 0 || unclear.length > 0;

const ms = (number: number) => `${Math.round(number)} ms`;

const othersTitles = ["requests", "errors", "p50 calm", "p50", "p99 calm", "p99", "ratio, 90 %"];
const others = (line: OthersLine): string[] => [
  String(line.samples),
  String(line.errors),
  ms(line.calmP50),
  ms(line.troubledP50),
  ms(line.calmP99),
  ms(line.troubledP99),
  `${(line.troubledP99 / Math.max(1, line.calmP99)).toFixed(2)} (${line.ratioBetween.map((one) => one.toFixed(2)).join(" to ")})`,
];

const sickTitles = ["live", "kept", "told", "wrong", "p99", "at once", "calls to calm", "back in"];
const sick = (line: SickLine): string[] => [
  ...Object.values(line.outcomes).map(String),
  ms(line.slowestMs),
  line.mostAtOnce,
  line.callsRatio.toFixed(2),
  line.backAfterMs === null ? "too late" : ms(line.backAfterMs),
];

export function wordReport(report: Report): string {
  const { visits, seconds, deadlineMs, promises, noise, broken, unclear } = report;
  const { ratio, ms: moreMs } = promises.others;
  return [
    `${visits} troubles, each between two calm phases, ${seconds} s in all; ERPs are waited for ${deadlineMs} ms`,
    "",
    "What the others saw, by trouble:",
    ...aligned([
      ["trouble", ...othersTitles],
      ...report.troubles.map((line) => [line.trouble, ...others(line.others)]),
    ]),
    "",
    "By landlord, while another one's ERP was in trouble:",
    ...aligned([
      ["landlord", ...othersTitles],
      ...report.landlords.map((line) => [line.landlord, ...others(line.others)]),
    ]),
    "",
    "What the sick landlord's people saw, and what its ERP was asked:",
    ...aligned([
      ["trouble", ...sickTitles],
      ...report.troubles.map((line) => [line.trouble, ...sick(line.sick)]),
    ]),
    "",
    `the p99 of half of the calm phases was ${noise.toFixed(2)} times the other half's`,
    ...broken,
    ...unclear.map((what) => `${what}: too noisy a machine to tell`),
    failed(report)
      ? "FAILED"
      : `0 errors for the others, p99 within ${ratio} times calm and ${moreMs} ms, no ERP asked too much`,
    "",
  ].join("\n");
}
