import type { FastifyInstance } from "fastify";
import type { House } from "../subgraphs/kernel/request.ts";

export interface Health {
  /** From now on the process says that it takes no more work. */
  leave(): void;
}

/**
 * `/health/live`: the process answers. `/health/ready`: it can serve, so its store answers and it is
 * not about to stop. ERPs do not count: one that is down concerns its landlord only.
 */
export function mountHealth(app: FastifyInstance, house: House): Health {
  let leaving = false;
  app.get("/health/live", async () => ({ status: "live" }));
  app.get("/health/ready", async (_request, reply) => {
    const ready = !leaving && (await storeAnswers(house));
    return reply
      .status(ready ? 200 : 503)
      .send({ status: ready ? "ready" : leaving ? "stopping" : "store unreachable" });
  });
  return {
    leave: () => {
      leaving = true;
    },
  };
}

async function storeAnswers(house: House): Promise<boolean> {
  try {
    await house.store.ping();
    return true;
  } catch {
    return false;
  }
}
