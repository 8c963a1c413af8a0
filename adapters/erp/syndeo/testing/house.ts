/** For tests: the adapter behind its guard, as in the house, and the mock ERP before it. */
import type { MockErp } from "../../../../mocks/kit/product.ts";
import type { AppliedWrite } from "../../../../mocks/kit/writes.ts";
import { startSyndeo, type StartOptions } from "../../../../mocks/syndeo/start.ts";
import { connectLandlord } from "../../../load.ts";
import type { Ports } from "../../../ports/port.ts";
import adapter from "../index.ts";

export interface House {
  readonly erp: MockErp;
  readonly ports: Ports;
  /** Asks the control door; the answer as JSON. */
  door(path: string, method?: string, body?: unknown): Promise<unknown>;
  /** What the ERP has applied under that reference. */
  applied(reference: string): Promise<AppliedWrite[]>;
  /** Another connection to the same ERP. */
  connect(password: string, deadlineMs: number): ReturnType<typeof connectLandlord>;
  close(): Promise<void>;
}

export async function startHouse(options: StartOptions, password = "syndeo-demo"): Promise<House> {
  const erp = await startSyndeo(options);
  const connect: House["connect"] = (secret, deadlineMs) =>
    connectLandlord(
      adapter,
      { id: "immo-paris", erp: { product: "syndeo", concurrency: 4, deadlineMs } },
      adapter.settings.parse({ baseUrl: erp.url, user: "portail", password: secret }),
      { log: () => {}, now: () => new Date() },
    );
  const { ports, close } = await connect(password, 15_000);
  const door: House["door"] = async (path, method = "GET", body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(erp.doorUrl + path, { method, ...sent });
    if (!answer.ok) throw new Error(`the door says ${answer.status} to ${path}`);
    return answer.json();
  };
  return {
    erp,
    ports,
    door,
    connect,
    applied: async (reference) => {
      const all = (await door("/writes")) as AppliedWrite[];
      return all.filter((write) => write.reference === reference);
    },
    close: async () => {
      await close();
      await erp.close();
    },
  };
}
