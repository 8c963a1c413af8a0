import { accountEntries, balances, payments } from "../../ports/billing.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { at, type Client } from "./client.ts";
import { askedFor, handfuls, wholeOf } from "./lists.ts";
import { accountEntry, balance, payment } from "./map.ts";
import { pagesOf } from "./pages.ts";
import { Ecriture, names, Reglement, Solde } from "./wire.ts";

export const billingPorts = (client: Client, timeZone: string): Served[] => [
  serve(balances, {
    ofContracts: async (keys, call) => {
      const found = await Promise.all(
        handfuls(keys, names.contract).map((some) => balancesOf(client, some, call)),
      );
      const byContract = new Map(found.flat().map((solde) => [solde.contrat, solde]));
      return keys.map((key) => {
        const solde = byContract.get(key);
        return solde ? balance(solde) : null;
      });
    },
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

/** One call for a handful of contracts. */
async function balancesOf(client: Client, keys: readonly string[], call: Call) {
  const list = { path: "/v2/soldes", query: { contrats: keys.join(",") }, shape: Solde };
  const found = await wholeOf(
    (window) => client.slice(list, window, call),
    ({ contrat }) => contrat,
  );
  return askedFor(found ?? [], ({ contrat }) => keys.includes(contrat));
}
