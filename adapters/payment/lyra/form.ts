/** The form by which a browser opens Lyra's page. */
import type { Begun, NewPayment } from "../../ports/payment-provider.ts";
import { toCents } from "../../transport/cents.ts";
import { sign } from "./signature.ts";
import type { Settings } from "./settings.ts";
import { compactUtc } from "./time.ts";

/** How long the form is taken after it was made, and the page stays open. */
export const openMinutes = 15;

export function begin(payment: NewPayment, settings: Settings): Begun {
  const { reference, dayNumber, amount, label, email, language, createdAt } = payment;
  const fields: [string, string][] = [
    ["vads_action_mode", "INTERACTIVE"],
    ["vads_amount", toCents(amount)],
    ["vads_capture_delay", "0"],
    ["vads_ctx_mode", settings.mode],
    ["vads_currency", "978"],
    ["vads_cust_email", email],
    ["vads_language", language],
    ["vads_order_id", reference],
    ["vads_order_info", label.replace(/[<>]/g, " ").slice(0, 255)],
    ["vads_page_action", "PAYMENT"],
    ["vads_payment_config", "SINGLE"],
    // The browser brings nothing back: what it brought could not be believed, and stays in histories.
    ["vads_return_mode", "NONE"],
    ["vads_site_id", settings.siteId],
    ["vads_trans_date", compactUtc(new Date(createdAt))],
    ["vads_trans_id", dayNumber.toString(36).padStart(6, "0")],
    ["vads_url_check", payment.notifyUrl],
    ["vads_url_return", payment.returnUrl],
    ["vads_validation_mode", "0"],
    ["vads_version", "V2"],
  ];
  const signed = [...fields, ["signature", sign(fields, settings.key)] as [string, string]];
  const expiresAt = new Date(Date.parse(createdAt) + openMinutes * 60_000).toISOString();
  return {
    redirect: {
      method: "POST",
      url: settings.formUrl,
      fields: signed.map(([name, value]) => ({ name, value })),
    },
    providerReference: reference,
    expiresAt,
  };
}
