import type { Subject } from "../subject.ts";
import { newBankAccount, newDirectDebit, newPayment } from "./money.ts";
import {
  newBillingAddress,
  newInsurance,
  newOccupant,
  newPersonChange,
  newSituation,
} from "./people.ts";
import { newRequest, newSurveyAnswer } from "./requests.ts";
import type { Sample } from "./sample.ts";

/** By the name of the port. */
export const samples: Readonly<Record<string, (subject: Subject) => Promise<Sample>>> = {
  personChanges: newPersonChange,
  professionalSituationChanges: newSituation,
  occupantChanges: newOccupant,
  billingAddressChanges: newBillingAddress,
  insuranceRenewals: newInsurance,
  cardPayments: newPayment,
  bankAccountChanges: newBankAccount,
  directDebitChanges: newDirectDebit,
  serviceRequestCreations: newRequest,
  surveyAnswers: newSurveyAnswer,
};
