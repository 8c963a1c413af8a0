import {
  accountEntries,
  balances,
  payments,
  type AccountEntry as EntryRecord,
  type Balance as BalanceRecord,
  type Payment as PaymentRecord,
} from "../../adapters/ports/billing.ts";
import { freshnessOf } from "../../adapters/ports/freshness.ts";
import type { RequestContext } from "../kernel/context.ts";
import { load } from "../kernel/loaders.ts";
import { planOrFail } from "../kernel/paging.ts";
import type { Paging } from "../kernel/pagination.ts";
import type { AccountEntry, Balance, Payment } from "./types.ts";

type Money = BalanceRecord["owed"];

const isZero = ({ amount }: Money) => /^-?0+\.0+$/.test(amount);
const isNegative = (money: Money) => money.amount.startsWith("-") && !isZero(money);

/** Text in, text out: no amount ever becomes a number. */
const absolute = ({ amount, currency }: Money): Money => ({
  amount: amount.replace(/^-/, ""),
  currency,
});

/** `source`: the answer of the port that the balance is of, unless it is that answer itself. */
export function showBalance(balance: BalanceRecord, source: unknown = balance): Balance {
  const { owed, late, asOf } = balance;
  const side = isZero(owed) ? "SETTLED" : isNegative(owed) ? "CREDITOR" : "DEBTOR";
  return { amount: absolute(owed), side, late, asOf, ...freshnessOf(source) };
}

export function showEntry(
  context: RequestContext,
  contractKey: string,
  entry: EntryRecord,
): AccountEntry {
  const { key, date, label, owed, period } = entry;
  const credit = isNegative(owed);
  return {
    id: context.ids.seal("AccountEntry", contractKey, key),
    date,
    label,
    debit: credit ? null : owed,
    credit: credit ? absolute(owed) : null,
    period,
  };
}

function showPayment(
  context: RequestContext,
  contractKey: string,
  payment: PaymentRecord,
): Payment {
  const { key, ...shown } = payment;
  return { ...shown, id: context.ids.seal("Payment", contractKey, key) };
}

export async function balanceOf(
  context: RequestContext,
  contractKey: string,
): Promise<Balance | null> {
  const balance = await load(context, balances, "ofContracts", contractKey);
  return balance && showBalance(balance);
}

export async function entriesOf(context: RequestContext, contractKey: string, paging: Paging) {
  const plan = planOrFail(context, paging, accountEntries.name, contractKey);
  const page = await load(context, accountEntries, "ofContracts", { contractKey, ...plan.request });
  return plan.connect(page, (entry) => showEntry(context, contractKey, entry));
}

export async function paymentsOf(context: RequestContext, contractKey: string, paging: Paging) {
  const plan = planOrFail(context, paging, payments.name, contractKey);
  const page = await load(context, payments, "ofContracts", { contractKey, ...plan.request });
  return plan.connect(page, (payment) => showPayment(context, contractKey, payment));
}
