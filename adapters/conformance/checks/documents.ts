/** What holds for documents, beside what holds for every read. */
import type { ChargeRegularisation, RentNotice, RentReceipt } from "../../ports/documents.ts";
import { centsOf, sumOf } from "../cents.ts";
import type { Check } from "../check.ts";
import { pagedReads, ownedReads } from "../ports.ts";
import { each, everything, valueCheck } from "./shape.ts";

/** Kinds with a period. */
const withPeriod = new Set(["rentNotices", "rentReceipts", "fundsCalls"]);
const documentPorts = new Set(
  ownedReads.filter(({ by }) => by === "document").map(({ port }) => port.name),
);

const ofEachKind: readonly Check[] = pagedReads
  .filter(({ port }) => documentPorts.has(port.name))
  .flatMap(({ name, port }) => [
    ...(withPeriod.has(port.name)
      ? [
          valueCheck({
            read: name,
            suffix: "period",
            title: "A period begins on the first of a month or ends on the last of one",
            hint: "A period that is a day off was moved by a zone, around the change of the clocks above all.",
            run: async (subject, read) =>
              each(
                await everything<RentNotice>(subject, read),
                "whole months, but for the first and the last of a contract",
                ({ period }) => period.from.endsWith("-01") || dayAfter(period.to).endsWith("-01"),
              ),
          }),
        ]
      : []),
    valueCheck({
      read: name,
      suffix: "keys",
      title: "No two documents have the same key",
      hint: "A number that begins anew each year or for each contract needs the year or the contract in the key.",
      run: async (subject, read) => {
        const all = await everything<RentNotice>(subject, read);
        const keys = all.map(({ contractKey, key }) => `${contractKey} ${key}`);
        return each(keys, "each key once", (key) => keys.indexOf(key) === keys.lastIndexOf(key));
      },
    }),
  ]);

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

export const documentChecks: readonly Check[] = [
  ...ofEachKind,
  valueCheck({
    read: "rentNotices.ofContracts",
    suffix: "sum",
    title: "The total of a notice is the sum of its lines",
    hint: "Add up in cents; a line that reduces the rent is negative.",
    run: async (subject, read) =>
      each(
        await everything<RentNotice>(subject, read),
        "the sum of the lines, where there are lines",
        ({ total, lines }) =>
          lines.length === 0 ||
          centsOf(total.amount) === sumOf(lines.map(({ amount }) => amount.amount)),
      ),
  }),
  valueCheck({
    read: "rentReceipts.ofContracts",
    suffix: "split",
    title: "A quittance tells rent from charges, and they add up",
    hint: "A whole period paid is FULL and has both; a part of it is PARTIAL (loi 89-462, art. 21).",
    run: async (subject, read) =>
      each(
        await everything<RentReceipt>(subject, read),
        "rent and charges whose sum was paid, on each quittance",
        ({ kind, paid, rent, charges }) =>
          kind === "PARTIAL" ||
          (rent !== null &&
            charges !== null &&
            sumOf([rent.amount, charges.amount]) === centsOf(paid.amount)),
      ),
  }),
  valueCheck({
    read: "chargeRegularisations.ofContracts",
    suffix: "difference",
    title: "A regularisation is what was spent less what was called",
    hint: "Compute the difference yourself; the ERP's may have its sign turned.",
    run: async (subject, read) =>
      each(
        await everything<ChargeRegularisation>(subject, read),
        "actual - provisions = difference",
        ({ actual, provisions, difference }) =>
          centsOf(actual.amount) - centsOf(provisions.amount) === centsOf(difference.amount),
      ),
  }),
];
