import type { WorldContract, WorldPayment } from "../../world/types.ts";
import { amount, amountSignedRight, day, flag, grouped, record } from "../format.ts";
import { keyOfContract, keyOfEntry, keyOfPayment } from "../keys.ts";
import { ofContract } from "./answer.ts";
import { modeOf } from "./contrat.ts";

/** When the evening's batch has run, on the wall in Ivry. */
const batchTime = "22:15";

const warning = record("Message", { Type: "A", Texte: "Solde arrêté à la veille au soir" });

/** Positive when the landlord owes: the other way round than the entries. */
export const readBalance = ofContract((contract) => [
  warning,
  record("Solde", {
    NumeroContrat: keyOfContract(contract),
    Montant: amount(-contract.balanceCents),
    EnRetard: flag(contract.late),
    DateSolde: day(contract.balanceAsOf),
    HeureSolde: batchTime,
  }),
]);

export const listEntries = ofContract((contract) =>
  contract.entries
    .map((entry) =>
      record("Ecriture", {
        NumeroEcriture: keyOfEntry(entry),
        NumeroContrat: keyOfContract(contract),
        DateEcriture: day(entry.date),
        Libelle: entry.label,
        Montant: amountSignedRight(entry.cents),
        PeriodeDu: day(entry.period?.from ?? null),
        PeriodeAu: day(entry.period?.to ?? null),
      }),
    )
    .toReversed(),
);

const paymentStates = { RECEIVED: "E", PENDING: "A", REJECTED: "I" };

export const paymentRecord = (contract: WorldContract, payment: WorldPayment): string =>
  record("Reglement", {
    NumeroReglement: keyOfPayment(payment),
    NumeroContrat: keyOfContract(contract),
    DateReglement: day(payment.date),
    Montant: amount(payment.cents),
    Mode: modeOf(payment.method),
    Etat: paymentStates[payment.status],
  });

export const listPayments = ofContract((contract) =>
  contract.payments.map((payment) => paymentRecord(contract, payment)).toReversed(),
);

const mandateStates = { ACTIVE: "A", SUSPENDED: "S", ENDED: "T" };

export const readDirectDebit = ofContract((contract) => {
  const { directDebit } = contract;
  if (!directDebit) return [];
  const values = {
    NumeroContrat: keyOfContract(contract),
    RUM: directDebit.mandateReference,
    Jour: String(directDebit.day).padStart(2, "0"),
    DateSignature: day(directDebit.signedOn),
    Etat: mandateStates[directDebit.status],
  };
  return [record("Prelevement", values)];
});

export const readBank = ofContract((contract) => {
  const { bank } = contract;
  if (!bank) return [];
  const values = {
    NumeroContrat: keyOfContract(contract),
    IBAN: grouped(bank.iban),
    BIC: bank.bic ?? "",
    Titulaire: bank.holder ?? "",
  };
  return [record("Rib", values)];
});

const instalmentStates = { PAID: "R", DUE: "A", MISSED: "I" };

export const readPlan = ofContract((contract) => {
  const { paymentPlan } = contract;
  if (!paymentPlan) return [];
  const { agreedOn, instalments } = paymentPlan;
  const values = {
    NumeroContrat: keyOfContract(contract),
    DateAccord: day(agreedOn),
    MontantTotal: amount(instalments.reduce((sum, { cents }) => sum + cents, 0)),
    Echeance: instalments.map(({ dueDate, cents, status }) => ({
      DateEcheance: day(dueDate),
      Montant: amount(cents),
      Etat: instalmentStates[status],
    })),
  };
  return [record("Echeancier", values)];
});
