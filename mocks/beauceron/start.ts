import { startMockErp } from "../kit/server.ts";
import type { MockErp } from "../kit/product.ts";
import type { World } from "../world/types.ts";
import { createWorld } from "../world/world.ts";
import { createBeauceron } from "./product.ts";

export interface StartOptions {
  /** A world for `landlord`, made for today, unless given. */
  world?: World;
  /** 0, the default: a free one. */
  port?: number;
  doorPort?: number;
  clientId?: string;
  clientSecret?: string;
  landlord?: string;
}

/** Starts the ERP of C'Chartres habitat, or of another landlord who runs beauceron. */
export function startBeauceron(options: StartOptions = {}): Promise<MockErp> {
  const {
    landlord = "chartres",
    world = createWorld({ landlord, seed: 28, today: today() }),
    clientId = "portail",
    clientSecret = "beauceron-demo",
    port = 0,
    doorPort = 0,
  } = options;
  const product = createBeauceron({ world, landlord, clientId, clientSecret });
  return startMockErp(product, { port, doorPort });
}

const today = () =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(new Date());
