/** What all changes at syndeo share: whose contract it is, and what a refusal means. */
import type { z } from "zod";
import type { LookUp, Outcome, Rejection, Submission } from "../../ports/changes.ts";
import type { Call } from "../../ports/port.ts";
import { neverSent, refusalError } from "./answer.ts";
import { at, type Client, type Write } from "./client.ts";
import * as owned from "./owned.ts";
import { ContratTenu, names } from "./wire.ts";

export const rejected = (reason: Rejection): Outcome => ({ state: "REJECTED", reason });
export const applied = (reference: string | null = null) =>
  ({ state: "APPLIED", reference }) as const;
export const absent: LookUp = { state: "ABSENT" };

const rejections: Record<string, Rejection> = {
  VALEUR: "INVALID",
  INCONNU: "UNKNOWN_THING",
  DOUBLON: "ALREADY_EXISTS",
  CLOTURE: "NOT_POSSIBLE",
  REGLE: "NOT_POSSIBLE",
};

/** Throws for any other code: it does not say that nothing was changed. */
export function refusedBy(code: string): Outcome {
  if (Object.hasOwn(rejections, code)) return rejected(rejections[code]!);
  throw refusalError("syndeo", code);
}

/** What is told about another contract than the one asked for does not fit. */
export const ofContract = <R extends { Contrat: string }>(
  shape: z.ZodType<R>,
  contract: string,
): z.ZodType<R> => shape.refine((record) => record.Contrat === contract);

/** Changes something, and is done with the answer. */
export async function tell<T>(client: Client, write: Write<T>, call: Call): Promise<Outcome> {
  const told = await client.write(write, call);
  return "refusal" in told ? refusedBy(told.refusal) : applied();
}

type Asked = Pick<Submission<unknown>, "contractKey" | "personKey" | "operationId">;

/** syndeo changes anything for any ticket: nothing is sent about a contract that the person does not hold. */
export async function asHolder(
  client: Client,
  { contractKey, personKey, operationId }: Asked,
  call: Call,
  send: (contract: string, signed: { Reference: string; CodePersonne: string }) => Promise<Outcome>,
): Promise<Outcome> {
  if (contractKey === null || !names.contract.test(contractKey) || !names.person.test(personKey)) {
    return rejected("INVALID");
  }
  const asked = { path: at`/Api/Contrats/${contractKey}`, shape: ContratTenu };
  const reading = owned.oneOf(client, owned.contract(contractKey), asked, call);
  const found = await reading.catch(neverSent);
  if (!found) return rejected("UNKNOWN_THING");
  const isHeld = found.data.Titulaires.some(({ CodePersonne }) => CodePersonne === personKey);
  if (!isHeld) return rejected("NOT_POSSIBLE");
  return send(contractKey, { Reference: operationId, CodePersonne: personKey });
}

/** Whether it is text of one line that JSON can carry, of so many characters at most. */
export const fits = (text: string, most: number): boolean =>
  text.trim() !== "" && text.length <= most && text.isWellFormed() && !/\p{Cc}/u.test(text);
