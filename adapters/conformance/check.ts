/** What a check is, and what comes of one. Plain values: `list.ts` holds all of them. */
import { PortError } from "../ports/errors.ts";
import type { Subject } from "./subject.ts";

/** MUST: the house relies on it. SHOULD: it works without, but worse. */
export type Level = "MUST" | "SHOULD";

/**
 * What one run of a check came to. `expected` and `came` are sentences for the author of the
 * adapter: places, counts and codes, never what stood there, which may be personal.
 */
export type Finding =
  | { readonly status: "pass" }
  | { readonly status: "fail"; readonly expected: string; readonly came: string }
  | { readonly status: "skip"; readonly reason: string };

export interface Check {
  /** Stable: reports of different days are compared by it. `balances.ofContracts/order`. */
  readonly id: string;
  readonly level: Level;
  /** Ports without which there is nothing to check. */
  readonly ports: readonly string[];
  readonly title: string;
  /** Where to look when it fails. */
  readonly hint: string;
  /**
   * - `reads`: changes nothing, and runs beside others.
   * - `wire`: has the ERP misbehave, and runs alone.
   * - `writes`: changes something in the ERP, and runs alone.
   */
  readonly kind: "reads" | "wire" | "writes";
  /** May throw: a `Missing` is a skip, anything else a failure. */
  run(subject: Subject): Promise<Finding>;
}

export const pass: Finding = { status: "pass" };
export const fail = (expected: string, came: string): Finding => ({
  status: "fail",
  expected,
  came,
});

export const skip = (reason: string): Finding => ({ status: "skip", reason });

export const that = (fine: boolean, expected: string, came: string): Finding =>
  fine ? pass : fail(expected, came);

/** The first that is no pass. */
export const firstWrong = (findings: readonly Finding[]): Finding =>
  findings.find(({ status }) => status !== "pass") ?? pass;

/** There is no such material to check with. */
export class Missing extends Error {}

/** `what`: a sentence that says what to add. */
export function need<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Missing(what);
  return value;
}

export function needSome<T>(values: readonly T[] | undefined, least: number, what: string): T[] {
  if (!values || values.length < least) throw new Missing(what);
  return [...values];
}

/** The message of a PortError holds nothing personal; that of any other error may. */
export function saysError(error: unknown): string {
  if (error instanceof PortError) return `${error.code}: ${error.message}`;
  return `an error that is no PortError (${error instanceof Error ? error.name : typeof error})`;
}
