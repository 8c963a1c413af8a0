/** For tests: a mock beauceron with its World, the guarded ports to it, and changes to send. */
import { randomUUID } from "node:crypto";
import { startBeauceron } from "../../../../mocks/beauceron/start.ts";
import type { Fault } from "../../../../mocks/kit/faults.ts";
import type { AppliedWrite } from "../../../../mocks/kit/writes.ts";
import type { World } from "../../../../mocks/world/types.ts";
import { connectLandlord } from "../../../load.ts";
import type { FileRef, Submission } from "../../../ports/changes.ts";
import type { Call } from "../../../ports/port.ts";
import adapter from "../index.ts";
import { settings } from "../replay.ts";

export async function started(world: World, deadlineMs = 10_000) {
  const erp = await startBeauceron({ world });
  const own = { ...settings, baseUrl: erp.url, clientSecret: "beauceron-demo" };
  const landlord = { id: "chartres", erp: { product: "beauceron", concurrency: 10, deadlineMs } };
  const logged: string[] = [];
  const log = (...said: unknown[]) => void logged.push(JSON.stringify(said));
  const options = { log, now: () => new Date() };
  const connect = (changed: Partial<typeof own> = {}) =>
    connectLandlord(adapter, landlord, adapter.settings.parse({ ...own, ...changed }), options);
  const { ports, close } = await connect();
  const door = async (path: string, init?: RequestInit) => fetch(erp.doorUrl + path, init);
  return {
    ports,
    connect,
    /** All that went into the log. */
    logged,
    writes: async () => (await (await door("/writes")).json()) as AppliedWrite[],
    calls: async () => (await (await door("/calls")).json()) as Record<string, unknown>,
    faults: async (...faults: Fault[]) => {
      await door("/faults", { method: "PUT", body: JSON.stringify(faults) });
    },
    close: async () => {
      await close();
      await erp.close();
    },
  };
}

export const call = (): Call => ({ signal: new AbortController().signal, requestId: "changes" });

/** A file of ours with some bytes of its own. */
export function fileOf(content: string | Uint8Array, changed: Partial<FileRef> = {}) {
  const bytes = Buffer.from(content as string);
  const ref: FileRef = {
    uploadId: randomUUID(),
    fileName: "attestation 2027 «é».pdf",
    mediaType: "application/pdf",
    sizeBytes: bytes.length,
    ...changed,
  };
  return { ref, bytes };
}

type Files = readonly ReturnType<typeof fileOf>[];

export function changeOf<P>(
  payload: P,
  about: { personKey: string; contractKey: string | null },
  files: Files = [],
): Submission<P> {
  return {
    operationId: randomUUID(),
    submittedAt: "2026-11-20T10:00:00Z",
    ...about,
    payload,
    open: async function* (file) {
      const found = files.find(({ ref }) => ref.uploadId === file.uploadId)!;
      const half = Math.ceil(found.bytes.length / 2);
      yield found.bytes.subarray(0, half);
      yield found.bytes.subarray(half);
    },
  };
}
