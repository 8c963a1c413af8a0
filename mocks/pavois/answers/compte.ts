import { amount, box, decimal, el, period } from "../format.ts";
import { keyOfContract } from "../keys.ts";
import { contractAsked, contractsAsked, pageOf, type Answer } from "./answer.ts";
import { modeOf } from "./contrat.ts";

/** The balance is that of an evening, when the day's batch has run. */
const batchTime = "T20:30:00";

export const readBalances: Answer = (request, directory) => ({
  xml: contractsAsked(request, directory)
    .map((contract) =>
      box(
        "cpt:Solde",
        el("cpt:NumeroContrat", keyOfContract(contract)),
        amount("cpt", contract.balanceCents),
        el("cpt:EnRetard", contract.late ? "true" : "false"),
        el("cpt:ArreteLe", contract.balanceAsOf + batchTime),
      ),
    )
    .join(""),
});

export const listEntries: Answer = (request, directory) => {
  const { entries } = contractAsked(request, directory);
  const shown = pageOf(entries, request).map((entry) =>
    box(
      "cpt:Ecriture",
      el("cpt:NumeroEcriture", `E${entry.number}`),
      el("cpt:DateEcriture", entry.date),
      el("cpt:Libelle", entry.label),
      amount("cpt", entry.cents),
      entry.period ? period("cpt:Periode", entry.period) : el("cpt:Periode", null),
    ),
  );
  return { xml: el("cpt:NombreTotal", String(entries.length)) + shown.join("") };
};

const states = { RECEIVED: "ENCAISSE", PENDING: "EN_ATTENTE", REJECTED: "IMPAYE" };

export const listPayments: Answer = (request, directory) => {
  const { payments } = contractAsked(request, directory);
  const shown = pageOf(payments, request).map((payment) =>
    box(
      "cpt:Reglement",
      el("cpt:NumeroReglement", `R${payment.number}`),
      el("cpt:DateReglement", payment.date),
      el("cpt:Montant", decimal(payment.cents)),
      el("cpt:Mode", modeOf(payment.method)),
      el("cpt:Etat", states[payment.status]),
    ),
  );
  return { xml: el("cpt:NombreTotal", String(payments.length)) + shown.join("") };
};
