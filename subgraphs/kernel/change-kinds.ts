import {
  bankAccountChanges,
  cardPayments,
  directDebitChanges,
} from "../../adapters/ports/billing-changes.ts";
import {
  billingAddressChanges,
  insuranceRenewals,
  occupantChanges,
} from "../../adapters/ports/contract-changes.ts";
import {
  personChanges,
  professionalSituationChanges,
} from "../../adapters/ports/identity-changes.ts";
import { serviceRequestCreations } from "../../adapters/ports/request-changes.ts";
import { surveyAnswers } from "../../adapters/ports/surveys.ts";

/** Every kind of change, as the schema names it, and the port that takes it to the ERP. */
export const changeKinds = {
  PERSONAL_DATA: personChanges,
  PROFESSIONAL_SITUATION: professionalSituationChanges,
  OCCUPANTS: occupantChanges,
  BILLING_ADDRESS: billingAddressChanges,
  INSURANCE: insuranceRenewals,
  CARD_PAYMENT: cardPayments,
  BANK_ACCOUNT: bankAccountChanges,
  DIRECT_DEBIT: directDebitChanges,
  SERVICE_REQUEST: serviceRequestCreations,
  SURVEY: surveyAnswers,
} as const;

export type ChangeKind = keyof typeof changeKinds;
export type PayloadOf<K extends ChangeKind> = (typeof changeKinds)[K] extends {
  readonly payload: { readonly _output: infer P };
}
  ? P
  : never;

/** Kinds of which the money has been taken: sent to the ERP even when the account was erased. */
export const changesSentAnyway: readonly ChangeKind[] = ["CARD_PAYMENT"];

/** The money has been taken: what the ERP refuses to book, a person at the landlord's must book. */
export const isPaidAlready = (kind: string): boolean =>
  (changesSentAnyway as readonly string[]).includes(kind);
