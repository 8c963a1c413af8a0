/** Pavois, the ERP of the OPH de l'agglomération de La Rochelle. Its habits: README.md. */
import { z } from "zod";
import { defineAdapter } from "../../ports/adapter.ts";
import {
  bankAccountChanges,
  cardPayments,
  directDebitChanges,
} from "../../ports/billing-changes.ts";
import {
  accountEntries,
  balances,
  bankAccounts,
  directDebits,
  paymentPlans,
  payments,
} from "../../ports/billing.ts";
import {
  billingAddressChanges,
  insuranceRenewals,
  occupantChanges,
} from "../../ports/contract-changes.ts";
import {
  billingAddresses,
  buildingContacts,
  contracts,
  insurancePolicies,
  news,
  occupants,
} from "../../ports/contract.ts";
import {
  chargeRegularisations,
  documentContents,
  rentNotices,
  rentReceipts,
} from "../../ports/documents.ts";
import { personChanges, professionalSituationChanges } from "../../ports/identity-changes.ts";
import { persons, professionalSituations, registrations } from "../../ports/identity.ts";
import { serve } from "../../ports/port.ts";
import { requestCatalogues, serviceRequestCreations } from "../../ports/request-changes.ts";
import { serviceRequests } from "../../ports/requests.ts";
import { surveyAnswers, surveys } from "../../ports/surveys.ts";
import { isTimeZone } from "../../transport/wall-clock.ts";
import { createBankAccounts, createDirectDebits } from "./bank.ts";
import {
  createBankAccountChanges,
  createCardPayments,
  createDirectDebitChanges,
} from "./billing-changes.ts";
import { createAccountEntries, createBalances, createPayments } from "./billing.ts";
import { createPavois } from "./client.ts";
import { createDocumentContents } from "./content.ts";
import {
  createBillingAddressChanges,
  createInsuranceRenewals,
  createOccupantChanges,
} from "./contract-changes.ts";
import {
  createBillingAddresses,
  createBuildingContacts,
  createContracts,
  createInsurancePolicies,
} from "./contract.ts";
import { description } from "./description.ts";
import { createChargeRegularisations, createRentNotices, createRentReceipts } from "./documents.ts";
import { createPersonChanges, createProfessionalSituationChanges } from "./identity-changes.ts";
import { createPersons, createProfessionalSituations, createRegistrations } from "./identity.ts";
import { createNews } from "./news.ts";
import { createOccupants } from "./occupants.ts";
import { createPaymentPlans } from "./plans.ts";
import { createRequestCatalogues, createServiceRequestCreations } from "./request-changes.ts";
import { createServiceRequests } from "./requests.ts";
import { createSurveyAnswers, createSurveys } from "./surveys.ts";

export default defineAdapter({
  id: "pavois",
  settings: z.strictObject({
    endpoint: z.url({ protocol: /^https?$/ }),
    username: z.string().min(1),
    password: z.string().min(1),
    /** In which the ERP's clocks stand. */
    timeZone: z.string().refine(isTimeZone, "expected an IANA time zone, like Europe/Paris"),
  }),
  secrets: ["password"],
  description,
  connect: async (settings, io) => {
    const pavois = await createPavois(settings, io);
    return {
      ports: [
        serve(registrations, createRegistrations(pavois)),
        serve(persons, createPersons(pavois)),
        serve(professionalSituations, createProfessionalSituations(pavois)),
        serve(contracts, createContracts(pavois)),
        serve(insurancePolicies, createInsurancePolicies(pavois)),
        serve(billingAddresses, createBillingAddresses(pavois)),
        serve(buildingContacts, createBuildingContacts(pavois)),
        serve(occupants, createOccupants(pavois)),
        serve(news, createNews(pavois)),
        serve(balances, createBalances(pavois)),
        serve(accountEntries, createAccountEntries(pavois)),
        serve(payments, createPayments(pavois)),
        serve(bankAccounts, createBankAccounts(pavois)),
        serve(directDebits, createDirectDebits(pavois)),
        serve(paymentPlans, createPaymentPlans(pavois)),
        serve(rentNotices, createRentNotices(pavois)),
        serve(rentReceipts, createRentReceipts(pavois)),
        serve(chargeRegularisations, createChargeRegularisations(pavois)),
        serve(documentContents, createDocumentContents(pavois)),
        serve(serviceRequests, createServiceRequests(pavois)),
        serve(requestCatalogues, createRequestCatalogues(pavois)),
        serve(surveys, createSurveys(pavois)),
        serve(personChanges, createPersonChanges(pavois)),
        serve(professionalSituationChanges, createProfessionalSituationChanges(pavois)),
        serve(occupantChanges, createOccupantChanges(pavois)),
        serve(billingAddressChanges, createBillingAddressChanges(pavois)),
        serve(insuranceRenewals, createInsuranceRenewals(pavois)),
        serve(cardPayments, createCardPayments(pavois)),
        serve(bankAccountChanges, createBankAccountChanges(pavois)),
        serve(directDebitChanges, createDirectDebitChanges(pavois)),
        serve(serviceRequestCreations, createServiceRequestCreations(pavois)),
        serve(surveyAnswers, createSurveyAnswers(pavois)),
      ],
      close: () => pavois.close(),
    };
  },
});
