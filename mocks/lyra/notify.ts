/** What Lyra tells the shop's server (IPN), and lets the browser carry back. */
import { createHash } from "node:crypto";
import type { Notifier } from "../checkout/notifier.ts";
import type { Transaction, Visit } from "./books.ts";
import { signed, type Fields } from "./signature.ts";

export type Source = "PAY" | "BO" | "BATCH" | "RETRY" | "MERCH_BO";

const compact = (moment: Date) => moment.toISOString().replace(/\D/g, "").slice(0, 14);

/** The fields that the browser and the server are told alike. */
function told(
  { asked }: Visit,
  { uuid, operation, status, cents, createdAt }: Transaction,
): Fields {
  const taken = status === "AUTHORISED" || status === "CAPTURED";
  const { signature: _signature, ...sent } = asked;
  return {
    ...sent,
    vads_trans_uuid: uuid,
    vads_trans_status: status,
    vads_operation_type: operation,
    vads_effective_amount: String(cents),
    vads_effective_currency: "978",
    vads_effective_creation_date: compact(createdAt),
    vads_presentation_date: compact(createdAt),
    vads_auth_number: taken ? uuid.slice(0, 6) : "",
    vads_auth_result: taken ? "00" : "05",
    vads_card_brand: "CB",
    vads_card_number: "497010XXXXXX0055",
    vads_payment_src: "EC",
    vads_sequence_number: "1",
    vads_result: taken ? "00" : "05",
    vads_extra_result: "",
    vads_shop_name: "Régie des loyers – « Démo »",
    vads_warranty_result: "YES",
  };
}

export const browserFields = (visit: Visit, transaction: Transaction): Fields =>
  signed(told(visit, transaction), visit.shop.key);

export async function notify(
  notifier: Notifier,
  visit: Visit,
  transaction: Transaction,
  source: Source,
): Promise<void> {
  const url = visit.asked["vads_url_check"];
  if (url === undefined) return;
  const hash = createHash("sha256").update(`${transaction.uuid} ${transaction.status}`);
  const fields = {
    ...told(visit, transaction),
    vads_url_check_src: source,
    vads_hash: hash.digest("hex"),
  };
  const right = signed(fields, visit.shop.key);
  const wrong = { ...right, vads_trans_status: "AUTHORISED", vads_result: "00", vads_amount: "1" };
  const encoded = (form: Fields) => new URLSearchParams(form).toString();
  await notifier.send(transaction.uuid, { url, body: encoded(right), forged: encoded(wrong) });
}
