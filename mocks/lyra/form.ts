/** The form that a shop has the browser post: what Lyra takes, and what it refuses. */
import type { Books, Shop } from "./books.ts";
import { signatureOf, type Fields } from "./signature.ts";

const digits = (count: number) => new RegExp(`^\\d{${count}}$`);
const address = /^https?:\/\/\S{1,1016}$/;

interface Rule {
  readonly pattern: RegExp;
  readonly optional?: true;
}

const rules: Readonly<Record<string, Rule>> = {
  vads_action_mode: { pattern: /^INTERACTIVE$/ },
  vads_amount: { pattern: /^[1-9]\d{0,11}$/ },
  vads_capture_delay: { pattern: /^\d{1,3}$/, optional: true },
  vads_ctx_mode: { pattern: /^(TEST|PRODUCTION)$/ },
  vads_currency: { pattern: /^978$/ },
  vads_cust_email: { pattern: /^[^@\s]+@[^@\s]{1,150}$/, optional: true },
  vads_language: { pattern: /^[a-z]{2}$/, optional: true },
  vads_order_id: { pattern: /^[\w-]{1,64}$/, optional: true },
  vads_order_info: { pattern: /^[^<>]{0,255}$/, optional: true },
  vads_page_action: { pattern: /^PAYMENT$/ },
  vads_payment_config: { pattern: /^SINGLE$/ },
  vads_return_mode: { pattern: /^(NONE|GET|POST)$/, optional: true },
  vads_site_id: { pattern: digits(8) },
  vads_trans_date: { pattern: digits(14) },
  vads_trans_id: { pattern: /^[0-9a-z]{6}$/ },
  vads_url_check: { pattern: address, optional: true },
  vads_url_return: { pattern: address, optional: true },
  vads_validation_mode: { pattern: /^[01]?$/, optional: true },
  vads_version: { pattern: /^V2$/ },
};

/** A form that is refused, with the field that is wrong. */
export class RefusedForm extends Error {}

const freshMs = 15 * 60_000;

/** Throws RefusedForm. */
export function readForm(body: Buffer, books: Books, now: Date): { shop: Shop; asked: Fields } {
  const pairs = [...new URLSearchParams(body.toString("utf8"))];
  const asked: Fields = Object.fromEntries(pairs);
  if (Object.keys(asked).length < pairs.length) throw new RefusedForm("un champ est en double");
  for (const [name, { pattern, optional }] of Object.entries(rules)) {
    const value = asked[name];
    if (value === undefined ? !optional : !pattern.test(value)) throw new RefusedForm(name);
  }
  const unknown = Object.keys(asked).find((name) => name !== "signature" && !(name in rules));
  if (unknown !== undefined) throw new RefusedForm(`${unknown} : champ inconnu`);
  const shop = books.shopOf(asked["vads_site_id"]!);
  if (shop?.mode !== asked["vads_ctx_mode"]) throw new RefusedForm("vads_site_id");
  if (asked["signature"] !== signatureOf(asked, shop!.key)) throw new RefusedForm("signature");
  const [, year, month, day, time] =
    /^(\d{4})(\d\d)(\d\d)(\d{6})$/.exec(asked["vads_trans_date"]!) ?? [];
  const moment = Date.parse(`${year}-${month}-${day}T${time!.replace(/(\d\d)(?=\d)/g, "$1:")}Z`);
  if (!(Math.abs(now.getTime() - moment) <= freshMs)) throw new RefusedForm("vads_trans_date");
  return { shop: shop!, asked };
}
