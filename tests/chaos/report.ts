/** What chaos showed, for a reader. */
import { aligned } from "../ordeal/report.ts";
import type { OthersLine, Promises, SickLine, Verdict } from "./judge.ts";
import type { PhaseLine, Phases } from "./phases.ts";

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

/** Three figures in a row: before the trouble, during it, and after it. */
const inTurn = ({ before, during, after }: Phases, of: (line: PhaseLine) => number): string =>
  [before, during, after].map((line) => Math.round(of(line))).join(" / ");

const phaseTitles = ["errors b/d/a", "p50 b/d/a, ms", "p99 b/d/a, ms"];
const phases = (line: Phases): string[] => [
  inTurn(line, ({ errors }) => errors),
  inTurn(line, ({ p50 }) => p50),
  inTurn(line, ({ p99 }) => p99),
];

const othersTitles = ["requests", ...phaseTitles, "p99 to calm, 90 %"];
const others = (line: OthersLine): string[] => [
  String(line.samples),
  ...phases(line.phases),
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
    "b/d/a: before, during and after the trouble; an error is any answer that is not as the ERP says it now",
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
    "By landlord, while its own ERP was in trouble:",
    ...aligned([
      ["landlord", ...phaseTitles],
      ...report.landlords.map(({ landlord, own }) => [landlord, ...phases(own)]),
    ]),
    "",
    "What the sick landlord's people saw, by trouble, and what its ERP was asked:",
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
