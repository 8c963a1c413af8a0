import {
  accountEntries,
  balances,
  bankAccounts,
  directDebits,
  payments,
} from "../../ports/billing.ts";
import { serve, type BatchRead, type Served } from "../../ports/port.ts";
import { at, type Client, type ListOf, type Window } from "./client.ts";
import { askedFor, handfuls, wholeOf } from "./lists.ts";
import { accountEntry, balance, bankDetails, directDebit, payment } from "./map.ts";
import { pagesOf } from "./pages.ts";
import { CoordonneesBancaires, Ecriture, Mandat, names, Reglement, Solde } from "./wire.ts";

export const billingPorts = (client: Client, timeZone: string): Served[] => [
  serve(balances, {
    ofContracts: perContract(client, { path: "/v2/soldes", shape: Solde }, ([solde]) =>
      solde ? balance(solde) : null,
    ),
  }),
  serve(bankAccounts, {
    ofContracts: perContract(
      client,
      { path: "/v2/coordonnees-bancaires", shape: CoordonneesBancaires },
      ([details]) => (details ? bankDetails(details) : null),
    ),
  }),
  serve(directDebits, {
    ofContracts: perContract(client, { path: "/v2/mandats", shape: Mandat }, (mandates) => {
      const newest = mandates.toSorted(newestMandateFirst)[0];
      return newest ? directDebit(newest) : null;
    }),
  }),
  serve(accountEntries, {
    ofContracts: pagesOf(client, {
      pathOf: (key) => at`/v2/contrats/${key}/ecritures`,
      shape: Ecriture,
      keyOf: ({ id }) => id,
      map: (ecriture) => accountEntry(ecriture, timeZone),
    }),
  }),
  serve(payments, {
    ofContracts: pagesOf(client, {
      pathOf: (key) => at`/v2/contrats/${key}/reglements`,
      shape: Reglement,
      keyOf: ({ id }) => id,
      map: payment,
    }),
  }),
];

/** By the day of signing; of two of the same day, the one that has not ended. */
export function newestMandateFirst(a: Mandat, b: Mandat): number {
  const [first, second] = [a.date_signature ?? "", b.date_signature ?? ""];
  if (first !== second) return first < second ? 1 : -1;
  return Number(a.etat === "CLOS") - Number(b.etat === "CLOS");
}

/** One call for a handful of contracts; `choose` gets the records of one contract, perhaps none. */
function perContract<W extends { contrat: string }, A>(
  client: Client,
  list: ListOf<W>,
  choose: (records: readonly W[]) => A,
): BatchRead<string, A> {
  return async (keys, call) => {
    const found = await Promise.all(
      handfuls(keys, names.contract).map(async (some) => {
        const part = { ...list, query: { contrats: some.join(",") } };
        const fetch = (window: Window) => client.slice(part, window, call);
        const records = await wholeOf(fetch, JSON.stringify);
        return askedFor(records ?? [], ({ contrat }) => some.includes(contrat));
      }),
    );
    const byContract = Map.groupBy(found.flat(), ({ contrat }) => contrat);
    return keys.map((key) => choose(byContract.get(key) ?? []));
  };
}
