/** What an ordeal found, for a reader. */
import { failed, type Count } from "./judge.ts";
import type { Report } from "./ordeal.ts";

const columns = [
  ["asked", ({ asked }: Count) => asked],
  ["acknowledged", ({ acknowledged }: Count) => acknowledged],
  ["applied", ({ applied }: Count) => applied],
  ["rejected", ({ rejected }: Count) => rejected],
  ["open", ({ open }: Count) => wordOpen(open)],
  ["lost", ({ lost }: Count) => lost],
  ["doubled", ({ doubled }: Count) => doubled],
  ["out of order", ({ outOfOrder }: Count) => outOfOrder],
  ["untrue", ({ untrue }: Count) => untrue],
] as const;

const wordOpen = (open: Count["open"]) =>
  Object.entries(open)
    .map(([status, count]) => `${count} ${status}`)
    .join(", ") || 0;

export function wordReport(report: Report): string {
  const { store, seed, kills, seconds, stormSeconds, calmSeconds } = report;
  const { writes, lines, total, troubles, refused, strange, notes } = report;
  const titles = ["landlord", "change", ...columns.map(([title]) => title)];
  const rows = lines.map((line) => [line.landlord, line.port, ...cells(line)]);
  return [
    `${store}, seed ${seed}: ${kills} kills, ${stormSeconds} s of storm and ${calmSeconds} s of calm, ${seconds} s in all`,
    "",
    ...aligned([titles, ...rows, ["all", "", ...cells(total)]]),
    "",
    ...(total.asked < writes ? [`time for ${total.asked} of ${writes} writes only`] : []),
    `gone wrong at the ERPs: ${wordCounts(troubles)}`,
    `refused by the gateway: ${wordCounts(refused)}`,
    ...notes,
    ...strange.map((write) => `nobody asked for: ${JSON.stringify(write)}`),
    failed(report) ? "FAILED" : "0 lost, 0 doubled, 0 out of order",
    "",
  ].join("\n");
}

const cells = (count: Count) => columns.map(([, of]) => String(of(count)));

export const wordCounts = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ") || "nothing";

export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_title, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join("  ")
      .trimEnd(),
  );
}

/** For a program: each ordeal's totals, lines and all, and what else was put to the ordeal. */
export function asJson(reports: readonly Report[], ok: boolean, besides: object): string {
  const flat = reports.map(({ total, ...report }) => ({ ...report, ...total }));
  return JSON.stringify({ ok, ordeals: flat, ...besides }, null, 2);
}
