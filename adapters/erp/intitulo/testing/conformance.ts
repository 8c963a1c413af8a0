/** For tests: how Intitulo is stood for when the adapter is checked. */
import { servicePath, startIntitulo } from "../../../../mocks/intitulo/start.ts";
import type { StandIn } from "../../../../tests/conformance/stand-in.ts";

export default {
  landlord: "aubervilliers",
  start: (world) => startIntitulo({ world, loginMs: 0, refusalMs: 0 }),
  settings: (url) => ({
    endpoint: url + servicePath,
    username: "portail",
    password: "intitulo-demo",
  }),
  concurrency: 4,
  reference: "CUSTOMER",
  unknownPerson: "T99999",
  unknownContract: "C9999999",
  debitDays: [],
  provider: "PAYFIP",
} satisfies StandIn;
