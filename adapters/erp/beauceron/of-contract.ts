/** What the changes of a contract have in common. */
import type { Changes, LookUp, Outcome, Repeat, Submission } from "../../ports/changes.ts";
import type { Call } from "../../ports/port.ts";
import { names } from "./wire.ts";
import { rejected } from "./write.ts";

/** A change of a contract whose number looks like one. */
export type Asked<P> = Submission<P> & { readonly contractKey: string };

export interface ContractChanges<P> {
  readonly repeat: Repeat;
  /** Whether beauceron's formats can hold it: what they cannot is never sent. */
  fits(payload: P): boolean;
  submit(change: Asked<P>, call: Call): Promise<Outcome>;
  lookUp(change: Asked<P>, call: Call): Promise<LookUp>;
}

export const ofContract = <P>(changes: ContractChanges<P>): Changes<P> => ({
  repeat: changes.repeat,
  submit: async (change, call) => {
    if (!isNamed(change)) return rejected("UNKNOWN_THING");
    return changes.fits(change.payload) ? changes.submit(change, call) : rejected("INVALID");
  },
  lookUp: async (change, call) =>
    isNamed(change) && changes.fits(change.payload) ? changes.lookUp(change, call) : absent,
});

const isNamed = <P>(change: Submission<P>): change is Asked<P> =>
  change.contractKey !== null && names.contract.test(change.contractKey);

export const absent: LookUp = { state: "ABSENT" };
