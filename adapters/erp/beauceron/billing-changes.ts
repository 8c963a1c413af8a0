/** Card payments, under our reference; bank details and mandates, which are compared. */
import {
  bankAccountChanges,
  cardPayments,
  type BankAccountChange,
  type CardPayment,
} from "../../ports/billing-changes.ts";
import type { Changes, Outcome } from "../../ports/changes.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { byReference, unclear } from "./by-reference.ts";
import { at, type Client } from "./client.ts";
import { fitsLine, lengths } from "./fits.ts";
import { bankDetails } from "./map.ts";
import { absent, ofContract, type Asked } from "./of-contract.ts";
import { moneyOfText } from "./values.ts";
import { CoordonneesBancaires } from "./wire.ts";
import { ReglementRecu } from "./wire-changes.ts";
import { applied, believed, nothingApplied, refusedAs } from "./write.ts";
import { contractRecords } from "./contract-lists.ts";

export const billingChangePorts = (client: Client): Served[] => [
  serve<Changes<CardPayment>>(
    cardPayments,
    ofContract({
      repeat: "KEY",
      fits: ({ amount }) => /^\d{1,6}\.\d{2}$/.test(amount.amount) && centsOf(amount.amount) > 0,
      submit: (change, call) => book(client, change, call),
      lookUp: async (change, call) => {
        const found = await bookedAs(client, change, call);
        return found === null ? absent : applied(found);
      },
    }),
  ),
  serve<Changes<BankAccountChange>>(
    bankAccountChanges,
    ofContract({
      repeat: "COMPARE",
      fits: ({ holder }) => fitsLine(holder, lengths.holder),
      submit: (change, call) => writeAccount(client, change, call),
      lookUp: async (change, call) =>
        (await isWritten(client, change, call)) ? applied(null) : absent,
    }),
  ),
];

const centsOf = (amount: string): number => Number(amount.replace(".", ""));

async function book(client: Client, change: Asked<CardPayment>, call: Call): Promise<Outcome> {
  const { operationId, contractKey, payload } = change;
  const { amount, paidAt, provider, providerReference } = payload;
  const json = {
    reference: operationId,
    montant: centsOf(amount.amount),
    paye_le: new Date(paidAt).toISOString(),
    mode: "CARTE",
    prestataire: provider,
    reference_prestataire: providerReference,
  };
  const path = at`/v2/contrats/${contractKey}/reglements`;
  const written = await client.write(
    { method: "POST", path, body: { json }, status: 201, shape: ReglementRecu },
    call,
  );
  if ("done" in written) {
    const { done } = written;
    return believed(done, isBooked(done, change), done.id);
  }
  if (written.refused !== "REFERENCE_CONNUE") return refusedAs(written.refused);
  const known = await bookedAs(client, change, call);
  if (known === null) throw unclear("has nothing");
  return applied(known);
}

const isBooked = (
  reglement: ReglementRecu,
  { operationId, contractKey, payload }: Asked<CardPayment>,
) =>
  reglement.reference === operationId &&
  reglement.contrat === contractKey &&
  centsOf(moneyOfText(reglement.montant).amount) === centsOf(payload.amount.amount);

/** What beauceron calls the payment; null when it certainly has none. */
async function bookedAs(client: Client, change: Asked<CardPayment>, call: Call) {
  const list = { path: "/v2/reglements", shape: ReglementRecu };
  const found = await byReference(client, list, change, call);
  if (found && !isBooked(found, change)) throw unclear("has something else");
  return found?.id ?? null;
}

async function isWritten(client: Client, change: Asked<BankAccountChange>, call: Call) {
  const list = { path: "/v2/coordonnees-bancaires", shape: CoordonneesBancaires };
  const there = await contractRecords(client, list, change.contractKey, call);
  return there.some((details) => isAccount(details, change.payload));
}

/** What stands there already is not written once more. */
async function writeAccount(
  client: Client,
  change: Asked<BankAccountChange>,
  call: Call,
): Promise<Outcome> {
  if (await nothingApplied(isWritten(client, change, call))) return applied(null);
  const { contractKey, payload } = change;
  const { iban, bic, holder } = payload;
  const written = await client.write(
    {
      method: "PUT",
      path: at`/v2/contrats/${contractKey}/coordonnees-bancaires`,
      body: { json: { iban, bic: bic ?? "", titulaire: holder.trim() } },
      status: 200,
      shape: CoordonneesBancaires,
    },
    call,
  );
  if ("refused" in written) return refusedAs(written.refused);
  const { done } = written;
  return believed(done, done.contrat === contractKey && isAccount(done, payload), null);
}

function isAccount(there: CoordonneesBancaires, asked: BankAccountChange): boolean {
  const { iban, bic, holder } = bankDetails(there);
  return iban === asked.iban && bic === asked.bic && holder === asked.holder.trim();
}
