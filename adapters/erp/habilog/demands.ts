/**
 * Changes that wait for Habilog's night. It keeps our operation id with each demand and tells what
 * became of it; the same id a second time is another demand to it.
 */
import { z } from "zod";
import type { Changes, LookUp, Outcome, Submission } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { codeOf, optionalText, text } from "../../transport/fields.ts";
import type { Habilog } from "./client.ts";
import { nightRejection } from "./errors.ts";
import { isContract, isPerson } from "./keys.ts";
import { day, momentOf } from "./map.ts";
import { demandReference } from "./references.ts";
import { Unsendable, type Written } from "./written.ts";

const demandRecord = z
  .object({
    NumeroDemande: text,
    ReferenceExterne: text,
    Etat: codeOf({ A: "PENDING", T: "APPLIED", R: "REJECTED" }),
    Motif: optionalText,
    DateEffet: day,
    HeureEffet: text,
  })
  .transform((record) => ({ reference: record.ReferenceExterne, outcome: outcomeOf(record) }));

type Demand = z.infer<typeof demandRecord>;

function outcomeOf(record: {
  NumeroDemande: string;
  Etat: Outcome["state"];
  Motif: string | null;
  DateEffet: string;
  HeureEffet: string;
}): Outcome {
  const { NumeroDemande: reference, Etat: state } = record;
  if (state === "REJECTED") return { state, reason: nightRejection(record.Motif) };
  if (state === "APPLIED") return { state, reference };
  return { state, reference, effectiveBy: momentOf(record.DateEffet, record.HeureEffet) };
}

const answered = { element: "Demande", shape: demandRecord };
const following = { operation: "SuivreDemande", key: "ReferenceExterne", ...answered } as const;

/** `write` gives the fields beside the reference; it throws Unsendable for what cannot be sent. */
export const demands = <P>(
  habilog: Habilog,
  operation: string,
  write: (change: Submission<P>) => Written | Promise<Written>,
): Changes<P> => ({
  repeat: "STORED_ID",
  submit: (change, call) =>
    unlessUnsendable(async () => {
      const ReferenceExterne = demandReference(change.operationId);
      const fields = { ...(await write(change)), ReferenceExterne };
      const answer = await habilog.write({ operation, ...answered }, fields, call);
      if ("refused" in answer) return { state: "REJECTED", reason: answer.refused };
      return own([answer.record], change.operationId, operation)[0]!.outcome;
    }),
  lookUp: (change, call) => follow(habilog, change.operationId, call),
});

/** Nothing is ever removed from the list of demands: what is not in it never came. */
async function follow(habilog: Habilog, operationId: string, call: Call): Promise<LookUp> {
  const found = await habilog.list(following, demandReference(operationId), call);
  const outcomes = own(found, operationId, following.operation).map(({ outcome }) => outcome);
  if (outcomes.length > 1) {
    habilog.warn("Habilog has a change more than once", { count: outcomes.length, operationId });
  }
  const [best] = outcomes.toSorted((a, b) => places[a.state] - places[b.state]);
  return best ?? { state: "ABSENT" };
}

/** Of a demand that Habilog has more than once: what was applied counts. */
const places = { APPLIED: 0, PENDING: 1, REJECTED: 2 };

function own(found: Demand[], operationId: string, operation: string): Demand[] {
  if (found.every(({ reference }) => reference === demandReference(operationId))) return found;
  throw new PortError("BAD_RESPONSE", `${operation}: a demand of another reference`);
}

export async function unlessUnsendable(submit: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await submit();
  } catch (error) {
    if (error instanceof Unsendable) return { state: "REJECTED", reason: error.reason };
    throw error;
  }
}

/** Who asks, about which contract. What is no key of Habilog's is nothing that it has. */
export function partiesOf({ personKey, contractKey }: Submission<unknown>): Written {
  if (contractKey === null || !isContract(contractKey)) throw new Unsendable("UNKNOWN_THING");
  return { NumeroContrat: contractKey, ...tenantOf({ personKey }) };
}

export function tenantOf({ personKey }: Pick<Submission<unknown>, "personKey">): Written {
  if (!isPerson(personKey)) throw new Unsendable("UNKNOWN_THING");
  return { NumeroTiers: personKey };
}
