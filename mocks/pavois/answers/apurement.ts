import { addDays } from "../../world/days.ts";
import type { WorldContract, WorldPaymentPlan } from "../../world/types.ts";
import { box, decimal, el } from "../format.ts";
import { keyOfContract } from "../keys.ts";
import { contractsAsked, type Answer } from "./answer.ts";

/** With an earlier plan that was not kept to. */
export const readPaymentPlans: Answer = (request, directory) => ({
  xml: contractsAsked(request, directory)
    .flatMap((contract) => {
      const plan = contract.paymentPlan;
      if (!plan) return [];
      return [planXml(contract, plan, "EN_COURS"), planXml(contract, before(plan), "ROMPU")];
    })
    .join(""),
});

const before = ({ agreedOn, instalments }: WorldPaymentPlan): WorldPaymentPlan => ({
  agreedOn: addDays(agreedOn, -300),
  instalments: instalments.map(({ dueDate, cents }) => ({
    dueDate: addDays(dueDate, -300),
    cents,
    status: "MISSED",
  })),
});

const states = { PAID: "REGLEE", DUE: "A_VENIR", MISSED: "IMPAYEE" };

function planXml(contract: WorldContract, plan: WorldPaymentPlan, state: string): string {
  const left = plan.instalments
    .filter(({ status }) => status !== "PAID")
    .reduce((sum, { cents }) => sum + cents, 0);
  return box(
    "cpt:PlanApurement",
    el("cpt:NumeroContrat", keyOfContract(contract)),
    el("cpt:ConcluLe", plan.agreedOn),
    el("cpt:Etat", state),
    el("cpt:MontantRestant", decimal(left)),
    ...plan.instalments
      .toReversed()
      .map(({ dueDate, cents, status }) =>
        box(
          "cpt:Echeance",
          el("cpt:ExigibleLe", dueDate),
          el("cpt:Montant", decimal(cents)),
          el("cpt:Etat", states[status]),
        ),
      ),
  );
}
