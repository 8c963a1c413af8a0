/** `creerPaiementSecurise`: what PayFiP needs to prepare its page. */
import { PortError } from "../../ports/errors.ts";
import type { NewPayment } from "../../ports/payment-provider.ts";
import { toCents } from "../../transport/cents.ts";
import type { Settings } from "./settings.ts";

/** The fields in PayFiP's own alphabet. Throws INVALID_INPUT for an e-mail that it would not take. */
export function requestFor(payment: NewPayment, settings: Settings): Record<string, string> {
  const { reference, amount, label, email, createdAt, notifyUrl, returnUrl } = payment;
  if (email.length < 6 || email.length > 80 || !/^[\x21-\x7e]+@[\x21-\x7e]+$/.test(email)) {
    throw new PortError("INVALID_INPUT", "creerPaiementSecurise: an e-mail that PayFiP refuses", {
      notApplied: true,
    });
  }
  return {
    exer: yearIn(settings.timeZone, createdAt),
    mel: email,
    montant: toCents(amount),
    numcli: settings.clientNumber,
    objet: subjectOf(label),
    refdet: reference,
    saisie: settings.mode,
    urlnotif: notifyUrl,
    urlredirect: returnUrl,
  };
}

/** `[A-Za-z0-9 ]`, 100 characters at most: `Loyer L/2013936` becomes `Loyer L 2013936`. */
export function subjectOf(label: string): string {
  const plain = label.normalize("NFD").replace(/\p{M}/gu, "");
  return plain
    .replace(/[^A-Za-z0-9]+/g, " ")
    .trim()
    .slice(0, 100)
    .trim();
}

function yearIn(timeZone: string, moment: string): string {
  return new Intl.DateTimeFormat("en", { timeZone, year: "numeric" }).format(new Date(moment));
}
