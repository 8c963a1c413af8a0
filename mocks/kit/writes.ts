/** One thing that the ERP has applied, in the order in which it did. */
export interface AppliedWrite {
  /** 1, 2, 3 … */
  order: number;
  /** Port of ours that it belongs to: `occupantChanges`. */
  kind: string;
  /** The ERP's own keys; null where the write names none. */
  contract: string | null;
  person: string | null;
  /** What the caller called it: our operation id, the provider's reference; null where none came. */
  reference: string | null;
  /** What was written, as the ERP took it. Files by name, size and SHA-256. */
  content: unknown;
  /** When, in UTC. */
  at: string;
}

export type NewWrite = Omit<AppliedWrite, "order" | "at">;

/** The ERP's own list of what it applied: for tests that compare it with what was acknowledged. */
export interface Writes {
  applied(write: NewWrite): void;
  /** Oldest first. */
  list(): readonly AppliedWrite[];
}

export function keepWrites(): Writes {
  const kept: AppliedWrite[] = [];
  return {
    applied: (write) => {
      kept.push({
        order: kept.length + 1,
        ...structuredClone(write),
        at: new Date().toISOString(),
      });
    },
    list: () => kept,
  };
}
