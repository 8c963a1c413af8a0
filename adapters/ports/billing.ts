import { z } from "zod";
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
export const balances = port<Balances>("balances", { ofContracts: read(Balance.nullable()) });

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
  ofContracts: read(pageOf(AccountEntry)),
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
export const payments = port<Payments>("payments", { ofContracts: read(pageOf(Payment)) });
