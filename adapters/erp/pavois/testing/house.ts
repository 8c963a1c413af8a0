/** For tests: the adapter behind its guard, as in the house, and the mock ERP before it. */
import { createHash, randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { MockErp } from "../../../../mocks/kit/product.ts";
import type { AppliedWrite } from "../../../../mocks/kit/writes.ts";
import { keyOfContract, keyOfPerson } from "../../../../mocks/pavois/keys.ts";
import { servicePath, startPavois, type StartOptions } from "../../../../mocks/pavois/start.ts";
import { contractsOf, personWith } from "../../../../mocks/world/find.ts";
import { oddities, type Oddity } from "../../../../mocks/world/oddities.ts";
import type { WorldContract, WorldPerson } from "../../../../mocks/world/types.ts";
import { createWorld } from "../../../../mocks/world/world.ts";
import { connectLandlord } from "../../../load.ts";
import type { ChangePort, FileRef, Outcome, Submission } from "../../../ports/changes.ts";
import type { Ports } from "../../../ports/port.ts";
import adapter from "../index.ts";
import { settings } from "../replay.ts";

export interface House {
  readonly erp: MockErp;
  readonly ports: Ports;
  /** Asks the control door; the answer as JSON. */
  door(path: string, method?: string, body?: unknown): Promise<unknown>;
  /** What Pavois has applied under a reference of ours. */
  applied(operationId: string): Promise<AppliedWrite[]>;
  /** Sends it: it is then applied, once, and found by its id. */
  apply<P>(
    port: ChangePort<P>,
    sent: Submission<P>,
  ): Promise<{ outcome: Outcome; content: unknown; about: AppliedWrite }>;
  /** Sends it for a hand-made person, about their first contract. */
  submit<P>(port: ChangePort<P>, payload: P, oddity?: Oddity): Promise<Outcome>;
  /** The first contract of the hand-made person. */
  contractOf(oddity: Oddity): WorldContract;
  personOf(oddity: Oddity): WorldPerson;
  /** The same ERP behind another guard. */
  connect(deadlineMs: number): Promise<{ ports: Ports; close(): Promise<void> }>;
  close(): Promise<void>;
}

/** A landlord with the hand-made people and few others. */
export async function startHouse(options: Partial<StartOptions> = {}): Promise<House> {
  const today = new Date().toISOString().slice(0, 10);
  const small = { landlord: "la-rochelle", seed: 17, today, people: 40, contracts: 60 };
  const erp = await startPavois({ world: createWorld(small), ...options });
  const connect = (deadlineMs: number) =>
    connectLandlord(
      adapter,
      { id: "la-rochelle", erp: { product: "pavois", concurrency: 2, deadlineMs } },
      adapter.settings.parse({ ...settings, endpoint: erp.url + servicePath }),
      { log: () => {}, now: () => new Date() },
    );
  const { ports, close } = await connect(15_000);
  const door: House["door"] = async (path, method = "GET", body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(erp.doorUrl + path, { method, ...sent });
    if (!answer.ok) throw new Error(`the door says ${answer.status} to ${path}`);
    return answer.json();
  };
  const applied: House["applied"] = async (operationId) =>
    ((await door("/writes")) as AppliedWrite[]).filter(
      ({ reference }) => reference === operationId,
    );
  const personOf: House["personOf"] = (oddity) => personWith(erp.world, oddity);
  const contractOf: House["contractOf"] = (oddity) => contractsOf(erp.world, personOf(oddity))[0]!;
  return {
    erp,
    ports,
    door,
    connect,
    personOf,
    contractOf,
    submit: (port, payload, oddity = oddities.accents) => {
      const personKey = keyOfPerson(personOf(oddity));
      const sent = change({ personKey, contract: contractOf(oddity) }, payload);
      return ports.use(port).submit(sent, call);
    },
    applied,
    apply: async (port, sent) => {
      const outcome = await ports.use(port).submit(sent, call);
      expect(await ports.use(port).lookUp(sent, call)).toEqual(outcome);
      const found = await applied(sent.operationId);
      expect(found.map(({ kind }) => kind)).toEqual([port.name]);
      return { outcome, content: found[0]!.content, about: found[0]! };
    },
    close: async () => {
      await close();
      await erp.close();
    },
  };
}

export const call = { signal: new AbortController().signal, requestId: "test" };

const files = new Map<string, Uint8Array>();

/** A file that `change` can open. */
export function fileOf(fileName: string, mediaType: FileRef["mediaType"], bytes: Uint8Array) {
  const uploadId = randomUUID();
  files.set(uploadId, bytes);
  const ref: FileRef = { uploadId, fileName, mediaType, sizeBytes: bytes.length };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ref, taken: { name: fileName, sizeBytes: bytes.length, sha256 } };
}

/** A change of a person, or about one of their contracts. */
export function change<P>(
  about: { personKey?: string; contract?: Pick<WorldContract, "number"> },
  payload: P,
): Submission<P> {
  return {
    operationId: randomUUID(),
    personKey: about.personKey ?? "T0000001",
    contractKey: about.contract ? keyOfContract(about.contract) : null,
    submittedAt: new Date().toISOString(),
    payload,
    open: async function* (file) {
      const bytes = files.get(file.uploadId);
      if (!bytes) throw new Error("there is no such file");
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    },
  };
}
