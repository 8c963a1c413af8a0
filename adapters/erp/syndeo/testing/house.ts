/** For tests: the adapter behind its guard, as in the house, and the mock ERP before it. */
import type { MockErp } from "../../../../mocks/kit/product.ts";
import { startSyndeo, type StartOptions } from "../../../../mocks/syndeo/start.ts";
import { connectLandlord } from "../../../load.ts";
import type { Ports } from "../../../ports/port.ts";
import adapter from "../index.ts";

export interface House {
  readonly erp: MockErp;
  readonly ports: Ports;
  /** Asks the control door; the answer as JSON. */
  door(path: string, method?: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

const erpSettings = { product: "syndeo", concurrency: 4, deadlineMs: 15_000 };

export async function startHouse(options: StartOptions, password = "syndeo-demo"): Promise<House> {
  const erp = await startSyndeo(options);
  const settings = adapter.settings.parse({ baseUrl: erp.url, user: "portail", password });
  const { ports, close } = await connectLandlord(
    adapter,
    { id: "immo-paris", erp: erpSettings },
    settings,
    { log: () => {}, now: () => new Date() },
  );
  return {
    erp,
    ports,
    door: async (path, method = "GET", body) => {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(erp.doorUrl + path, { method, ...sent });
      if (!answer.ok) throw new Error(`the door says ${answer.status} to ${path}`);
      return answer.json();
    },
    close: async () => {
      await close();
      await erp.close();
    },
  };
}
