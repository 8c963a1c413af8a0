/** For tests: the adapter behind its guard, as in the house, and the mock ERP before it. */
import { servicePath, startIntitulo, type StartOptions } from "../../../../mocks/intitulo/start.ts";
import type { MockErp } from "../../../../mocks/kit/product.ts";
import type { AppliedWrite } from "../../../../mocks/kit/writes.ts";
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

export async function startHouse(options: StartOptions): Promise<House> {
  const erp = await startIntitulo({ loginMs: 0, refusalMs: 0, ...options });
  const connect: House["connect"] = (password, deadlineMs) =>
    connectLandlord(
      adapter,
      { id: "aubervilliers", erp: { product: "intitulo", concurrency: 4, deadlineMs } },
      adapter.settings.parse({ endpoint: erp.url + servicePath, username: "portail", password }),
      { log: () => {}, now: () => new Date() },
    );
  const { ports, close } = await connect("intitulo-demo", 15_000);
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
