import type { MockErp } from "../kit/product.ts";
import { startMockErp } from "../kit/server.ts";
import type { World } from "../world/types.ts";
import { createWorld } from "../world/world.ts";
import { createIntitulo, type IntituloOptions } from "./product.ts";

export interface StartOptions extends Partial<IntituloOptions> {
  /** That of Aubervilliers, made for today, unless given. */
  world?: World;
  /** 0, the default: a free one. */
  port?: number;
  doorPort?: number;
}

/** The path under which calls are taken. */
export const servicePath = "/intitulo/webservices/serveur_portail.php";

/** Starts the ERP of the OPH d'Aubervilliers. */
export function startIntitulo(options: StartOptions = {}): Promise<MockErp> {
  const {
    world = createWorld({ landlord: "aubervilliers", seed: 47, today: todayInParis() }),
    username = "portail",
    password = "intitulo-demo",
    loginMs = 20,
    refusalMs = 1000,
    modulesOff = [],
    refuse = () => null,
    port = 0,
    doorPort = 0,
  } = options;
  const rules = { loginMs, refusalMs, modulesOff, refuse };
  const product = createIntitulo({ world, username, password, ...rules });
  return startMockErp(product, { port, doorPort });
}

const todayInParis = () =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(new Date());
