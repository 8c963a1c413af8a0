import type { MockErp } from "../kit/product.ts";
import { startMockErp } from "../kit/server.ts";
import type { World } from "../world/types.ts";
import { createWorld } from "../world/world.ts";
import { createDolibarr } from "./product.ts";

export interface StartOptions {
  /** A world for `landlord`, made for today, unless given. */
  world?: World;
  /** 0, the default: a free one. */
  port?: number;
  doorPort?: number;
  apiKey?: string;
  landlord?: string;
  /** A second unless told. */
  wrongKeyMs?: number;
  /** Operations of modules that are off; none unless told. */
  off?: readonly string[];
  /** Operations that the key's user may not use; none unless told. */
  forbidden?: readonly string[];
  now?: () => Date;
}

/** Starts the ERP of a landlord who runs Dolibarr. */
export function startDolibarr(options: StartOptions = {}): Promise<MockErp> {
  const {
    now = () => new Date(),
    landlord = "rochefort",
    world = createWorld({ landlord, seed: 71, today: dayOf(now()) }),
    apiKey = "dolibarr-demo",
    wrongKeyMs = 1000,
    off = [],
    forbidden = [],
    port = 0,
    doorPort = 0,
  } = options;
  const product = createDolibarr({ world, landlord, apiKey, wrongKeyMs, off, forbidden, now });
  return startMockErp(product, { port, doorPort });
}

const dayOf = (moment: Date) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(moment);
