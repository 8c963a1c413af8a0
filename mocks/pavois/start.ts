import type { MockErp } from "../kit/product.ts";
import { startMockErp } from "../kit/server.ts";
import type { World } from "../world/types.ts";
import { createWorld } from "../world/world.ts";
import { createPavois } from "./product.ts";
import { prepareSchemas } from "./usual.ts";

export interface StartOptions {
  /** That of La Rochelle, made for today, unless given. */
  world?: World;
  /** 0, the default: a free one. */
  port?: number;
  doorPort?: number;
  username?: string;
  password?: string;
  /** The ERP's clock, by which it judges how old a call is. */
  now?: () => Date;
  workMs?: number;
  inBatch?: () => boolean;
  forbidden?: readonly string[];
}

/** The path under which calls are taken. */
export const servicePath = "/pavois/services/portail";

/** Starts the ERP of the OPH de l'agglomération de La Rochelle. */
export function startPavois(options: StartOptions = {}): Promise<MockErp> {
  const {
    now = () => new Date(),
    world = createWorld({ landlord: "la-rochelle", seed: 17, today: todayInParis(now()) }),
    username = "portail",
    password = "pavois-demo",
    workMs = 2,
    inBatch = () => false,
    forbidden = [],
    port = 0,
    doorPort = 0,
  } = options;
  prepareSchemas();
  const { landlord } = world;
  const rules = { workMs, inBatch, forbidden };
  const product = createPavois({ world, landlord, username, password, now, ...rules });
  return startMockErp(product, { port, doorPort });
}

const todayInParis = (now: Date) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(now);
