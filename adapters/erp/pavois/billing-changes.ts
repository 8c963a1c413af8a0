import type {
  BankAccountChange,
  CardPayment,
  DirectDebitChange,
} from "../../ports/billing-changes.ts";
import type { Changes } from "../../ports/changes.ts";
import { changesBy, type Message } from "./changes.ts";
import type { Pavois } from "./client.ts";
import { wallOf } from "./time.ts";
import { contract, given, positive } from "./written.ts";

/** Listed among the payments at once; the account and its balance follow in the evening. */
export const createCardPayments = (pavois: Pavois): Changes<CardPayment> =>
  changesBy(pavois, "KEY", ({ contractKey, payload }) => ({
    operation: "EnregistrerReglementCarte",
    args: {
      ...contract(contractKey),
      Montant: positive(payload.amount),
      RegleLe: wallOf(payload.paidAt, pavois.timeZone),
      Prestataire: payload.provider,
      ReferencePrestataire: payload.providerReference,
    },
  }));

export const createBankAccountChanges = (pavois: Pavois): Changes<BankAccountChange> =>
  changesBy(pavois, "STORED_ID", ({ contractKey, payload }) => ({
    operation: "ModifierCoordonneesBancaires",
    args: { ...contract(contractKey), ...account(payload) },
  }));

const account = ({ iban, bic, holder }: BankAccountChange) =>
  given({ Iban: iban, Bic: bic, TitulaireCompte: holder });

export const createDirectDebitChanges = (pavois: Pavois): Changes<DirectDebitChange> =>
  changesBy(pavois, "STORED_ID", ({ contractKey, payload }) => {
    const { operation, args } = debitMessage(payload);
    return { operation, args: { ...contract(contractKey), ...args } };
  });

function debitMessage(change: DirectDebitChange): Message {
  if (change.action === "STOP") return { operation: "ResilierPrelevement", args: {} };
  if (change.action === "CHANGE_DAY") {
    return { operation: "ModifierJourPrelevement", args: { JourPrelevement: change.day } };
  }
  const { mandateReference, signedOn, day } = change;
  return {
    operation: "SouscrirePrelevement",
    args: {
      Rum: mandateReference,
      SigneLe: signedOn,
      ...account(change),
      // 0 where none was chosen.
      JourPrelevement: day ?? 0,
    },
  };
}
