/** Ports of `ports/billing.ts`. */
import { balances } from "../../ports/billing.ts";
import { serve, type Served } from "../../ports/port.ts";
import type { Client } from "./client.ts";
import { each, moment, money, orNull } from "./values.ts";

export const billingPorts = (client: Client): Served[] => [
  serve(balances, {
    ofContracts: each(async (key: string, call) => {
      const found = await client.lireCompte({ Bail: key }, call).catch(orNull);
      if (!found) return null;
      const { Solde, Sens, Retard, Arrete } = found.Compte;
      const asOf = moment(Arrete, client.timeZone);
      return { owed: money(Solde, Sens === "C"), late: Retard, asOf };
    }),
  }),
];
