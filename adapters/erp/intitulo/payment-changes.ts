/** Payments by card. Intitulo books the same one as often as it comes: it is looked for first. */
import type { CardPayment } from "../../ports/billing-changes.ts";
import type { Changes, Outcome, Submission } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import type { Intitulo, Parts } from "./client.ts";
import { isContract, isPerson } from "./keys.ts";
import { compacted, writtenAmount, writtenSlashed } from "./map.ts";
import { paymentsOf } from "./payments.ts";

export const createCardPayments = (intitulo: Intitulo): Changes<CardPayment> => ({
  repeat: "STORED_ID",

  submit: async (change, call) => {
    const parts = partsOf(change);
    if (!parts) return { state: "REJECTED", reason: "INVALID" };
    const told = await intitulo.tell("enregistrerReglement", parts, "numero_reglement", call);
    if ("refused" in told) return { state: "REJECTED", reason: told.refused };
    return applied(told.key);
  },

  lookUp: async (change, call) => {
    const parts = partsOf(change);
    if (!parts) return { state: "ABSENT" };
    const list = await paymentsOf(intitulo, change.personKey, since(change.payload), call);
    // Whoever is gone may have become somebody else, with all payments: that is no ABSENT.
    if (!list) throw new PortError("NOT_FOUND", "whoever paid is not known any more");
    const { numero_piece, reference_externe } = parts;
    const found = list.find(
      ({ piece, reference }) => reference === reference_externe || piece === numero_piece,
    );
    return found ? applied(found.item.key) : { state: "ABSENT" };
  },
});

/** The accountants may have put it to another day, but not to another month. */
const since = ({ paidAt }: CardPayment): string =>
  compacted(writtenSlashed(new Date(Date.parse(paidAt) - 31 * 86_400_000).toISOString()));

const applied = (reference: string): Outcome & { state: "APPLIED" } => ({
  state: "APPLIED",
  reference,
});

/** Null for what Intitulo cannot take. */
function partsOf({ operationId, personKey, contractKey, payload }: Submission<CardPayment>) {
  const montant = writtenAmount(payload.amount);
  if (contractKey === null || !isContract(contractKey) || !isPerson(personKey)) return null;
  if (montant === null) return null;
  return {
    numero_contrat: contractKey,
    numero_tiers: personKey,
    date_reglement: writtenSlashed(payload.paidAt),
    montant,
    mode: "CB",
    numero_piece: `${payload.provider}-${payload.providerReference}`,
    reference_externe: operationId,
  } satisfies Parts;
}
