import { z } from "zod";
import type {
  AccountEntries,
  AccountEntry,
  Balance,
  Balances,
  Payment,
  Payments,
} from "../../ports/billing.ts";
import { text } from "../../transport/fields.ts";
import { readAll } from "./batch.ts";
import type { Pavois } from "./client.ts";
import { isContract } from "./keys.ts";
import { askEach } from "./lots.ts";
import { amount, day, direction, euros, flag, owed, paymentMethod, periodRecord } from "./map.ts";
import { readPages } from "./paging.ts";
import { momentOf } from "./time.ts";

const balanceRecord = z.object({
  NumeroContrat: text,
  Montant: amount,
  Sens: direction,
  EnRetard: flag,
  /** The evening before, when the batch had run; no zone. */
  ArreteLe: text,
});

export const createBalances = (pavois: Pavois): Balances => ({
  ofContracts: async (keys, call) => {
    const form = {
      operation: "LireSoldes",
      key: "NumeroContrat",
      element: "Solde",
      shape: balanceRecord,
    };
    const found = await readAll(pavois, form, keys, isContract, call);
    const byContract = new Map(
      found.map((record) => [record.NumeroContrat, balanceOf(record, pavois.timeZone)]),
    );
    return keys.map((key) => byContract.get(key) ?? null);
  },
});

function balanceOf(record: z.infer<typeof balanceRecord>, timeZone: string): Balance {
  return {
    owed: owed(record.Montant, record.Sens),
    late: record.EnRetard,
    asOf: momentOf(record.ArreteLe, timeZone),
  };
}

const entryRecord = z
  .object({
    NumeroEcriture: text,
    DateEcriture: day,
    Libelle: text,
    Montant: amount,
    Sens: direction,
    Periode: periodRecord.nullish(),
  })
  .transform((record): AccountEntry => ({
    key: record.NumeroEcriture,
    date: record.DateEcriture,
    label: record.Libelle,
    owed: owed(record.Montant, record.Sens),
    period: record.Periode ?? null,
  }));

export const createAccountEntries = (pavois: Pavois): AccountEntries => ({
  ofContracts: (keys, call) => {
    const listing = { operation: "ListerEcritures", element: "Ecriture", shape: entryRecord };
    return readPages(keys, askEach(pavois, listing, call));
  },
});

const statuses = { ENCAISSE: "RECEIVED", EN_ATTENTE: "PENDING", IMPAYE: "REJECTED" } as const;

const paymentRecord = z
  .object({
    NumeroReglement: text,
    DateReglement: day,
    Montant: amount,
    Mode: paymentMethod,
    Etat: z.enum(["ENCAISSE", "EN_ATTENTE", "IMPAYE"]),
  })
  .transform((record): Payment => ({
    key: record.NumeroReglement,
    date: record.DateReglement,
    amount: euros(record.Montant),
    method: record.Mode,
    status: statuses[record.Etat],
  }));

export const createPayments = (pavois: Pavois): Payments => ({
  ofContracts: (keys, call) => {
    const listing = { operation: "ListerReglements", element: "Reglement", shape: paymentRecord };
    return readPages(keys, askEach(pavois, listing, call));
  },
});
