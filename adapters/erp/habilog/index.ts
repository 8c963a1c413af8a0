/** Habilog, the ERP of Coop'Ivry Habitat. Its habits: README.md. */
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
  occupants,
} from "../../ports/contract.ts";
import {
  bankAccountChanges,
  cardPayments,
  directDebitChanges,
} from "../../ports/billing-changes.ts";
import {
  billingAddressChanges,
  insuranceRenewals,
  occupantChanges,
} from "../../ports/contract-changes.ts";
import { documentContents, rentNotices } from "../../ports/documents.ts";
import { persons, registrations } from "../../ports/identity.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import { serve } from "../../ports/port.ts";
import { createBankAccounts, createDirectDebits, createPaymentPlans } from "./bank.ts";
import { createAccountEntries, createBalances, createPayments } from "./billing.ts";
import {
  createBankAccountChanges,
  createCardPayments,
  createDirectDebitChanges,
} from "./billing-changes.ts";
import { createHabilog } from "./client.ts";
import { createBillingAddresses, createContracts, createInsurancePolicies } from "./contract.ts";
import { description } from "./description.ts";
import {
  createBillingAddressChanges,
  createInsuranceRenewals,
  createOccupantChanges,
} from "./contract-changes.ts";
import { createDocumentContents, createRentNotices } from "./documents.ts";
import { createPersons, createRegistrations } from "./identity.ts";
import { createPersonChanges } from "./identity-changes.ts";
import { createBuildingContacts, createOccupants } from "./residence.ts";

export default defineAdapter({
  id: "habilog",
  settings: z.strictObject({
    endpoint: z.url({ protocol: /^https?$/ }),
    username: z.string().min(1),
    password: z.string().min(1),
    /** Which of Habilog's databases is the landlord's. */
    base: z.string().regex(/^\S{1,30}$/),
  }),
  secrets: ["password"],
  description,
  connect: async (settings, io) => {
    const habilog = await createHabilog(settings, io);
    return {
      ports: [
        serve(registrations, createRegistrations(habilog)),
        serve(persons, createPersons(habilog)),
        serve(contracts, createContracts(habilog)),
        serve(insurancePolicies, createInsurancePolicies(habilog)),
        serve(billingAddresses, createBillingAddresses(habilog)),
        serve(buildingContacts, createBuildingContacts(habilog)),
        serve(occupants, createOccupants(habilog)),
        serve(balances, createBalances(habilog)),
        serve(accountEntries, createAccountEntries(habilog)),
        serve(payments, createPayments(habilog)),
        serve(bankAccounts, createBankAccounts(habilog)),
        serve(directDebits, createDirectDebits(habilog)),
        serve(paymentPlans, createPaymentPlans(habilog)),
        serve(rentNotices, createRentNotices(habilog)),
        serve(documentContents, createDocumentContents(habilog)),
        serve(personChanges, createPersonChanges(habilog)),
        serve(occupantChanges, createOccupantChanges(habilog)),
        serve(billingAddressChanges, createBillingAddressChanges(habilog)),
        serve(insuranceRenewals, createInsuranceRenewals(habilog)),
        serve(cardPayments, createCardPayments(habilog)),
        serve(bankAccountChanges, createBankAccountChanges(habilog)),
        serve(directDebitChanges, createDirectDebitChanges(habilog)),
      ],
      close: () => habilog.close(),
    };
  },
});
