import { coOwnershipLedgerOf } from "./co-ownership.ts";
import { firstOfMonth } from "./days.ts";
import { ledgerOf, type Account } from "./ledger.ts";
import { managementLedgerOf } from "./management.ts";
import { paymentPlanOf } from "./payment-plan.ts";
import type { ContractPlan, Surroundings } from "./plans.ts";
import { randomFor, streams } from "./random.ts";
import type { WorldContract } from "./types.ts";

/** The parts of a contract that its account is made of. */
export const accountParts = [
  "balanceCents",
  "late",
  "entries",
  "payments",
  "notices",
  "receipts",
  "regularisations",
  "paymentPlan",
  "fundsCalls",
] as const;

/** Three years of a contract's account, to the evening of `until`. */
export function accountOf(
  number: number,
  plan: ContractPlan,
  dueDay: number,
  until: string,
  around: Surroundings,
): Pick<WorldContract, (typeof accountParts)[number]> {
  const account: Account = {
    ...plan,
    number,
    method: plan.paymentMethod,
    from: firstOfMonth(around.today, -35),
    dueDay,
  };
  const random = randomFor(around.seed, streams.ledger, number);
  if (plan.kind === "CO_OWNERSHIP") {
    return { ...coOwnershipLedgerOf(account, until, random), paymentPlan: null };
  }
  if (plan.kind === "MANAGEMENT") {
    const ledger = managementLedgerOf(account, plan.restCents, until);
    return { ...ledger, paymentPlan: null, fundsCalls: [] };
  }
  const ledger = ledgerOf(account, until, random);
  const paysBack = plan.paysBack && plan.habit === "behind" && plan.end === null;
  return {
    ...ledger,
    paymentPlan: paysBack ? paymentPlanOf(ledger, until) : null,
    fundsCalls: [],
  };
}
