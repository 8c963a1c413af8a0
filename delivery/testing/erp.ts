import type { Changes, LookUp, Outcome, Repeat } from "../../adapters/ports/changes.ts";
import { PortError } from "../../adapters/ports/errors.ts";

/** An ERP that does as it is told, and remembers what it applied. */
export class Erp implements Changes<unknown> {
  repeat: Repeat = "STORED_ID";
  readonly applied: string[] = [];
  readonly asked: string[] = [];
  /** What the next submissions do; none left: apply, and say so. */
  submits: (() => Promise<Outcome>)[] = [];
  lookUps: (() => Promise<LookUp>)[] = [];

  async submit({ operationId }: { operationId: string }): Promise<Outcome> {
    this.asked.push("submit");
    const told = this.submits.shift();
    if (told) return told();
    this.applied.push(operationId);
    return { state: "APPLIED", reference: "R1" };
  }

  async lookUp({ operationId }: { operationId: string }): Promise<LookUp> {
    this.asked.push("lookUp");
    const told = this.lookUps.shift();
    if (told) return told();
    return this.applied.includes(operationId)
      ? { state: "APPLIED", reference: "R1" }
      : { state: "ABSENT" };
  }
}

export const down =
  (code: "UNAVAILABLE" | "TIMEOUT" | "OUTCOME_UNKNOWN", notApplied = false) =>
  () =>
    Promise.reject(new PortError(code, "as told", { notApplied }));
