import { startMockErp } from "../kit/server.ts";
import type { MockErp } from "../kit/product.ts";
import type { World } from "../world/types.ts";
import { createWorld } from "../world/world.ts";
import { createSyndeo } from "./product.ts";

export interface StartOptions {
  /** A world for `landlord`, made for today, unless given. */
  world?: World;
  /** 0, the default: a free one. */
  port?: number;
  doorPort?: number;
  user?: string;
  password?: string;
  landlord?: string;
  /** How long a ticket is good for: 20 minutes unless told. */
  ticketMs?: number;
  /** Every so many calls for data meet a deadlock: 250 unless told, 0 for none. */
  deadlockEvery?: number;
  now?: () => Date;
}

/** Starts the ERP of IMMO Paris Île de France, or of another landlord who runs syndeo. */
export function startSyndeo(options: StartOptions = {}): Promise<MockErp> {
  const {
    now = () => new Date(),
    landlord = "immo-paris",
    world = createWorld({ landlord, seed: 53, today: dayOf(now()) }),
    user = "portail",
    password = "syndeo-demo",
    ticketMs = 20 * 60_000,
    deadlockEvery = 250,
    port = 0,
    doorPort = 0,
  } = options;
  const product = createSyndeo({ world, landlord, user, password, ticketMs, deadlockEvery, now });
  return startMockErp(product, { port, doorPort });
}

const dayOf = (moment: Date) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(moment);
