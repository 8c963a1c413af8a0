/** Ports of `ports/identity-changes.ts`. Replace `notYet(x, here)` by `serve(x, { … })`: README.md. */
import { personChanges, professionalSituationChanges } from "../../ports/identity-changes.ts";
import { notYet, type Served } from "../../ports/port.ts";
import type { Client } from "./client.ts";

const here = "adapters/erp/marelle/identity-changes.ts";

export const identityChangePorts = (_client: Client): Served[] => [
  notYet(personChanges, here),
  notYet(professionalSituationChanges, here),
];
