import { z } from "zod";
import { ofOnePerson } from "./keep.ts";
import { port, read, type BatchRead } from "./port.ts";
import {
  Day,
  Key,
  Moment,
  Money,
  Period,
  Text,
  pageOf,
  type Page,
  type PageRequest,
} from "./values.ts";

export const Balance = z.strictObject({
  /** Positive: the tenant owes. Negative: the landlord owes. */
  owed: Money,
  /** Whether a due date has passed with something owed. */
  late: z.boolean(),
  /** When the ERP computed it. */
  asOf: Moment,
});
export type Balance = z.infer<typeof Balance>;

export interface Balances {
  /** Per contract key; null for a contract that the ERP does not know. */
  ofContracts: BatchRead<string, Balance | null>;
}
export const balances = port<Balances>("balances", {
  ofContracts: read(Balance.nullable(), ofOnePerson),
});

export interface ContractPage extends PageRequest {
  readonly contractKey: string;
}

export const AccountEntry = z.strictObject({
  key: Key,
  date: Day,
  label: Text,
  /** What the entry adds to what is owed: positive for a charge, negative for a payment. */
  owed: Money,
  period: Period.nullable(),
});
export type AccountEntry = z.infer<typeof AccountEntry>;

export interface AccountEntries {
  /** Écritures, newest first. */
  ofContracts: BatchRead<ContractPage, Page<AccountEntry>>;
}
export const accountEntries = port<AccountEntries>("accountEntries", {
  ofContracts: read(pageOf(AccountEntry), ofOnePerson),
});

export const Payment = z.strictObject({
  key: Key,
  date: Day,
  /** Positive. */
  amount: Money,
  method: z.enum(["DIRECT_DEBIT", "CARD", "TRANSFER", "CHEQUE", "OTHER"]),
  /** REJECTED: the bank sent it back (impayé). */
  status: z.enum(["RECEIVED", "PENDING", "REJECTED"]),
});
export type Payment = z.infer<typeof Payment>;

export interface Payments {
  /** Payments that the ERP has, newest first. */
  ofContracts: BatchRead<ContractPage, Page<Payment>>;
}
export const payments = port<Payments>("payments", {
  ofContracts: read(pageOf(Payment), ofOnePerson),
});

export const Ledger = z.strictObject({
  key: Key,
  /** Compte locataire, copropriétaire, propriétaire. */
  kind: z.enum(["TENANT", "CO_OWNER", "OWNER"]),
  label: Text,
  balance: Balance,
});
export type Ledger = z.infer<typeof Ledger>;

export interface Ledgers {
  /** Every account of each person, tenant first, per person key. */
  ofPersons: BatchRead<string, Ledger[]>;
}
export const ledgers = port<Ledgers>("ledgers", { ofPersons: read(z.array(Ledger), ofOnePerson) });

export const BankDetails = z.strictObject({
  /** Whole, without spaces: it stays on the server; clients see it masked. */
  iban: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/),
  bic: z
    .string()
    .regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/)
    .nullable(),
  holder: Text.nullable(),
});
export type BankDetails = z.infer<typeof BankDetails>;

export interface BankAccounts {
  /** RIB on file, per contract key; null when there is none. */
  ofContracts: BatchRead<string, BankDetails | null>;
}
export const bankAccounts = port<BankAccounts>("bankAccounts", {
  ofContracts: read(BankDetails.nullable()),
});

export const DirectDebit = z.strictObject({
  /** Référence unique du mandat (RUM). */
  mandateReference: z.string().min(1).max(35),
  /** Day of the month; null where the landlord lets none be chosen. */
  day: z.int().min(1).max(28).nullable(),
  signedOn: Day.nullable(),
  status: z.enum(["ACTIVE", "SUSPENDED", "ENDED"]),
});
export type DirectDebit = z.infer<typeof DirectDebit>;

export interface DirectDebits {
  /** The newest mandate, per contract key; null when there never was one. */
  ofContracts: BatchRead<string, DirectDebit | null>;
}
export const directDebits = port<DirectDebits>("directDebits", {
  ofContracts: read(DirectDebit.nullable(), ofOnePerson),
});

export const PaymentPlan = z.strictObject({
  agreedOn: Day,
  /** What the plan is to pay back: the sum of the instalments. */
  total: Money,
  /** Oldest first, at least one. */
  instalments: z
    .array(
      z.strictObject({
        dueDate: Day,
        amount: Money,
        status: z.enum(["PAID", "DUE", "MISSED"]),
      }),
    )
    .min(1),
});
export type PaymentPlan = z.infer<typeof PaymentPlan>;

export interface PaymentPlans {
  /** Échéancier in force, per contract key; null when there is none. */
  ofContracts: BatchRead<string, PaymentPlan | null>;
}
export const paymentPlans = port<PaymentPlans>("paymentPlans", {
  ofContracts: read(PaymentPlan.nullable(), ofOnePerson),
});
