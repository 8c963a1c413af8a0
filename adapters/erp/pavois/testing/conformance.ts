/** For tests: how Pavois is stood for when the adapter is checked. */
import { servicePath, startPavois } from "../../../../mocks/pavois/start.ts";
import type { StandIn } from "../../../../tests/conformance/stand-in.ts";
import { settings } from "../replay.ts";

export default {
  landlord: "la-rochelle",
  start: (world) => startPavois({ world }),
  settings: (url) => ({ ...settings, endpoint: url + servicePath }),
  concurrency: 2,
  reference: "CUSTOMER",
  unknownPerson: "T9999999",
  unknownContract: "L/9999999",
  debitDays: [5, 10, 15],
  provider: "PAYFIP",
} satisfies StandIn;
