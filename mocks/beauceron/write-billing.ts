/** What portals send about a contract's account: payments, bank details, mandates. */
import { debitDaysOf } from "../world/direct-debit.ts";
import type { WorldContract, WorldDirectDebit } from "../world/types.ts";
import { coordonneesBancaires, mandat, mandates } from "./bank.ts";
import { reglement } from "./documents.ts";
import { parisDay } from "./formats.ts";
import { nextNumber, type Held } from "./held.ts";
import { keyOfContract, type Directory } from "./keys.ts";
import { missing, ofContract } from "./lookups.ts";
import type { Operations, Result } from "./operations.ts";
import { about, closed, conflict, firstWrong, isIban, notPossible } from "./rules.ts";

export const billingWrites = (directory: Directory, held: Held, landlord: string): Operations => ({
  enregistrerReglement: ofContract(directory, (contract, _values, { body }) =>
    book(contract, body as SentPayment, held),
  ),
  reglementsParReference: ({ reference }) => {
    const found = held.payments.find(String(reference));
    const payment = found?.contract.payments.find(({ number }) => number === found.number);
    return { list: found && payment ? [reglement(found.contract, payment, held.payments)] : [] };
  },
  modifierCoordonneesBancaires: ofContract(directory, (contract, _values, { body }) => {
    const { iban, bic, titulaire } = body as SentAccount;
    const refusal = closed(contract, held.today()) ?? firstWrong({ iban: !isIban(iban) });
    if (refusal) return refusal;
    contract.bank = { iban, bic: bic || null, holder: titulaire };
    held.writes.applied({ kind: "bankAccountChanges", ...about(contract), content: body });
    return { one: coordonneesBancaires(contract)[0] };
  }),
  souscrireMandat: ofContract(directory, (contract, _values, { body }) =>
    subscribe(contract, body as SentMandate, held, debitDaysOf(landlord)),
  ),
  modifierMandat: ofContract(directory, (contract, { rum }, { body }) => {
    const { jour, etat } = body as { jour?: string; etat?: "CLOS" };
    const found = mandates(contract, held.formerMandates).find((m) => m.mandateReference === rum);
    if (!found) return missing(rum);
    if (found.status === "ENDED") return notPossible("MANDAT_CLOS");
    const day = Number(jour);
    const days: readonly number[] = debitDaysOf(landlord);
    const refusal =
      closed(contract, held.today()) ??
      firstWrong({ jour: jour !== undefined && !days.includes(day) });
    if (refusal) return refusal;
    if (jour !== undefined) found.day = day;
    if (etat === "CLOS") {
      found.status = "ENDED";
      contract.paymentMethod = "TRANSFER";
    }
    const content = { action: etat === "CLOS" ? "STOP" : "CHANGE_DAY", rum, ...(body as object) };
    held.writes.applied({ kind: "directDebitChanges", ...about(contract), content });
    return { one: mandat(contract, found) };
  }),
});

interface SentPayment {
  reference: string;
  montant: number;
  paye_le: string;
  prestataire: string;
  reference_prestataire: string;
}

/** At once in payments, entries and the balance. */
function book(contract: WorldContract, sent: SentPayment, held: Held): Result {
  const { reference, montant, paye_le, prestataire, reference_prestataire } = sent;
  const atProvider = `${prestataire} ${reference_prestataire}`;
  const date = parisDay(paye_le);
  if (held.payments.find(reference)) return conflict("REFERENCE_CONNUE");
  if (held.providerReferences.has(atProvider)) return conflict("EXISTE_DEJA");
  const refusal = firstWrong({ montant: montant <= 0, paye_le: date > held.today() });
  if (refusal) return refusal;
  const payment = {
    number: nextNumber(contract.payments),
    date,
    cents: montant,
    method: "CARD" as const,
    status: "RECEIVED" as const,
  };
  contract.payments = newestFirst([payment, ...contract.payments]);
  const entry = {
    number: nextNumber(contract.entries),
    date,
    label: "Règlement par carte bancaire",
    cents: -montant,
    period: null,
  };
  contract.entries = newestFirst([entry, ...contract.entries]);
  contract.balanceCents -= montant;
  contract.late &&= contract.balanceCents > 0;
  held.payments.take(reference, contract, payment.number);
  held.providerReferences.add(atProvider);
  const of = { contract: keyOfContract(contract), person: null, reference };
  held.writes.applied({ kind: "cardPayments", ...of, content: sent });
  return { created: reglement(contract, payment, held.payments) };
}

const newestFirst = <T extends { date: string }>(list: T[]): T[] =>
  list.toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));

interface SentAccount {
  iban: string;
  bic: string;
  titulaire: string;
}

interface SentMandate extends SentAccount {
  rum: string;
  date_signature: string;
  jour?: string;
}

function subscribe(
  contract: WorldContract,
  sent: SentMandate,
  held: Held,
  days: readonly [number, ...number[]],
): Result {
  const { rum, date_signature, iban, bic, titulaire } = sent;
  const day = sent.jour === undefined ? days[0] : Number(sent.jour);
  const known = mandates(contract, held.formerMandates);
  const isThere = known.some((m) => m.mandateReference === rum || m.status !== "ENDED");
  const refusal =
    closed(contract, held.today()) ??
    (isThere ? conflict("EXISTE_DEJA") : null) ??
    firstWrong({
      iban: !isIban(iban),
      date_signature: date_signature > held.today(),
      jour: !days.includes(day),
    });
  if (refusal) return refusal;
  const signed: WorldDirectDebit = {
    mandateReference: rum,
    day,
    signedOn: date_signature,
    status: "ACTIVE",
  };
  held.formerMandates.set(contract, known);
  contract.directDebit = signed;
  contract.bank = { iban, bic: bic || null, holder: titulaire };
  contract.paymentMethod = "DIRECT_DEBIT";
  const content = { action: "SUBSCRIBE", ...sent };
  held.writes.applied({ kind: "directDebitChanges", ...about(contract), content });
  return { created: mandat(contract, signed) };
}
