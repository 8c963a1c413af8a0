import {
  accountEntries,
  balances,
  bankAccounts,
  directDebits,
  ledgers,
  payments,
} from "../../ports/billing.ts";
import { serve, type Served } from "../../ports/port.ts";
import { at, type Client } from "./client.ts";
import { ofContracts, ofPersons, pagesOf } from "./lists.ts";
import {
  accountEntry,
  balance,
  bankDetails,
  directDebit,
  ledger,
  payment,
  tenantFirst,
} from "./map-account.ts";
import * as owned from "./owned.ts";
import { Compte, Ecriture, Prelevement, Reglement, Rib, Solde } from "./wire.ts";

export const billingPorts = (client: Client, timeZone: string): Served[] => [
  serve(balances, {
    ofContracts: ofContracts(null, async (key, call) => {
      const asked = { path: at`/Api/Contrats/${key}/Solde`, shape: Solde };
      const found = await owned.oneOf(client, owned.contract(key), asked, call);
      return found && balance(found.data, found.publishedAt, timeZone);
    }),
  }),
  serve(ledgers, {
    ofPersons: ofPersons([], async (key, call) => {
      const asked = { path: at`/Api/Personnes/${key}/Comptes`, shape: Compte };
      const { data, publishedAt } = await owned.listOf(client, owned.person(key), asked, call);
      return data.map((one) => ledger(one, publishedAt!, timeZone)).toSorted(tenantFirst);
    }),
  }),
  serve(accountEntries, {
    ofContracts: pagesOf(async (key, call) => {
      const asked = { path: at`/Api/Contrats/${key}/Ecritures`, shape: Ecriture };
      return (await owned.listOf(client, owned.contract(key), asked, call)).data.map(accountEntry);
    }),
  }),
  serve(payments, {
    ofContracts: pagesOf(async (key, call) => {
      const asked = { path: at`/Api/Contrats/${key}/Reglements`, shape: Reglement };
      return (await owned.listOf(client, owned.contract(key), asked, call)).data.map(payment);
    }),
  }),
  serve(bankAccounts, {
    ofContracts: ofContracts(null, async (key, call) => {
      const asked = { path: at`/Api/Contrats/${key}/Rib`, shape: Rib };
      const found = await owned.oneOf(client, owned.contract(key), asked, call);
      return found && bankDetails(found.data);
    }),
  }),
  serve(directDebits, {
    ofContracts: ofContracts(null, async (key, call) => {
      const asked = { path: at`/Api/Contrats/${key}/Prelevement`, shape: Prelevement };
      const found = await owned.oneOf(client, owned.contract(key), asked, call);
      return found && directDebit(found.data);
    }),
  }),
];
