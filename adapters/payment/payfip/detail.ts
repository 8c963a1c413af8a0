/** `recupererDetailPaiementSecurise`: what PayFiP says of a payment. */
import { z } from "zod";
import { PortError } from "../../ports/errors.ts";
import type { BegunPayment, PaymentNews } from "../../ports/payment-provider.ts";
import { fromCents } from "../../transport/cents.ts";
import { optionalText, text } from "../../transport/fields.ts";
import { readRecord } from "../../transport/read-record.ts";
import { momentOnWall } from "../../transport/wall-clock.ts";
import type { TypedFault } from "./errors.ts";
import type { Settings } from "./settings.ts";

const operation = "recupererDetailPaiementSecurise";

const Detail = z.object({
  dattrans: optionalText,
  heurtrans: optionalText,
  idOp: text,
  montant: text,
  numauto: optionalText,
  numcli: text,
  refdet: text,
  resultrans: text,
  saisie: text,
});
type Detail = z.infer<typeof Detail>;

export interface Question {
  readonly payment: BegunPayment;
  readonly settings: Settings;
  readonly now: Date;
}

const minuteMs = 60_000;
/** So long after the beginning, "cancelled" may still be followed by another try on the page. */
const cancelledIsFinalMs = 20 * minuteMs;

export function newsOfDetail(answer: unknown, { payment, settings, now }: Question): PaymentNews {
  const { return: inside } = readRecord(z.object({ return: z.unknown() }), answer, operation);
  const detail = readRecord(Detail, inside, operation);
  const { numcli, saisie, refdet, idOp, resultrans } = detail;
  if (numcli !== settings.clientNumber || saisie !== settings.mode) {
    return { state: "DIFFERS", what: "SHOP" };
  }
  if (refdet !== payment.reference || idOp !== payment.providerReference) {
    return { state: "DIFFERS", what: "REFERENCE" };
  }
  if (resultrans === "P" || resultrans === "V") return paid(detail, resultrans, settings, payment);
  if (resultrans === "R" || resultrans === "Z") return { state: "REFUSED", transaction: idOp };
  if (resultrans !== "A") throw new PortError("BAD_RESPONSE", `${operation}: an unknown result`);
  const age = now.getTime() - Date.parse(payment.createdAt);
  return { state: age < cancelledIsFinalMs ? "WAITING" : "ABANDONED" };
}

function paid(
  detail: Detail,
  result: "P" | "V",
  { timeZone }: Settings,
  { createdAt }: BegunPayment,
): PaymentNews {
  const { dattrans, heurtrans, montant, numauto, idOp } = detail;
  const [, day, month, year] = /^(\d\d)(\d\d)(\d{4})$/.exec(dattrans ?? "") ?? [];
  const [, hour, minute] = /^(\d\d)(\d\d)$/.exec(heurtrans ?? "") ?? [];
  return {
    state: "PAID",
    amount: fromCents(montant),
    paidAt: momentOnWall(`${year}-${month}-${day}T${hour}:${minute}:00`, timeZone, createdAt),
    // Each idOp is one payment and no more.
    transaction: idOp,
    means: result === "P" ? "CARD" : "DIRECT_DEBIT",
    authorisation: numauto && numauto.slice(0, 60),
  };
}

/**
 * Null for a fault that tells nothing about the payment. `P5`: its result is not known yet. `P1`:
 * PayFiP has no such payment, because nobody has come to the page yet or, after the night, because
 * nobody paid there.
 */
export function newsOfFault(
  fault: TypedFault | null,
  { payment, now }: Question,
): PaymentNews | null {
  if (fault?.kind !== "FonctionnelleErreur") return null;
  if (fault.code === "P5") return { state: "WAITING" };
  if (fault.code !== "P1") return null;
  return { state: now.getTime() <= Date.parse(payment.expiresAt) ? "WAITING" : "EXPIRED" };
}
