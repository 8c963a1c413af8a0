/** The SEPA mandate that a person accepts when subscribing. */
import { randomUUIDv7 } from "node:crypto";
import type { Landlord, Language } from "../../kernel/landlord.ts";

export interface Creditor {
  readonly name: string;
  /** ICS. */
  readonly identifier: string;
}

/**
 * A RUM: unique for ever, and nothing of the person in it. It is kept with the change, so that a
 * repeat of the request has the same.
 */
export const newMandateReference = (): string => randomUUIDv7().replaceAll("-", "").toUpperCase();

/** The words of the European Payments Council's model of a mandate, French as its banks use them. */
export function mandateText({ name, identifier }: Creditor, language: Language): string {
  if (language === "en") {
    return `By accepting this mandate, you authorise (A) ${name} (SEPA creditor identifier ${identifier}) to send instructions to your bank to debit your account and (B) your bank to debit your account in accordance with the instructions from ${name}. As part of your rights, you are entitled to a refund from your bank under the terms and conditions of your agreement with your bank. A refund must be claimed within 8 weeks starting from the date on which your account was debited. The payments are recurrent.`;
  }
  return `En acceptant ce mandat, vous autorisez (A) ${name} (identifiant créancier SEPA ${identifier}) à envoyer des instructions à votre banque pour débiter votre compte, et (B) votre banque à débiter votre compte conformément aux instructions de ${name}. Vous bénéficiez du droit d'être remboursé par votre banque selon les conditions décrites dans la convention que vous avez passée avec elle. Une demande de remboursement doit être présentée dans les 8 semaines suivant la date de débit de votre compte. Les paiements sont récurrents.`;
}

export const creditorOf = ({ directDebit }: Landlord): Creditor | null =>
  directDebit.creditor ?? null;
