/** For tests: how Habilog is stood for when the adapter is checked. */
import { servicePath, startHabilog } from "../../../../mocks/habilog/start.ts";
import type { StandIn } from "../../../../tests/conformance/stand-in.ts";
import { settings } from "../replay.ts";

export default {
  landlord: "ivry",
  start: (world) => startHabilog({ world }),
  settings: (url) => ({ ...settings, endpoint: url + servicePath }),
  concurrency: 4,
  reference: "CONTRACT",
  unknownPerson: "49999999",
  unknownContract: "L9999999",
  debitDays: [5, 8, 10],
  provider: "LYRA",
} satisfies StandIn;
