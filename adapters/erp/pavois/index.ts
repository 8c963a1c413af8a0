/** Pavois, the ERP of the OPH de l'agglomération de La Rochelle. Its habits: README.md. */
import { z } from "zod";
import { defineAdapter } from "../../ports/adapter.ts";
import {
  accountEntries,
  balances,
  bankAccounts,
  directDebits,
  paymentPlans,
  payments,
} from "../../ports/billing.ts";
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
import { persons, professionalSituations, registrations } from "../../ports/identity.ts";
import { serve } from "../../ports/port.ts";
import { serviceRequests } from "../../ports/requests.ts";
import { createBankAccounts, createDirectDebits } from "./bank.ts";
import { createAccountEntries, createBalances, createPayments } from "./billing.ts";
import { createPavois } from "./client.ts";
import { createDocumentContents } from "./content.ts";
import {
  createBillingAddresses,
  createBuildingContacts,
  createContracts,
  createInsurancePolicies,
} from "./contract.ts";
import { createChargeRegularisations, createRentNotices, createRentReceipts } from "./documents.ts";
import { createPersons, createProfessionalSituations, createRegistrations } from "./identity.ts";
import { createNews } from "./news.ts";
import { createOccupants } from "./occupants.ts";
import { createPaymentPlans } from "./plans.ts";
import { createServiceRequests } from "./requests.ts";

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
      ],
      close: () => pavois.close(),
    };
  },
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format() !== "";
  } catch {
    return false;
  }
}
