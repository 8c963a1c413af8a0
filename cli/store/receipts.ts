/** What the gateway's log says was promised: receipts, pages of payment, and how changes went on. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { taken } from "../../delivery/settle.ts";
import { acknowledged, paymentBegun } from "../../gateway/receipts.ts";

interface Receipt {
  readonly id: string;
  readonly landlord: string;
  /** Null where the log only tells that it was taken to the ERP. */
  readonly account: string | null;
  readonly at: Date;
}

export interface ChangeReceipt extends Receipt {
  readonly kind: string;
  /** Where it stood last, as far as the log tells; null when nothing was heard of it. */
  readonly last: string | null;
}

export interface PaymentReceipt extends Receipt {
  readonly provider: string;
  /** The provider's name of it, sealed. */
  readonly sealed: string;
}

export interface Receipts {
  readonly changes: ReadonlyMap<string, ChangeReceipt>;
  readonly payments: ReadonlyMap<string, PaymentReceipt>;
  /** When the first line of the gateway was written; null where there is none. */
  readonly from: Date | null;
}

const base = { time: z.number(), landlord: z.string() };
const Line = z.discriminatedUnion("msg", [
  z.object({
    ...base,
    msg: z.literal(acknowledged),
    change: z.uuid(),
    kind: z.string(),
    account: z.string(),
  }),
  z.object({
    ...base,
    msg: z.literal(taken),
    change: z.uuid(),
    kind: z.string(),
    status: z.string(),
  }),
  z.object({
    ...base,
    msg: z.literal(paymentBegun),
    payment: z.uuid(),
    provider: z.string(),
    account: z.string(),
    at: z.string(),
  }),
]);

/** Of all files, in whatever order: what was written at `since` or later. */
export async function readReceipts(paths: readonly string[], since: Date): Promise<Receipts> {
  const changes = new Map<string, ChangeReceipt & { readonly lastAt: number }>();
  const payments = new Map<string, PaymentReceipt>();
  let from = Infinity;
  for (const path of paths) {
    for await (const text of linesOf(path)) {
      const line = jsonOf(text);
      if (!isLogged(line)) continue;
      from = Math.min(from, line.time);
      const { data } = Line.safeParse(line);
      if (!data || data.time < since.getTime()) continue;
      if (data.msg === paymentBegun) {
        const { payment: id, landlord, account, provider, at: sealed, time } = data;
        payments.set(id, { id, landlord, account, provider, sealed, at: new Date(time) });
      } else changes.set(data.change, joined(changes.get(data.change), data));
    }
  }
  return { changes, payments, from: from === Infinity ? null : new Date(from) };
}

type ChangeLine = Exclude<z.infer<typeof Line>, { msg: typeof paymentBegun }>;

function joined(
  before: (ChangeReceipt & { readonly lastAt: number }) | undefined,
  line: ChangeLine,
): ChangeReceipt & { readonly lastAt: number } {
  const { change: id, landlord, kind, time } = line;
  const known = before ?? {
    id,
    landlord,
    kind,
    account: null,
    at: new Date(time),
    last: null,
    lastAt: 0,
  };
  const at = time < known.at.getTime() ? new Date(time) : known.at;
  if (line.msg === acknowledged) return { ...known, at, account: line.account };
  return time < known.lastAt ? { ...known, at } : { ...known, at, last: line.status, lastAt: time };
}

function linesOf(path: string): AsyncIterable<string> {
  const bytes = createReadStream(path);
  const input = path.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  bytes.on("error", (error) => input.destroy(error));
  return createInterface({ input, crlfDelay: Infinity });
}

/** As the gateway wrote it; behind what a collector put in front, or within the line of one. */
function jsonOf(text: string): unknown {
  const start = text.indexOf("{");
  if (start < 0) return null;
  try {
    const line = JSON.parse(text.slice(start)) as Record<string, unknown>;
    const inside = ["log", "message", "MESSAGE"].map((name) => line[name]);
    const wrapped = inside.find((one) => typeof one === "string" && one.startsWith("{"));
    return wrapped === undefined ? line : (JSON.parse(wrapped as string) as unknown);
  } catch {
    return null;
  }
}

const isLogged = (line: unknown): line is { time: number } =>
  typeof (line as { time?: unknown } | null)?.time === "number" && "level" in (line as object);
