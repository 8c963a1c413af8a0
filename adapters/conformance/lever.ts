/** How an ERP is made to misbehave, and asked what it saw: what a stand-in has and a live ERP has not. */

export const faults = [
  "slow",
  "hang",
  "drip",
  "cut-before",
  "cut-after",
  "cut-middle",
  "garbage",
  "html",
  "html-202",
  "empty",
  "fault",
  "closed",
  "refuse",
  "huge",
  "redirect",
  "bomb",
] as const;
export type FaultKind = (typeof faults)[number];

export interface Lever {
  /** Every call goes wrong in that way; with an operation, the next call of that name only. */
  misbehave(fault: FaultKind, operation?: string): Promise<void>;
  /** No call goes wrong any more. */
  behave(): Promise<void>;
  /** Calls since `forgetCalls`: the name of each, oldest first, and how many stood side by side. */
  calls(): Promise<{ operations: readonly string[]; atOnce: number; mostAtOnce: number }>;
  forgetCalls(): Promise<void>;
  /** How many changes of that port the ERP has applied. */
  applied(port: string): Promise<number>;
  /** Has the ERP apply now what it would apply at night. */
  settle(): Promise<void>;
}
