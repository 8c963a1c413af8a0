import type { Finding, Level } from "./check.ts";

export interface CheckResult {
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  readonly hint: string;
  readonly finding: Finding;
  readonly ms: number;
}

export interface Report {
  readonly product: string;
  readonly landlord: string;
  readonly checks: readonly CheckResult[];
}

export interface Counts {
  readonly passed: number;
  /** A MUST that failed: the adapter does not conform. */
  readonly failed: number;
  /** A SHOULD that failed. */
  readonly warned: number;
  readonly skipped: number;
}

export function countsOf({ checks }: Report): Counts {
  const count = (fits: (result: CheckResult) => boolean) => checks.filter(fits).length;
  return {
    passed: count(({ finding }) => finding.status === "pass"),
    failed: count(({ finding, level }) => finding.status === "fail" && level === "MUST"),
    warned: count(({ finding, level }) => finding.status === "fail" && level === "SHOULD"),
    skipped: count(({ finding }) => finding.status === "skip"),
  };
}

/** Whether the adapter conforms: no MUST failed, and something was checked at all. */
export function conforms(report: Report): boolean {
  const { passed, failed } = countsOf(report);
  return failed === 0 && passed > 0;
}
