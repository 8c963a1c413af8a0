/** For tests: the adapter behind its guard, as in the house, and the mock ERP before it. */
import { createHash, randomUUID } from "node:crypto";
import { keyOfContract, keyOfPerson } from "../../../../mocks/habilog/keys.ts";
import { servicePath, startHabilog, type StartOptions } from "../../../../mocks/habilog/start.ts";
import type { MockErp } from "../../../../mocks/kit/product.ts";
import type { AppliedWrite } from "../../../../mocks/kit/writes.ts";
import { contractsOf, personWith } from "../../../../mocks/world/find.ts";
import { oddities } from "../../../../mocks/world/oddities.ts";
import type { WorldContract } from "../../../../mocks/world/types.ts";
import { createWorld } from "../../../../mocks/world/world.ts";

import { connectLandlord } from "../../../load.ts";
import type { CardPayment } from "../../../ports/billing-changes.ts";
import type { FileRef, Submission } from "../../../ports/changes.ts";
import type { Ports } from "../../../ports/port.ts";
import adapter from "../index.ts";
import { paymentReference } from "../references.ts";
import { settings } from "../replay.ts";

export { call } from "../replay.ts";

interface Guard {
  deadlineMs?: number;
  password?: string;
  concurrency?: number;
}

interface Connection {
  ports: Ports;
  /** What was logged. */
  logs: { level: string; message: string }[];
  close(): Promise<void>;
}

/** The adapter behind its guard, as the gateway has it. */
export async function connectTo(url: string, guard: Guard): Promise<Connection> {
  const { deadlineMs = 15_000, password = settings.password, concurrency = 4 } = guard;
  const logs: Connection["logs"] = [];
  const { ports, close } = await connectLandlord(
    adapter,
    { id: "ivry", erp: { product: "habilog", concurrency, deadlineMs } },
    adapter.settings.parse({ ...settings, password, endpoint: url + servicePath }),
    { log: (level, message) => void logs.push({ level, message }), now: () => new Date() },
  );
  return { ports, close, logs };
}

export interface House {
  readonly erp: MockErp;
  readonly ports: Ports;
  readonly logs: Connection["logs"];
  /** Asks the control door; the answer as JSON. */
  door(path: string, method?: string, body?: unknown): Promise<unknown>;
  /** Applies what waits for the night. */
  night(): Promise<{ applied: number; refused: number }>;
  /** What Habilog has applied of a change. */
  applied(operationId: string): Promise<AppliedWrite[]>;
  /** The same ERP behind another guard. */
  connect(guard: Guard): Promise<Connection>;
  close(): Promise<void>;
}

const parisDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" });
export const today = parisDay.format(new Date());

/** The hand-made people and few others. */
const smallWorld = () =>
  createWorld({ landlord: "ivry", seed: 31, today, people: 40, contracts: 60 });

export async function startHouse(options: Partial<StartOptions> = {}): Promise<House> {
  const erp = await startHabilog({ world: smallWorld(), ...options });
  const connect: House["connect"] = (guard) => connectTo(erp.url, guard);
  const { ports, close, logs } = await connect({});
  const door: House["door"] = async (path, method = "GET", body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(erp.doorUrl + path, { method, ...sent });
    if (!answer.ok) throw new Error(`the door says ${answer.status} to ${path}`);
    return answer.json();
  };
  return {
    erp,
    ports,
    logs,
    door,
    connect,
    night: async () => (await door("/night", "POST")) as { applied: number; refused: number },
    applied: async (operationId) => {
      const names = new Set<string | null>([operationId, paymentReference(operationId)]);
      const all = (await door("/writes")) as AppliedWrite[];
      return all.filter(({ reference }) => names.has(reference));
    },
    close: async () => {
      await close();
      await erp.close();
    },
  };
}

const files = new Map<string, Uint8Array>();

/** A file that `change` can open, and how Habilog tells of it. */
export function fileOf(fileName: string, mediaType: FileRef["mediaType"], bytes: Uint8Array) {
  const uploadId = randomUUID();
  files.set(uploadId, bytes);
  const ref: FileRef = { uploadId, fileName, mediaType, sizeBytes: bytes.length };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ref, taken: { name: fileName, sizeBytes: bytes.length, sha256 } };
}

/** A change that the first signatory asks for, about the contract. */
export const change = <P>(
  of: WorldContract,
  payload: P,
  more: Partial<Submission<P>> = {},
): Submission<P> => ({
  operationId: randomUUID(),
  personKey: keyOfPerson({ number: of.signatories[0]! }),
  contractKey: keyOfContract(of),
  submittedAt: new Date().toISOString(),
  payload,
  open: async function* (file) {
    const bytes = files.get(file.uploadId);
    if (!bytes) throw new Error("there is no such file");
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  },
  ...more,
});

export const paying = (of: WorldContract, more: Partial<CardPayment> = {}) =>
  change<CardPayment>(of, {
    amount: { amount: "12.50", currency: "EUR" },
    paidAt: `${today}T08:05:59Z`,
    provider: "LYRA",
    providerReference: randomUUID(),
    ...more,
  });

/** The first contract of the person with accents, which goes on. */
export function usualContract({ erp: { world } }: House): WorldContract {
  return contractsOf(world, personWith(world, oddities.accents))[0]!;
}
