/** What may be paid for a contract: the same rules for the form and for what it sends. */
import { balances, type Balance } from "../../../adapters/ports/billing.ts";
import type { Contract } from "../../../adapters/ports/contract.ts";
import { centsOf, smaller } from "../../../payments/amount.ts";
import { amountLimits } from "../../../payments/start.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { load } from "../../kernel/loaders.ts";
import { paymentDesk } from "./desk.ts";
import type { PaymentOptions } from "./types.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" as const });

/** What is owed on the contract, `0.00` where nothing is; null where nobody knows. */
export async function dueOn(context: RequestContext, contractKey: string): Promise<string | null> {
  if (!context.ports.served.includes(balances.name)) return null;
  const balance: Balance | null = await load(context, balances, "ofContracts", contractKey);
  if (!balance) return null;
  return balance.owed.amount.startsWith("-") ? "0.00" : balance.owed.amount;
}

/** A mandate of management has nothing that its owner pays; a contract that ended, only its debt. */
export function isBlocked({ kind, status }: Contract, due: string | null): boolean {
  return kind === "MANAGEMENT" || (status === "ENDED" && due === "0.00");
}

export async function paymentOptions(
  context: RequestContext,
  contract: Contract,
): Promise<PaymentOptions> {
  const desk = paymentDesk(context);
  const due = await dueOn(context, contract.key);
  const { minimum, maximum } = amountLimits(desk);
  const blocked = isBlocked(contract, due);
  const worth = due !== null && centsOf(due)! >= centsOf(minimum)!;
  return {
    provider: desk.providerName,
    payable: !blocked,
    partial: desk.rules.partial,
    minimum: eur(minimum),
    maximum: eur(maximum),
    suggestedAmount: worth && !blocked ? eur(smaller(due, maximum)) : null,
  };
}
