import { bankAccounts, directDebits, ledgers, paymentPlans } from "../../adapters/ports/billing.ts";
import type { RequestContext } from "../kernel/context.ts";
import { load } from "../kernel/loaders.ts";
import { maskIban } from "../kernel/mask-iban.ts";
import { signedIn } from "../kernel/ownership.ts";
import { showBalance } from "./billing.ts";
import type { BankDetails, DirectDebit, Ledger, PaymentPlan } from "./types.ts";

export async function bankDetailsOf(
  context: RequestContext,
  contractKey: string,
): Promise<BankDetails | null> {
  const found = await load(context, bankAccounts, "ofContracts", contractKey);
  return found && { maskedIban: maskIban(found.iban), bic: found.bic, holder: found.holder };
}

export const directDebitOf = (
  context: RequestContext,
  contractKey: string,
): Promise<DirectDebit | null> => load(context, directDebits, "ofContracts", contractKey);

export const paymentPlanOf = (
  context: RequestContext,
  contractKey: string,
): Promise<PaymentPlan | null> => load(context, paymentPlans, "ofContracts", contractKey);

/** Every account of the persons that the viewer stands for. */
export async function ledgersOf(context: RequestContext): Promise<Ledger[]> {
  const { personKeys } = signedIn(context);
  const lists = await Promise.all(
    personKeys.map((person) => load(context, ledgers, "ofPersons", person)),
  );
  return lists.flatMap((list) =>
    list.map(({ key, kind, label, balance }) => ({
      id: context.ids.seal("Ledger", key),
      kind,
      label,
      balance: showBalance(balance, list),
    })),
  );
}
