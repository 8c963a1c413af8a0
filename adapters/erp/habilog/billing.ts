import { z } from "zod";
import type {
  AccountEntries,
  AccountEntry,
  Balance,
  Balances,
  Payment,
  Payments,
} from "../../ports/billing.ts";
import { codeOf, text } from "../../transport/fields.ts";
import type { Habilog } from "./client.ts";
import { amount, day, flag, momentOf, oppositeAmount, optionalDay, paymentMethod } from "./map.ts";
import { pagesPerContract } from "./pages.ts";
import { itemPerContract } from "./per-contract.ts";

/** Habilog's balance is positive when the landlord owes: créditeur. */
const balanceRecord = z
  .object({
    NumeroContrat: text,
    Montant: oppositeAmount,
    EnRetard: flag,
    DateSolde: day,
    HeureSolde: text,
  })
  .transform((record) => {
    const asOf = momentOf(record.DateSolde, record.HeureSolde);
    const item: Balance = { owed: record.Montant, late: record.EnRetard, asOf };
    return { contract: record.NumeroContrat, item };
  });

export const createBalances = (habilog: Habilog): Balances => ({
  ofContracts: itemPerContract(habilog, {
    operation: "LireSolde",
    element: "Solde",
    shape: balanceRecord,
  }),
});

/** Entries are signed as ours are: positive for a charge. */
const entryRecord = z
  .object({
    NumeroEcriture: text,
    NumeroContrat: text,
    DateEcriture: day,
    Libelle: text,
    Montant: amount,
    PeriodeDu: optionalDay,
    PeriodeAu: optionalDay,
  })
  .transform(({ PeriodeDu: from, PeriodeAu: to, ...record }) => {
    const item: AccountEntry = {
      key: record.NumeroEcriture,
      date: record.DateEcriture,
      label: record.Libelle,
      owed: record.Montant,
      period: from !== null && to !== null ? { from, to } : null,
    };
    return { contract: record.NumeroContrat, item };
  });

export const createAccountEntries = (habilog: Habilog): AccountEntries => ({
  ofContracts: pagesPerContract(
    habilog,
    { operation: "ListerEcritures", element: "Ecriture", shape: entryRecord },
    ({ date }) => date,
  ),
});

const paymentRecord = z
  .object({
    NumeroReglement: text,
    NumeroContrat: text,
    DateReglement: day,
    Montant: amount,
    Mode: paymentMethod,
    Etat: codeOf({ E: "RECEIVED", A: "PENDING", I: "REJECTED" }),
  })
  .transform((record) => {
    const item: Payment = {
      key: record.NumeroReglement,
      date: record.DateReglement,
      amount: record.Montant,
      method: record.Mode,
      status: record.Etat,
    };
    return { contract: record.NumeroContrat, item };
  });

export const createPayments = (habilog: Habilog): Payments => ({
  ofContracts: pagesPerContract(
    habilog,
    { operation: "ListerReglements", element: "Reglement", shape: paymentRecord },
    ({ date }) => date,
  ),
});
