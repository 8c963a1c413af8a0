/** The feature list, row by row: who describes it, what it takes, and how it is proved. */
import * as changing from "./changing.ts";
import * as further from "./further.ts";
import * as identity from "./identity.ts";
import { each, where, type Portal } from "./portal.ts";
import * as paying from "./paying.ts";
import { copyAndErasure } from "./privacy.ts";
import * as reading from "./reading.ts";
import * as requests from "./requests.ts";
import { socialSignIn } from "./social.ts";
import { supportView } from "./support.ts";
import { uploads } from "./uploads.ts";

export const landlordOf = {
  CI: "ivry",
  CH: "chartres",
  AU: "aubervilliers",
  IM: "immo-paris",
  LR: "la-rochelle",
} as const;
export type Code = keyof typeof landlordOf;

export interface Row {
  readonly id: string;
  readonly title: string;
  /** Whose guide describes it: it must work there. Elsewhere it may be not offered. */
  readonly x: readonly Code[];
  /** Capabilities that it takes; where one is missing the row is not offered. */
  readonly needs: readonly string[];
  /** Says what it saw; throws when the portal does not do it. Absent where another row proves it. */
  readonly check: (portal: Portal) => Promise<string>;
}

const all: readonly Code[] = ["CI", "CH", "AU", "IM", "LR"];
const registering: readonly Code[] = ["CI", "CH", "AU", "LR"];

