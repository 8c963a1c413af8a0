/** For tests: how Dolibarr is stood for when the adapter is checked. */
import { startDolibarr } from "../../../../mocks/dolibarr/start.ts";
import type { StandIn } from "../../../../tests/conformance/stand-in.ts";
import { settingsFor } from "./house.ts";

export default {
  landlord: "rochefort",
  start: (world) => startDolibarr({ world, wrongKeyMs: 0 }),
  settings: settingsFor,
  concurrency: 6,
  reference: "CUSTOMER",
  unknownPerson: "999999",
  unknownContract: "999999",
  debitDays: [],
  provider: "LYRA",
} satisfies StandIn;
