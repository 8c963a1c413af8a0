/** Ports of `ports/billing-changes.ts`. Replace `notYet(x, here)` by `serve(x, { … })`: README.md. */
import {
  bankAccountChanges,
  cardPayments,
  directDebitChanges,
} from "../../ports/billing-changes.ts";
import { notYet, type Served } from "../../ports/port.ts";
import type { Client } from "./client.ts";

const here = "adapters/erp/marelle/billing-changes.ts";

export const billingChangePorts = (_client: Client): Served[] => [
  notYet(bankAccountChanges, here),
  notYet(cardPayments, here),
  notYet(directDebitChanges, here),
];
