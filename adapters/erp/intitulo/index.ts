/** Intitulo, the ERP of the OPH d'Aubervilliers. Its habits: README.md. */
import { z } from "zod";
import { defineAdapter } from "../../ports/adapter.ts";
import { cardPayments } from "../../ports/billing-changes.ts";
import { accountEntries, balances, payments } from "../../ports/billing.ts";
import { buildingContacts, contracts } from "../../ports/contract.ts";
import { documentContents, rentNotices } from "../../ports/documents.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import { persons, registrations } from "../../ports/identity.ts";
import { serve } from "../../ports/port.ts";
import { createAccountEntries, createBalances } from "./billing.ts";
import { createIntitulo } from "./client.ts";
import { createBuildingContacts, createContracts } from "./contract.ts";
import { description } from "./description.ts";
import { createDocumentContents, createRentNotices } from "./documents.ts";
import { createPersonChanges } from "./identity-changes.ts";
import { createPersons, createRegistrations } from "./identity.ts";
import { createCardPayments } from "./payment-changes.ts";
import { createPayments } from "./payments.ts";

export default defineAdapter({
  id: "intitulo",
  settings: z.strictObject({
    endpoint: z.url({ protocol: /^https?$/ }),
    username: z.string().min(1),
    password: z.string().min(1),
  }),
  secrets: ["password"],
  description,
  connect: async (settings, io) => {
    const intitulo = await createIntitulo(settings, io);
    return {
      ports: [
        serve(registrations, createRegistrations(intitulo)),
        serve(persons, createPersons(intitulo)),
        serve(contracts, createContracts(intitulo)),
        serve(buildingContacts, createBuildingContacts(intitulo)),
        serve(balances, createBalances(intitulo)),
        serve(accountEntries, createAccountEntries(intitulo)),
        serve(payments, createPayments(intitulo)),
        serve(rentNotices, createRentNotices(intitulo)),
        serve(personChanges, createPersonChanges(intitulo)),
        serve(cardPayments, createCardPayments(intitulo)),
        serve(documentContents, createDocumentContents(intitulo)),
      ],
      close: () => intitulo.close(),
    };
  },
});
