/** What holds for money, beside what holds for every read. */
import type { AccountEntry, Balance, Ledger, Payment, PaymentPlan } from "../../ports/billing.ts";
import type { Page } from "../../ports/values.ts";
import { alone, pageOf } from "../ask.ts";
import { centsOf, sumOf } from "../cents.ts";
import { needSome, type Check } from "../check.ts";
import type { Subject } from "../subject.ts";
import type { Read } from "../ports.ts";
import { each, everything, inOrder, lists, valueCheck } from "./shape.ts";

const ledgerOrder = ["TENANT", "CO_OWNER", "OWNER"];

/** The whole accounts of the material, beside what came of each. */
async function accounts(subject: Subject, read: Read) {
  const given = needSome(
    subject.material.accounts,
    1,
    "accounts: all entries of a contract, at most a hundred",
  );
  const pages = (await Promise.all(
    given.map(({ contract }) => alone(subject, read, pageOf(read, contract))),
  )) as Page<AccountEntry>[];
  return given.map(({ entries }, index) => ({ entries, came: pages[index]!.items }));
}

export const billingChecks: readonly Check[] = [
  valueCheck({
    read: "balances.ofContracts",
    suffix: "exact",
    title: "A balance is exact to the cent, with its sign",
    hint: "Never a float: thousands with a space, a comma, a side in a letter (D, C), a minus behind. Positive: the tenant owes.",
    run: async (subject, read) => {
      const given = needSome(
        subject.material.balances,
        1,
        "balances: of contracts, debtor and creditor",
      );
      const found = (await Promise.all(
        given.map(({ contract }) => alone(subject, read, contract)),
      )) as (Balance | null)[];
      return each(
        given.map(({ owed }, index) => [owed, found[index]?.owed.amount]),
        "the same amount",
        ([expected, came]) => came !== undefined && expected === came,
      );
    },
  }),
  valueCheck({
    read: "balances.ofContracts",
    suffix: "late-owes",
    title: "Nobody is late who owes nothing",
    hint: "`late`: a due date has passed with something owed.",
    run: async (subject, read) =>
      each(
        await everything<Balance>(subject, read),
        "late only where something is owed",
        ({ late, owed }) => !late || centsOf(owed.amount) > 0n,
      ),
  }),
  valueCheck({
    read: "balances.ofContracts",
    suffix: "not-ahead",
    title: "No balance is of a time to come",
    hint: "The ERP's clock stands in its own zone: add the zone's offset of that day, summer or winter.",
    run: async (subject, read) =>
      each(
        await everything<Balance>(subject, read),
        "asOf not after tomorrow",
        ({ asOf }) => Date.parse(asOf) < Date.now() + 86_400_000,
      ),
  }),
  valueCheck({
    read: "accountEntries.ofContracts",
    suffix: "sum",
    title: "The entries of an account add up exactly",
    hint: "Charges positive, payments negative; no entry lost on the way.",
    run: async (subject, read) =>
      each(
        await accounts(subject, read),
        "the same sum",
        ({ entries, came }) =>
          sumOf(entries.map(({ owed }) => owed)) === sumOf(came.map(({ owed }) => owed.amount)),
      ),
  }),
  valueCheck({
    read: "accountEntries.ofContracts",
    suffix: "exact",
    title: "Each entry has its day, its amount and its label",
    hint: "A day has no time: 23:30 in UTC is the next day in Paris. Labels are decoded and trimmed.",
    run: async (subject, read) =>
      each(
        await accounts(subject, read),
        "the same days, amounts and labels in the same order",
        ({ entries, came }) =>
          entries.map((entry) => [entry.date, entry.owed, entry.label].join("\t")).join("\n") ===
          came.map((entry) => [entry.date, entry.owed.amount, entry.label].join("\t")).join("\n"),
      ),
  }),
  valueCheck({
    read: "accountEntries.ofContracts",
    suffix: "periods",
    title: "A period ends after it begins",
    hint: "Keep days as text, from the ERP's own form.",
    run: async (subject, read) =>
      each(
        await everything<AccountEntry>(subject, read),
        "from before to",
        ({ period }) => period === null || period.from <= period.to,
      ),
  }),
  valueCheck({
    read: "payments.ofContracts",
    suffix: "positive",
    title: "What was paid is positive",
    hint: "An account has payments negative, this port has them positive.",
    run: async (subject, read) =>
      each(
        await everything<Payment>(subject, read),
        "an amount above zero",
        ({ amount }) => centsOf(amount.amount) > 0n,
      ),
  }),
  valueCheck({
    read: "ledgers.ofPersons",
    suffix: "sorted",
    title: "The tenant's account first, each once",
    hint: "Sort by TENANT, CO_OWNER, OWNER.",
    run: async (subject, read) =>
      inOrder(
        await lists<Ledger>(subject, read),
        "in the order of the port",
        (one, next) => ledgerOrder.indexOf(one.kind) <= ledgerOrder.indexOf(next.kind),
      ),
  }),
  valueCheck({
    read: "paymentPlans.ofContracts",
    suffix: "sum",
    title: "A plan's total is the sum of its instalments",
    hint: "Add up in cents, whatever the ERP tells as its total.",
    run: async (subject, read) =>
      each(
        await everything<PaymentPlan>(subject, read),
        "the sum of the instalments",
        ({ total, instalments }) =>
          centsOf(total.amount) === sumOf(instalments.map(({ amount }) => amount.amount)),
      ),
  }),
  valueCheck({
    read: "paymentPlans.ofContracts",
    suffix: "sorted",
    title: "The oldest instalment first",
    hint: "Sort by due date.",
    run: async (subject, read) =>
      inOrder(
        (await everything<PaymentPlan>(subject, read)).map(({ instalments }) => instalments),
        "oldest first",
        (one, next) => one.dueDate <= next.dueDate,
      ),
  }),
];
