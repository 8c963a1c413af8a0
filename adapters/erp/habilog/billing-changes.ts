/** RIB, mandate, and payments by card. */
import { z } from "zod";
import type {
  BankAccountChange,
  CardPayment,
  DirectDebitChange,
} from "../../ports/billing-changes.ts";
import type { Changes, LookUp, Outcome, Submission } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { text } from "../../transport/fields.ts";
import type { Habilog } from "./client.ts";
import { demands, partiesOf, unlessUnsendable } from "./demands.ts";
import { paymentReference } from "./references.ts";
import {
  column,
  onTheWall,
  writtenAmount,
  writtenDay,
  writtenIban,
  type Written,
} from "./written.ts";

const bankOf = ({ iban, bic, holder }: BankAccountChange): Written => ({
  IBAN: writtenIban(iban),
  BIC: bic ?? "",
  Titulaire: column(holder, 100),
});

export const createBankAccountChanges = (habilog: Habilog): Changes<BankAccountChange> =>
  demands(habilog, "ModifierRib", (change) => ({
    ...partiesOf(change),
    ...bankOf(change.payload),
  }));

const noMandate: Written = {
  RUM: "",
  DateSignature: writtenDay(null),
  IBAN: "",
  BIC: "",
  Titulaire: "",
};

/** `00` where none is chosen. */
const dayOfMonth = (day: number | null) => String(day ?? 0).padStart(2, "0");

function mandateOf(payload: DirectDebitChange): Written {
  if (payload.action === "STOP") return { Action: "S", ...noMandate, Jour: dayOfMonth(null) };
  const Jour = dayOfMonth(payload.day);
  if (payload.action === "CHANGE_DAY") return { Action: "J", ...noMandate, Jour };
  const { mandateReference: RUM, signedOn, ...bank } = payload;
  return { Action: "A", RUM, DateSignature: writtenDay(signedOn), ...bankOf(bank), Jour };
}

export const createDirectDebitChanges = (habilog: Habilog): Changes<DirectDebitChange> =>
  demands(habilog, "DemanderPrelevement", (change) => ({
    ...partiesOf(change),
    ...mandateOf(change.payload),
  }));

const bookedRecord = z
  .object({ NumeroReglement: text, NumeroContrat: text })
  .transform(({ NumeroReglement, NumeroContrat }) => ({
    key: NumeroReglement,
    contract: NumeroContrat,
  }));

type Booked = z.infer<typeof bookedRecord>;

const answered = { element: "Reglement", shape: bookedRecord };
const booking = { operation: "EnregistrerReglement", ...answered };
const searching = {
  operation: "RechercherReglement",
  key: "ReferenceExterne",
  ...answered,
} as const;

/** Booked at once, not in the night. Habilog refuses a reference that it has. */
export const createCardPayments = (habilog: Habilog): Changes<CardPayment> => ({
  repeat: "KEY",
  submit: (change, call) => unlessUnsendable(() => book(habilog, change, call)),
  lookUp: (change, call) => find(habilog, change, call),
});

async function book(
  habilog: Habilog,
  change: Submission<CardPayment>,
  call: Call,
): Promise<Outcome> {
  const { amount, paidAt, provider, providerReference } = change.payload;
  const { day, hour } = onTheWall(paidAt);
  const fields = {
    ...partiesOf(change),
    ReferenceExterne: paymentReference(change.operationId),
    Montant: writtenAmount(amount),
    DateReglement: day,
    HeureReglement: hour,
    Prestataire: provider,
    ReferencePaiement: providerReference,
  };
  const answer = await habilog.write(booking, fields, call);
  if ("record" in answer) return appliedAs(answer.record, change, booking.operation);
  if (answer.refused !== "ALREADY_EXISTS") return { state: "REJECTED", reason: answer.refused };
  const known = await find(habilog, change, call);
  if (known.state === "APPLIED") return known;
  throw new PortError("BAD_RESPONSE", `${booking.operation}: has a reference that is not there`);
}

async function find(
  habilog: Habilog,
  change: Submission<CardPayment>,
  call: Call,
): Promise<(LookUp & Outcome) | { state: "ABSENT" }> {
  const [found] = await habilog.list(searching, paymentReference(change.operationId), call);
  return found ? appliedAs(found, change, searching.operation) : { state: "ABSENT" };
}

function appliedAs(
  { key, contract }: Booked,
  { contractKey }: Submission<CardPayment>,
  operation: string,
) {
  if (contract === contractKey) return { state: "APPLIED", reference: key } as const;
  throw new PortError("BAD_RESPONSE", `${operation}: a payment of another contract`);
}
