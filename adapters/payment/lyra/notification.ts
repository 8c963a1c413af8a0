/** Lyra's notification (IPN): a form of `vads_` fields, signed as it came. */
import type {
  PaymentNews,
  RawNotification,
  ReadNotification,
} from "../../ports/payment-provider.ts";
import { fromCents } from "../../transport/cents.ts";
import type { Settings } from "./settings.ts";
import { isSigned } from "./signature.ts";
import { meaningOf } from "./statuses.ts";
import { fromCompactUtc } from "./time.ts";

const rejected = (why: string): ReadNotification => ({ kind: "REJECTED", why });

export function readNotification(raw: RawNotification, settings: Settings): ReadNotification {
  if (!/^application\/x-www-form-urlencoded\b/i.test(raw.contentType)) return rejected("no form");
  const fields = fieldsOf(raw.body);
  if (!fields) return rejected("not in UTF-8, or a field comes twice");
  const get = (name: string) => fields.get(name) ?? "";
  if (!isSigned(fields, get("signature"), settings.key))
    return rejected("the signature is not Lyra's");
  if (get("vads_site_id") !== settings.siteId || get("vads_ctx_mode") !== settings.mode) {
    return rejected("of another shop or mode");
  }
  if (get("vads_hash") === "") return rejected("a browser's return, no notification");
  const news = newsIn(get);
  if (typeof news === "string") return rejected(news);
  const reference = get("vads_order_id");
  const what = [get("vads_operation_type"), get("vads_trans_status")].join(":");
  return {
    kind: "NEWS",
    reference,
    event: `${get("vads_trans_uuid") || `${reference}:${get("vads_trans_id")}`}:${what}`,
    news,
  };
}

/** Null where a name comes twice: the signature would cover one value and we might read the other. */
function fieldsOf(body: Uint8Array): Map<string, string> | null {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return null;
  }
  const pairs = [...new URLSearchParams(text)];
  const fields = new Map(pairs);
  return fields.size === pairs.length ? fields : null;
}

/** What it says, or why that cannot be understood. */
function newsIn(get: (name: string) => string): PaymentNews | string {
  const transaction = get("vads_trans_uuid");
  const named = /^[A-Za-z0-9-]{1,60}$/.test(transaction);
  if (get("vads_operation_type") === "CREDIT") {
    return named ? { state: "REVERSED", transaction } : "money given back, without its transaction";
  }
  const state = meaningOf(get("vads_trans_status"));
  if (state === null) return "an unknown status";
  if (state === "REFUSED") return { state, transaction: named ? transaction : null };
  if (state === "REVERSED") {
    return named ? { state, transaction } : { state: "REFUSED", transaction: null };
  }
  return state === "PAID" ? paidIn(get) : { state };
}

function paidIn(get: (name: string) => string): PaymentNews | string {
  const transaction = get("vads_trans_uuid");
  const paidAt = fromCompactUtc(get("vads_effective_creation_date") || get("vads_trans_date"));
  if (!/^[A-Za-z0-9-]{1,60}$/.test(transaction) || !paidAt) return "paid, without when or by what";
  if (get("vads_currency") !== "978") return "paid in another currency";
  // What was taken, where it is said, and not what was asked for.
  const cents = get("vads_effective_amount") || get("vads_amount");
  if (!/^\d{1,12}$/.test(cents)) return "paid, without an amount";
  return {
    state: "PAID",
    amount: fromCents(cents),
    paidAt,
    transaction,
    means: "CARD",
    authorisation: get("vads_auth_number").slice(0, 60) || null,
  };
}
