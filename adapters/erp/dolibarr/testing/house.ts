/** For tests: the adapter behind its guard, as in the house, and the mock ERP before it. */
import { startDolibarr, type StartOptions } from "../../../../mocks/dolibarr/start.ts";
import type { MockErp } from "../../../../mocks/kit/product.ts";
import type { AppliedWrite } from "../../../../mocks/kit/writes.ts";
import { connectLandlord } from "../../../load.ts";
import type { Ports } from "../../../ports/port.ts";
import adapter from "../index.ts";

export interface House {
  readonly erp: MockErp;
  readonly ports: Ports;
  /** What was logged as an error. */
  readonly errors: string[];
  /** Asks the control door; the answer as JSON. */
  door(path: string, method?: string, body?: unknown): Promise<unknown>;
  /** What the ERP has applied of that kind, oldest first. */
  applied(kind: string): Promise<AppliedWrite[]>;
  /** Another connection to the same ERP. */
  connect(apiKey: string, deadlineMs: number): ReturnType<typeof connectLandlord>;
  close(): Promise<void>;
}

/** As a landlord's file would have it. */
export const settingsFor = (baseUrl: string, apiKey = "dolibarr-demo") => ({
  baseUrl,
  apiKey,
  login: "portail",
  unit: { reference: "lot_ref", address: "lot_adresse", kind: "lot_nature" },
  insurance: {
    insurer: "assurance_assureur",
    policyNumber: "assurance_police",
    holder: "assurance_titulaire",
    validFrom: "assurance_du",
    validTo: "assurance_au",
  },
  cardPayments: { bankAccountId: 1 },
  requestTypes: [
    { code: "ISSUE", label: "Problème technique", category: "TECHNICAL" },
    { code: "REQUEST", label: "Demande", category: "ADMINISTRATIVE" },
    { code: "ELSEWHERE", label: "Ce que Dolibarr n'a pas", category: "ADMINISTRATIVE" },
  ],
});

export async function startHouse(options: StartOptions): Promise<House> {
  const erp = await startDolibarr({ wrongKeyMs: 0, ...options });
  const errors: string[] = [];
  const now = options.now ?? (() => new Date());
  const connect: House["connect"] = (apiKey, deadlineMs) =>
    connectLandlord(
      adapter,
      { id: "rochefort", erp: { product: "dolibarr", concurrency: 6, deadlineMs } },
      adapter.settings.parse(settingsFor(erp.url, apiKey)),
      { log: (level, message) => void (level === "error" && errors.push(message)), now },
    );
  const { ports, close } = await connect("dolibarr-demo", 15_000);
  const door: House["door"] = async (path, method = "GET", body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(erp.doorUrl + path, { method, ...sent });
    if (!answer.ok) throw new Error(`the door says ${answer.status} to ${path}`);
    return answer.json();
  };
  return {
    erp,
    ports,
    errors,
    door,
    connect,
    applied: async (kind) => {
      const all = (await door("/writes")) as AppliedWrite[];
      return all.filter((write) => write.kind === kind);
    },
    close: async () => {
      await close();
      await erp.close();
    },
  };
}
