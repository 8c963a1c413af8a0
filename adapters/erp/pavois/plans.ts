/** Payment plans (plans d'apurement) of a contract. */
import { z } from "zod";
import type { PaymentPlan, PaymentPlans } from "../../ports/billing.ts";
import { text } from "../../transport/fields.ts";
import type { Pavois } from "./client.ts";
import { amount, day, euros, sumOf } from "./map.ts";
import { firstBy, perContract } from "./per-contract.ts";

const statuses = { REGLEE: "PAID", A_VENIR: "DUE", IMPAYEE: "MISSED" } as const;

const instalmentRecord = z
  .object({ ExigibleLe: day, Montant: amount, Etat: z.enum(["REGLEE", "A_VENIR", "IMPAYEE"]) })
  .transform(({ ExigibleLe, Montant, Etat }) => ({
    dueDate: ExigibleLe,
    amount: euros(Montant),
    status: statuses[Etat],
  }));

const planRecord = z
  .object({
    NumeroContrat: text,
    ConcluLe: day,
    Etat: z.enum(["EN_COURS", "SOLDE", "ROMPU"]),
    /** The last one first. */
    Echeance: z.array(instalmentRecord).min(1),
  })
  .transform(({ NumeroContrat, ConcluLe, Etat, Echeance }) => {
    const plan: PaymentPlan = {
      agreedOn: ConcluLe,
      // Pavois only says what is left to pay.
      total: euros(sumOf(Echeance.map((instalment) => instalment.amount.amount))),
      instalments: Echeance.toSorted((a, b) => (a.dueDate < b.dueDate ? -1 : 1)),
    };
    return { contract: NumeroContrat, item: { plan, inForce: Etat === "EN_COURS" } };
  });

const newestPlan = firstBy<PaymentPlan>((a, b) => (a.agreedOn < b.agreedOn ? 1 : -1));

export const createPaymentPlans = (pavois: Pavois): PaymentPlans => ({
  ofContracts: perContract(
    pavois,
    { operation: "LirePlansApurement", element: "PlanApurement", shape: planRecord },
    (found) => newestPlan(found.filter(({ inForce }) => inForce).map(({ plan }) => plan)),
  ),
});
