import type { MockErp } from "../kit/product.ts";
import { startMockErp } from "../kit/server.ts";
import type { World } from "../world/types.ts";
import { createWorld } from "../world/world.ts";
import { createHabilog, dayInParis } from "./product.ts";

export interface StartOptions {
  /** That of Ivry, made for today, unless given. */
  world?: World;
  /** 0, the default: a free one. */
  port?: number;
  doorPort?: number;
  username?: string;
  password?: string;
  /** Which of Habilog's databases is the landlord's. */
  base?: string;
  now?: () => Date;
  workMs?: number;
  inBatch?: () => boolean;
  searchRefusal?: -1 | -3;
}

/** The path under which calls are taken. */
export const servicePath = "/habilog/PortailLocataire.asmx";

/** Starts the ERP of Coop'Ivry Habitat. */
export function startHabilog(options: StartOptions = {}): Promise<MockErp> {
  const {
    now = () => new Date(),
    world = createWorld({ landlord: "ivry", seed: 31, today: dayInParis(now()) }),
    username: user = "portail",
    password = "habilog-demo",
    base = "IVRY",
    workMs = 2,
    inBatch = () => false,
    searchRefusal = null,
    port = 0,
    doorPort = 0,
  } = options;
  const { landlord } = world;
  const rules = { user, password, base, now, workMs, inBatch, searchRefusal };
  return startMockErp(createHabilog({ world, landlord, ...rules }), { port, doorPort });
}
