/** `npm run ordeal`: whether what was acknowledged is applied once, whatever dies, closes or lies meanwhile. */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { whyNoPostgres } from "../../store/testing/databases.ts";
import { failed } from "./judge.ts";
import { ordeal, type Report } from "./ordeal.ts";
import { paymentsOrdeal, type PaymentsReport } from "./payments.ts";
import { failed as paymentsFailed } from "./payments-compare.ts";
import { paymentsJson, wordPayments } from "./payments-report.ts";
import type { StoreKind } from "./processes.ts";
import { asJson, wordReport } from "./report.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "4" },
    seed: { type: "string" },
    writes: { type: "string", default: "1000" },
    payments: { type: "string", default: "200" },
    store: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

const stores = await storesToTry(values.store);
const seed = numberIn("--seed", values.seed ?? String(randomInt(1_000_000)));
const writes = Math.ceil(numberIn("--writes", values.writes) / stores.length);
const wholeMs = (numberIn("--minutes", values.minutes) * 60_000) / stores.length;
// The rest is for starting, and for what waits longest to be asked for again.
const stormMs = wholeMs * 0.6;
const calmMs = Math.max(60_000, wholeMs);

const reports: Report[] = [];
for (const store of stores) {
  const report = await ordeal({ store, seed, writes, stormMs, calmMs });
  reports.push(report);
  if (!values.json) process.stdout.write(`${wordReport(report)}\n`);
}

const each = Math.ceil(numberIn("--payments", values.payments) / stores.length);
const paid: PaymentsReport[] = [];
for (const store of each > 0 ? stores : []) {
  const report = await paymentsOrdeal({ store, seed, each, stormMs, calmMs });
  paid.push(report);
  if (!values.json) process.stdout.write(`${wordPayments(report)}\n`);
}
const ok = !reports.some(failed) && !paid.some(paymentsFailed);
if (values.json) {
  process.stdout.write(`${asJson(reports, ok, { payments: paymentsJson(paid) })}\n`);
}
process.exitCode = ok ? 0 : 1;

async function storesToTry(asked: string | undefined): Promise<StoreKind[]> {
  if (asked === "sqlite" || asked === "postgres") return [asked];
  if (asked !== undefined) throw new Error("--store sqlite, or postgres");
  const reason = await whyNoPostgres();
  if (reason === null) return ["sqlite", "postgres"];
  process.stderr.write(`Without PostgreSQL, which does not answer: ${reason}\n`);
  return ["sqlite"];
}

function numberIn(option: string, text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !(number >= 0)) throw new Error(`${option} with a number`);
  return number;
}
