/**
 * What a landlord's ERP holds, told without any ERP's habits. Each mock ERP is filled from a World
 * and shows it in its own formats; tests compare what the gateway answers with the World, asked
 * through the mock's control door. Amounts are whole cents; days are `YYYY-MM-DD`; moments are UTC.
 */
export interface World {
  landlord: string;
  /** The day for which the world was made: entries and documents end here. */
  today: string;
  people: WorldPerson[];
  contracts: WorldContract[];
  buildings: WorldBuilding[];
  /** Newest first. */
  news: WorldNews[];
  /** How big the file of a document is at least. May be changed at any time. */
  leastFileBytes: number;
}

export interface WorldPerson {
  /** 1, 2, 3 … Each mock makes its own key of it. */
  number: number;
  title: "MR" | "MRS";
  surname: string;
  birthSurname: string | null;
  givenName: string;
  birthDate: string;
  email: string | null;
  /** As people write it: `05 46 00 49 94`. */
  phone: string | null;
  address: WorldAddress;
  professional: { label: string; employer: string | null; since: string | null } | null;
  /** At least one, each once, in the order TENANT, CO_OWNER, OWNER, CANDIDATE. */
  roles: WorldRole[];
  /** What the landlord printed, or what the former portal had; null where the landlord has none of this. */
  credentials: { identifier: string; password: string; provisional: boolean } | null;
  properties: WorldProperty[];
  /** Newest first. */
  candidacies: WorldCandidacy[];
  /** One for each of the roles TENANT, CO_OWNER and OWNER where the landlord keeps accounts by role. */
  ledgers: WorldLedger[];
  /** What is special about this hand-made person, null for the generated ones. */
  oddity: string | null;
}

export type WorldRole = "TENANT" | "CO_OWNER" | "OWNER" | "CANDIDATE";

export interface WorldProperty {
  number: number;
  reference: string;
  label: string;
  kind: "CO_OWNED" | "LET";
  address: WorldAddress;
  shares: number | null;
}

export interface WorldCandidacy {
  number: number;
  status: "INCOMPLETE" | "SUBMITTED" | "UNDER_REVIEW" | "ACCEPTED" | "REFUSED" | "WITHDRAWN";
  wish: string | null;
  openedOn: string;
  updatedOn: string;
}

export interface WorldLedger {
  number: number;
  kind: "TENANT" | "CO_OWNER" | "OWNER";
  label: string;
  /** Positive: the person owes. */
  balanceCents: number;
  balanceAsOf: string;
  late: boolean;
}

export interface WorldBuilding {
  /** 1, 2, 3 … */
  number: number;
  name: string;
  address: WorldAddress;
  builtIn: number | null;
  units: number | null;
  notes: { title: string; text: string }[];
  /** Open in the common parts, newest first; nobody's in particular. */
  requests: WorldRequest[];
}

export interface WorldNews {
  number: number;
  title: string;
  text: string;
  publishedOn: string;
  /** For whom: everybody, or the people of some buildings. */
  buildings: number[] | null;
}

export interface WorldAddress {
  lines: string[];
  postalCode: string;
  city: string;
  /** ISO 3166-1 alpha-2; France unless it says. */
  country?: string;
}

export interface WorldContract {
  /** 1, 2, 3 … */
  number: number;
  /** LEASE unless the landlord is a syndic or manages for owners. */
  kind: "LEASE" | "CO_OWNERSHIP" | "MANAGEMENT";
  /** Number of the building of its first unit. */
  building: number;
  /** Who lives there beside the signatories. */
  occupants: WorldOccupant[];
  bank: { iban: string; bic: string | null; holder: string | null } | null;
  directDebit: WorldDirectDebit | null;
  paymentPlan: WorldPaymentPlan | null;
  /** Of a CO_OWNERSHIP, newest first; empty otherwise. */
  fundsCalls: WorldFundsCall[];
  minutes: WorldMinutes[];
  /** Numbers of the signatories, first signatory first. */
  signatories: number[];
  start: string;
  end: string | null;
  units: WorldUnit[];
  paymentMethod: "DIRECT_DEBIT" | "CARD" | "TRANSFER" | "CHEQUE";
  billing: { recipient: string; address: WorldAddress };
  insurance: WorldInsurance | null;
  contacts: WorldContact[];
  /** Positive: the tenant owes. As of the evening of `balanceAsOf`. */
  balanceCents: number;
  balanceAsOf: string;
  late: boolean;
  /** Newest first, three years; their sum is not the balance (an opening balance precedes them). */
  entries: WorldEntry[];
  payments: WorldPayment[];
  notices: WorldNotice[];
  receipts: WorldReceipt[];
  regularisations: WorldRegularisation[];
  requests: WorldRequest[];
  /** Of the last two years, newest first; none where the landlord has no portal for them. */
  surveys: WorldSurvey[];
}

