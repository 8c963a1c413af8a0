import { z } from "zod";

const kinds = {
  slow: "handles the call at once, answers `ms` later",
  hang: "neither handles nor answers",
  drip: "headers at once, then the right body, one byte each `ms`",
  "cut-before": "cuts the connection before the call is handled",
  "cut-after": "handles the call, then cuts the connection without an answer",
  "cut-middle": "cuts the connection after half of the body",
  garbage: "200 with random bytes under the right content type",
  html: "200 with an HTML login page",
  "html-202": "202 with an HTML page",
  empty: "200 without a body",
  fault: "the product's own technical fault",
  closed: "the product's page when it is closed for the night",
  refuse: "the port is closed: connections are refused",
  huge: "a body of the right content type that never ends",
  redirect: "302 to another host, given as `to`",
  bomb: "a gzip body of 1 MB that unpacks to 1 GB",
} as const;

export type FaultKind = keyof typeof kinds;

/** Every kind of fault, with what it does. */
export const faultKinds = Object.entries(kinds) as [FaultKind, string][];

/** What a mock does wrong, until told otherwise. */
export const Fault = z
  .strictObject({
    kind: z.enum(Object.keys(kinds) as [FaultKind, ...FaultKind[]]),
    /** Only calls of this operation; every call unless given. */
    operation: z.string().min(1).optional(),
    /** Milliseconds; 1,000 for `slow` and 20 for `drip` unless given. */
    ms: z.int().min(0).max(3_600_000).optional(),
    /** Only the next so many matching calls; without end unless given. */
    times: z.int().min(1).optional(),
    /** Where `redirect` leads. */
    to: z.url().optional(),
  })
  .refine((fault) => (fault.kind === "redirect") === (fault.to !== undefined), {
    message: "redirect, and nothing else, needs `to`",
  })
  .refine((fault) => fault.kind !== "refuse" || !(fault.operation ?? fault.times), {
    message: "refuse closes the port for every call: it takes no operation and no times",
  });
export type Fault = z.infer<typeof Fault>;

export interface Faults {
  list(): Fault[];
  set(faults: Fault[]): void;
  /** The fault for a call of this operation, counted down where it has `times`. */
  take(operation: string): Fault | null;
}

export function holdFaults(): Faults {
  let faults: Fault[] = [];

  function take(operation: string): Fault | null {
    const found = faults.find((fault) => (fault.operation ?? operation) === operation);
    if (found === undefined) return null;
    if (found.times !== undefined) {
      found.times--;
      if (found.times === 0) faults = faults.filter((fault) => fault !== found);
    }
    return found;
  }

  const set = (list: Fault[]) => {
    faults = structuredClone(list);
  };
  return { list: () => structuredClone(faults), set, take };
}
