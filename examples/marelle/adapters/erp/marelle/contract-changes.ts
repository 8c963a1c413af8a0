/** Ports of `ports/contract-changes.ts`. */
import type { LookUp, Outcome, Rejection, Submission } from "../../ports/changes.ts";
import { billingAddressChanges, type BillingAddressChange } from "../../ports/contract-changes.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import type { Client } from "./client.ts";
import { orNull } from "./values.ts";
import type { Envoi } from "./wire.ts";

type Change = Submission<BillingAddressChange>;

export const contractChangePorts = (client: Client): Served[] => [
  serve(billingAddressChanges, {
    // Marelle has no room for our id, and the same address twice is the same address.
    repeat: "COMPARE",
    submit: (change, call) => submit(client, change, call),
    lookUp: (change, call) => lookUp(client, change, call),
  }),
];

async function submit(client: Client, change: Change, call: Call): Promise<Outcome> {
  const asked = { Bail: change.contractKey ?? "", Envoi: envoi(change) };
  // It writes to French addresses only.
  if (change.payload.address.country !== "FR") return { state: "REJECTED", reason: "INVALID" };
  try {
    await client.modifierEnvoi(asked, call);
    return { state: "APPLIED", reference: null };
  } catch (error) {
    const reason = error instanceof PortError ? reasons[error.code] : undefined;
    if (reason) return { state: "REJECTED", reason };
    throw error;
  }
}

/** What Marelle says when it refuses for good: errors.ts. */
const reasons: Readonly<Record<string, Rejection>> = {
  NOT_FOUND: "UNKNOWN_THING",
  INVALID_INPUT: "INVALID",
  CONFLICT: "NOT_POSSIBLE",
};

async function lookUp(client: Client, change: Change, call: Call): Promise<LookUp> {
  const found = await client.lireEnvoi({ Bail: change.contractKey ?? "" }, call).catch(orNull);
  const same = JSON.stringify(found?.Envoi) === JSON.stringify(envoi(change));
  return same ? { state: "APPLIED", reference: null } : { state: "ABSENT" };
}

const envoi = ({ payload: { recipient, address } }: Change): Envoi => ({
  Destinataire: recipient,
  Adresse: { Ligne: address.lines, CodePostal: address.postalCode, Ville: address.city },
});
