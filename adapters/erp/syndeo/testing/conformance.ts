/** For tests: how syndeo is stood for when the adapter is checked. */
import { startSyndeo } from "../../../../mocks/syndeo/start.ts";
import type { StandIn } from "../../../../tests/conformance/stand-in.ts";

export default {
  landlord: "immo-paris",
  start: (world) => startSyndeo({ world }),
  settings: (url) => ({ baseUrl: url, user: "portail", password: "syndeo-demo" }),
  concurrency: 6,
  reference: null,
  unknownPerson: "P999999",
  unknownContract: "BAI-999999",
  debitDays: [],
  provider: "LYRA",
} satisfies StandIn;
