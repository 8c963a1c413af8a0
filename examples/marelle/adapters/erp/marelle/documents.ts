/** Ports of `ports/documents.ts`. Replace `notYet(x, here)` by `serve(x, { … })`: README.md. */
import {
  assemblyMinutes,
  chargeRegularisations,
  documentContents,
  fundsCalls,
  rentNotices,
  rentReceipts,
} from "../../ports/documents.ts";
import { notYet, type Served } from "../../ports/port.ts";
import type { Client } from "./client.ts";

const here = "adapters/erp/marelle/documents.ts";

export const documentPorts = (_client: Client): Served[] => [
  notYet(assemblyMinutes, here),
  notYet(chargeRegularisations, here),
  notYet(documentContents, here),
  notYet(fundsCalls, here),
  notYet(rentNotices, here),
  notYet(rentReceipts, here),
];
