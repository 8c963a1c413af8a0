/** What a portal can do with an ERP: which features and which fields of the schema hang on which port. */

export interface Feature {
  /** As in `npm run features` and the names in `schema/operations/`. */
  readonly id: string;
  readonly title: string;
  /** The ports without which there is no such thing. */
  readonly needs: readonly string[];
}

/** Those that hang on the ERP. What hangs on the landlord's file alone is not here. */
export const features: readonly Feature[] = [
  { id: "F02", title: "Registration against the ERP", needs: ["registrations"] },
  { id: "F03", title: "Consents", needs: ["registrations"] },
  { id: "F07", title: "First connection", needs: ["credentials"] },
  { id: "F12", title: "Home page", needs: ["contracts", "balances"] },
  { id: "F13", title: "Contracts and units", needs: ["contracts"] },
  { id: "F14", title: "Personal data", needs: ["persons", "personChanges"] },
  { id: "F15", title: "Occupants", needs: ["occupants", "occupantChanges"] },
  { id: "F16", title: "Billing address", needs: ["billingAddresses"] },
  { id: "F17", title: "Home insurance", needs: ["insurancePolicies", "insuranceRenewals"] },
  { id: "F18", title: "Changes followed", needs: ["personChanges"] },
  { id: "F19", title: "Contacts", needs: ["buildingContacts"] },
  { id: "F20", title: "Building", needs: ["buildings"] },
  { id: "F22", title: "Properties and files", needs: ["properties", "candidacies"] },
  { id: "F23", title: "Balance", needs: ["balances"] },
  { id: "F24", title: "Ledgers", needs: ["ledgers"] },
  { id: "F25", title: "Entries and payments", needs: ["accountEntries", "payments"] },
  { id: "F27", title: "Direct debit", needs: ["directDebits", "directDebitChanges"] },
  { id: "F28", title: "Bank details", needs: ["bankAccounts", "bankAccountChanges"] },
  { id: "F29", title: "Payment plan", needs: ["paymentPlans"] },
  { id: "F30", title: "Rent notices", needs: ["rentNotices"] },
  { id: "F31", title: "Receipts", needs: ["rentReceipts"] },
  { id: "F32", title: "Charge regularisations", needs: ["chargeRegularisations"] },
  { id: "F33", title: "Minutes and calls for funds", needs: ["fundsCalls", "assemblyMinutes"] },
  { id: "F35", title: "Download", needs: ["documentContents"] },
  { id: "F37", title: "New request", needs: ["requestCatalogues", "serviceRequestCreations"] },
  { id: "F38", title: "Requests and history", needs: ["serviceRequests"] },
  { id: "F39", title: "Requests of the residence", needs: ["residenceRequests"] },
  { id: "F40", title: "Social survey", needs: ["surveys", "surveyAnswers"] },
];

/** The same for what needs something of the landlord's file, too. */
export const cardPaymentFeature: Feature = {
  id: "F26",
  title: "Pay by card",
  needs: ["cardPayments", "balances"],
};

/** By port: the fields of the schema that are null with NOT_SUPPORTED, or refused, without it. */
export const fieldsOfPorts: Readonly<Record<string, readonly string[]>> = {
  registrations: ["Mutation.register", "Mutation.requestIdentifierReminder"],
  credentials: ["Mutation.beginFirstConnection"],
  persons: ["Viewer.person", "Mutation.requestPasswordReset"],
  professionalSituations: ["Person.professionalSituation"],
  roles: ["Viewer.roles"],
  contracts: ["Viewer.contracts", "Query.contract"],
  insurancePolicies: ["Contract.insurance"],
  billingAddresses: ["Contract.billingAddress"],
  buildingContacts: ["Contract.buildingContacts"],
  occupants: ["Contract.occupants"],
  buildings: ["Contract.building"],
  properties: ["Viewer.properties"],
  candidacies: ["Viewer.candidacies"],
  news: ["Viewer.news"],
  balances: ["Contract.balance", "Contract.paymentOptions"],
  accountEntries: ["Contract.entries"],
  payments: ["Contract.payments"],
  ledgers: ["Viewer.ledgers"],
  bankAccounts: ["Contract.bankDetails"],
  directDebits: ["Contract.directDebit"],
  paymentPlans: ["Contract.paymentPlan"],
  rentNotices: ["Contract.rentNotices"],
  rentReceipts: ["Contract.rentReceipts"],
  chargeRegularisations: ["Contract.chargeRegularisations"],
  fundsCalls: ["Contract.fundsCalls"],
  assemblyMinutes: ["Contract.assemblyMinutes"],
  documentContents: ["Document.download"],
  requestCatalogues: ["Contract.requestCatalogue"],
  serviceRequests: ["Contract.serviceRequests", "Query.serviceRequest"],
  residenceRequests: ["Contract.residenceRequests"],
  surveys: ["Contract.surveys", "Mutation.saveSurveyDraft"],
  personChanges: ["Mutation.changePersonalData"],
  professionalSituationChanges: ["Mutation.changeProfessionalSituation"],
  occupantChanges: ["Mutation.addOccupant", "Mutation.changeOccupant", "Mutation.removeOccupant"],
  billingAddressChanges: ["Mutation.changeBillingAddress"],
  insuranceRenewals: ["Mutation.renewInsurance"],
  cardPayments: ["Mutation.startPayment", "Viewer.cardPayments"],
  bankAccountChanges: ["Mutation.replaceBankDetails"],
  directDebitChanges: [
    "Mutation.subscribeDirectDebit",
    "Mutation.changeDirectDebitDay",
    "Mutation.stopDirectDebit",
  ],
  serviceRequestCreations: ["Mutation.createServiceRequest"],
  surveyAnswers: ["Mutation.submitSurvey"],
};

/** What a portal has with these ports, and what it lacks, each with the ports that are missing. */
export function featuresWith(served: readonly string[]): {
  readonly offered: readonly Feature[];
  readonly lacking: readonly (Feature & { readonly missing: readonly string[] })[];
} {
  const all = features.map((feature) => ({
    ...feature,
    missing: feature.needs.filter((name) => !served.includes(name)),
  }));
  return {
    offered: all.filter(({ missing }) => missing.length === 0),
    lacking: all.filter(({ missing }) => missing.length > 0),
  };
}
