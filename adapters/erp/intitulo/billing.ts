import { z } from "zod";
import type { AccountEntries, AccountEntry, Balance, Balances } from "../../ports/billing.ts";
import type { Call } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { codeOf, optionalText, text } from "../../transport/fields.ts";
import type { Intitulo } from "./client.ts";
import {
  amount,
  compactDay,
  negated,
  optionalDottedDay,
  optionalSlashedDay,
  wallMoment,
} from "./map.ts";
import { pagesPerContract, recordsOfContract } from "./pages.ts";

const balanceRecord = z
  .object({
    numero_contrat: text,
    montant: amount,
    echu: codeOf({ "0": "no", "1": "yes" }),
    calcule_le: wallMoment,
  })
  .transform(({ numero_contrat, montant, echu, calcule_le }) => {
    const item: Balance = { owed: montant, late: echu === "yes", asOf: calcule_le };
    return { contract: numero_contrat, item };
  });

const balanceList = { operation: "lireSolde", more: {}, element: "solde", shape: balanceRecord };

export const createBalances = (intitulo: Intitulo): Balances => ({
  ofContracts: (keys, call) =>
    eachOnce(keys, String, async (key) => {
      const [balance] = await recordsOfContract(intitulo, balanceList, key, call);
      return balance ?? null;
    }),
});

const optionalAmount = optionalText.pipe(amount.nullable());

/** What it adds to what is owed stands in one of the two columns, and the other is empty. */
const entryRecord = z
  .object({
    numero_ecriture: text,
    numero_contrat: text,
    date_ecriture: compactDay,
    libelle: text,
    debit: optionalAmount,
    credit: optionalAmount,
    periode_du: optionalSlashedDay,
    periode_au: optionalDottedDay,
  })
  .refine(({ debit, credit }) => (debit === null) !== (credit === null))
  .transform((record) => {
    const { periode_du: from, periode_au: to } = record;
    const item: AccountEntry = {
      key: record.numero_ecriture,
      date: record.date_ecriture,
      label: record.libelle,
      owed: record.debit ?? negated(record.credit!),
      period: from !== null && to !== null ? { from, to } : null,
    };
    return { contract: record.numero_contrat, item };
  });

const anyDay = { date_debut: "", date_fin: "" };

export const createAccountEntries = (intitulo: Intitulo): AccountEntries => {
  const list = {
    operation: "listerEcritures",
    more: anyDay,
    element: "ecriture",
    shape: entryRecord,
  };
  const read = (contract: string, call: Call) => recordsOfContract(intitulo, list, contract, call);
  return { ofContracts: pagesPerContract(read, ({ date }) => date) };
};
