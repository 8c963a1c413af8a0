/** What an ordeal of payments found, for a reader. */
import { written } from "./payments-attempt.ts";
import { failed, type Count } from "./payments-compare.ts";
import type { PaymentsReport } from "./payments.ts";
import { aligned, wordCounts } from "./report.ts";

const columns: readonly (readonly [title: string, of: (count: Count) => number | string])[] = [
  ["attempts", ({ attempts }) => attempts],
  ["paid", ({ paid }) => paid],
  ["EUR paid", ({ paidCents }) => written(paidCents)],
  ["booked", ({ booked }) => booked],
  ["EUR booked", ({ bookedCents }) => written(bookedCents)],
  ["lost", ({ lost }) => lost],
  ["doubled", ({ doubled }) => doubled],
  ["wrong", ({ wrong }) => wrong],
  ["strange", ({ strange }) => strange],
  ["forged accepted", ({ forgedAccepted }) => forgedAccepted],
  ["untrue", ({ untrue }) => untrue],
  ["open", ({ open }) => open],
];

const cells = (count: Count) => columns.map(([, of]) => String(of(count)));

export function wordPayments(report: PaymentsReport): string {
  const { store, seed, kills, seconds, lines, total, ways, troubles, refused, forged } = report;
  const titles = ["landlord", "provider", ...columns.map(([title]) => title)];
  const rows = lines.map((line) => [line.landlord, line.provider, ...cells(line)]);
  return [
    `payments, ${store}, seed ${seed}: ${kills} kills in ${seconds} s, ${forged} forged messages`,
    "",
    ...aligned([titles, ...rows, ["all", "", ...cells(total)]]),
    "",
    `what people did: ${wordCounts(ways)}`,
    `gone wrong: ${wordCounts(troubles)}`,
    `no page, because of: ${wordCounts(refused)}`,
    failed(report) ? "FAILED" : "every cent that was paid is booked once, and nothing else is",
    "",
  ].join("\n");
}

const summed = ["attempts", "paid", "booked", "lost", "doubled", "forgedAccepted"] as const;

/** For a program: the sums over all ordeals, and these one by one. */
export function paymentsJson(reports: readonly PaymentsReport[]) {
  const sums = summed.map((name) => [
    name,
    reports.reduce((sum, { total }) => sum + total[name], 0),
  ]);
  const ordeals = reports.map(({ total, ...report }) => ({ ...report, ...total }));
  return { ...(Object.fromEntries(sums) as Pick<Count, (typeof summed)[number]>), ordeals };
}