export const rows: readonly Row[] = [
  {
    id: "F01",
    title: "Registration form as data",
    x: all,
    needs: [],
    check: identity.registrationForm,
  },
  {
    id: "F02",
    title: "Registration against the ERP",
    x: registering,
    needs: ["REGISTRATIONS"],
    check: identity.registration,
  },
  {
    id: "F03",
    title: "Consents",
    x: ["CI", "CH", "AU"],
    needs: ["REGISTRATIONS"],
    check: identity.registration,
  },
  { id: "F04", title: "Password policy", x: all, needs: [], check: identity.passwordRules },
  {
    id: "F05",
    title: "Confirmation by mail",
    x: all,
    needs: [],
    check: identity.registration,
  },
  {
    id: "F06",
    title: "Sign in, refresh, sign out",
    x: all,
    needs: [],
    check: identity.sessions,
  },
  {
    id: "F07",
    title: "First connection",
    x: ["IM"],
    needs: ["CREDENTIALS"],
    check: identity.registration,
  },
  {
    id: "F08",
    title: "Social sign-in",
    x: ["IM"],
    needs: ["SOCIAL_SIGN_IN"],
    check: socialSignIn,
  },
  {
    id: "F09",
    title: "Forgotten password",
    x: ["AU", "IM", "LR"],
    needs: [],
    check: identity.forgotten,
  },
  {
    id: "F10",
    title: "Change e-mail and password",
    x: ["CI", "AU", "LR"],
    needs: [],
    check: identity.changes,
  },
  { id: "F11", title: "Roles", x: all, needs: [], check: further.roles },
  { id: "F12", title: "Home page", x: all, needs: ["CONTRACTS", "BALANCES"], check: reading.home },
  {
    id: "F13",
    title: "Contracts and units",
    x: all,
    needs: ["CONTRACTS"],
    check: reading.contracts,
  },
  {
    id: "F14",
    title: "Personal data",
    x: ["CI", "CH", "IM", "LR"],
    needs: ["PERSONS", "PERSON_CHANGES"],
    check: each(
      reading.people,
      changing.personalData,
      where("PROFESSIONAL_SITUATION_CHANGES", changing.professionalSituation),
    ),
  },
  {
    id: "F15",
    title: "Occupants",
    x: ["CI", "CH", "LR"],
    needs: ["OCCUPANTS", "OCCUPANT_CHANGES"],
    check: each(reading.occupants, changing.occupants),
  },
  {
    id: "F16",
    title: "Billing address",
    x: ["CI", "LR"],
    needs: ["BILLING_ADDRESSES"],
    check: each(reading.billingAddress, where("BILLING_ADDRESS_CHANGES", changing.billingAddress)),
  },
  {
    id: "F17",
    title: "Home insurance",
    x: ["CI", "CH", "LR"],
    needs: ["INSURANCE_POLICIES", "INSURANCE_RENEWALS"],
    check: each(reading.insurance, changing.insurance),
  },
  {
    id: "F18",
    title: "Changes followed",
    x: all,
    needs: ["PERSON_CHANGES"],
    check: changing.tracking,
  },
  {
    id: "F19",
    title: "Contacts",
    x: ["CI", "AU", "IM", "LR"],
    needs: ["BUILDING_CONTACTS"],
    check: further.contacts,
  },
  { id: "F20", title: "Building", x: ["CH", "IM"], needs: ["BUILDINGS"], check: further.buildings },
  {
    id: "F21",
    title: "News and help",
    x: ["CI", "IM", "LR"],
    needs: [],
    check: further.newsAndHelp,
  },
  {
    id: "F22",
    title: "Properties and files",
    x: ["IM"],
    needs: ["PROPERTIES", "CANDIDACIES"],
    check: further.belongings,
  },
  { id: "F23", title: "Balance", x: all, needs: ["BALANCES"], check: reading.balances },
  { id: "F24", title: "Ledgers", x: ["IM"], needs: ["LEDGERS"], check: further.ledgers },
  {
    id: "F25",
    title: "Entries and payments",
    x: ["CI", "CH", "IM", "LR"],
    needs: ["ACCOUNT_ENTRIES", "PAYMENTS"],
    check: reading.account,
  },
  {
    id: "F26",
    title: "Pay by card",
    x: all,
    needs: ["ONLINE_PAYMENT"],
    check: paying.payment,
  },
  {
    id: "F27",
    title: "Direct debit",
    x: ["CI", "CH", "LR"],
    needs: ["DIRECT_DEBITS", "DIRECT_DEBIT_CHANGES"],
    check: each(reading.directDebit, paying.directDebit),
  },
  {
    id: "F28",
    title: "Bank details",
    x: ["CI", "CH", "IM", "LR"],
    needs: ["BANK_ACCOUNTS", "BANK_ACCOUNT_CHANGES"],
    check: each(reading.bankDetails, paying.bankDetails),
  },
  {
    id: "F29",
    title: "Payment plan",
    x: ["CI"],
    needs: ["PAYMENT_PLANS"],
    check: reading.paymentPlan,
  },
  {
    id: "F30",
    title: "Rent notices",
    x: ["CH", "AU", "IM", "LR"],
    needs: ["RENT_NOTICES"],
    check: reading.rentNotices,
  },
  {
    id: "F31",
    title: "Receipts",
    x: ["CH", "IM", "LR"],
    needs: ["RENT_RECEIPTS"],
    check: reading.rentReceipts,
  },
  {
    id: "F32",
    title: "Charge regularisations",
    x: ["CH", "LR"],
    needs: ["CHARGE_REGULARISATIONS"],
    check: reading.chargeRegularisations,
  },
  {
    id: "F33",
    title: "Minutes and calls for funds",
    x: ["IM"],
    needs: ["FUNDS_CALLS", "ASSEMBLY_MINUTES"],
    check: reading.coOwnership,
  },
  {
    id: "F34",
    title: "Documents from a date on",
    x: ["LR"],
    needs: [],
    check: further.documentKinds,
  },
  { id: "F35", title: "Download", x: all, needs: ["DOCUMENT_CONTENTS"], check: further.download },
  { id: "F36", title: "Upload", x: ["CI", "CH", "LR"], needs: [], check: uploads },
  {
    id: "F38",
    title: "Requests and history",
    x: ["CH", "IM", "LR"],
    needs: ["SERVICE_REQUESTS"],
    check: requests.following,
  },
  // After what compares with the ERP as it was in the beginning.
  {
    id: "F37",
    title: "New request",
    x: ["CH", "IM"],
    needs: ["REQUEST_CATALOGUES", "SERVICE_REQUEST_CREATIONS"],
    check: requests.creation,
  },
  {
    id: "F39",
    title: "Requests of the residence",
    x: ["CH"],
    needs: ["RESIDENCE_REQUESTS"],
    check: further.residence,
  },
  {
    id: "F40",
    title: "Social survey",
    x: ["LR"],
    needs: ["SURVEYS", "SURVEY_ANSWERS"],
    check: requests.survey,
  },
  { id: "B09", title: "Support views", x: all, needs: [], check: supportView },
  { id: "B10", title: "Copy and erasure of data", x: all, needs: [], check: copyAndErasure },
];
