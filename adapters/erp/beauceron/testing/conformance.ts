/** For tests: how beauceron is stood for when the adapter is checked. */
import { startBeauceron } from "../../../../mocks/beauceron/start.ts";
import type { StandIn } from "../../../../tests/conformance/stand-in.ts";
import { settings } from "../replay.ts";

export default {
  landlord: "chartres",
  start: (world) => startBeauceron({ world }),
  settings: (url) => ({ ...settings, baseUrl: url, clientSecret: "beauceron-demo" }),
  concurrency: 10,
  reference: "CUSTOMER",
  unknownPerson: "LOC-999999",
  unknownContract: "9999999999Z",
  debitDays: [6, 8, 10, 12, 15],
  provider: "LYRA",
} satisfies StandIn;