export interface WorldUnit {
  reference: string;
  kind: "DWELLING" | "PARKING" | "STORAGE";
  label: string;
  address: WorldAddress;
}

export interface WorldInsurance {
  insurer: string;
  policyNumber: string;
  holder: string;
  from: string;
  to: string;
}

export interface WorldContact {
  role: string;
  name: string;
  phone: string | null;
  email: string | null;
}

export interface WorldEntry {
  number: number;
  date: string;
  label: string;
  /** Positive: a charge; negative: a payment. */
  cents: number;
  period: { from: string; to: string } | null;
}

export interface WorldPayment {
  number: number;
  date: string;
  cents: number;
  method: "DIRECT_DEBIT" | "CARD" | "TRANSFER" | "CHEQUE";
  status: "RECEIVED" | "PENDING" | "REJECTED";
}

export interface WorldNotice {
  number: number;
  issuedOn: string;
  period: { from: string; to: string };
  dueDate: string;
  lines: { label: string; cents: number }[];
}

export interface WorldReceipt {
  number: number;
  kind: "FULL" | "PARTIAL";
  issuedOn: string;
  period: { from: string; to: string };
  paidCents: number;
  /** Null on a reçu (PARTIAL). */
  rentCents: number | null;
  chargesCents: number | null;
}

export interface WorldRegularisation {
  number: number;
  issuedOn: string;
  year: number;
  actualCents: number;
  provisionsCents: number;
}

export interface WorldRequest {
  number: number;
  category: "TECHNICAL" | "ADMINISTRATIVE";
  place: string | null;
  reason: string;
  description: string;
  createdAt: string;
  /** Oldest first, at least one. */
  updates: {
    at: string;
    status: "RECEIVED" | "IN_PROGRESS" | "SCHEDULED" | "WAITING_FOR_TENANT" | "DONE" | "CANCELLED";
    comment: string | null;
  }[];
}

export interface WorldOccupant {
  number: number;
  surname: string;
  givenName: string;
  birthDate: string | null;
  relationship: string;
  since: string | null;
}

export interface WorldDirectDebit {
  mandateReference: string;
  day: number;
  signedOn: string;
  status: "ACTIVE" | "SUSPENDED" | "ENDED";
}

export interface WorldPaymentPlan {
  agreedOn: string;
  instalments: { dueDate: string; cents: number; status: "PAID" | "DUE" | "MISSED" }[];
}

export type WorldZone = "ALL_CO_OWNERS" | "ONE_CO_OWNER" | "COUNCIL";

export interface WorldFundsCall {
  number: number;
  zone: WorldZone;
  issuedOn: string;
  period: { from: string; to: string };
  dueDate: string;
  cents: number;
}

export interface WorldMinutes {
  number: number;
  zone: WorldZone;
  issuedOn: string;
  meetingDate: string;
  title: string;
}

export interface WorldSurvey {
  number: number;
  kind: "SLS" | "OPS";
  year: number;
  dueDate: string;
  status: "OPEN" | "INCOMPLETE" | "VALIDATED" | "CLOSED";
  householdStatus:
    | "SINGLE"
    | "MARRIED"
    | "CIVIL_PARTNERSHIP"
    | "COHABITING"
    | "DIVORCED"
    | "WIDOWED"
    | null;
  members: WorldSurveyMember[];
}

export interface WorldSurveyMember {
  /** 1, 2, 3 … within the survey. */
  number: number;
  surname: string;
  givenName: string;
  birthDate: string;
  occupation:
    | "EMPLOYED"
    | "SELF_EMPLOYED"
    | "JOBSEEKER"
    | "RETIRED"
    | "STUDENT"
    | "AT_HOME"
    | "CHILD"
    | "OTHER"
    | null;
  /** Revenu fiscal de référence. */
  taxIncomeCents: number | null;
  taxNoticeNeeded: boolean;
  taxNoticeReceived: boolean;
}
