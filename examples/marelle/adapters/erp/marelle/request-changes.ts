/** Ports of `ports/request-changes.ts`. Replace `notYet(x, here)` by `serve(x, { … })`: README.md. */
import { notYet, type Served } from "../../ports/port.ts";
import { requestCatalogues, serviceRequestCreations } from "../../ports/request-changes.ts";
import type { Client } from "./client.ts";

const here = "adapters/erp/marelle/request-changes.ts";

export const requestChangePorts = (_client: Client): Served[] => [
  notYet(requestCatalogues, here),
  notYet(serviceRequestCreations, here),
];
