/**
 * Looks at a file in a thread of its own: others are served meanwhile, and a file that is made to be
 * looked at for ever is given up.
 */
import { Worker } from "node:worker_threads";
import { Refusal, type RefusalCode } from "../refusal.ts";

export interface Asked {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}
export type Found = { readonly clean: Uint8Array } | { readonly refusal: RefusalCode };

/** Some hundred times what an honest file takes. */
const usualMs = 20_000;

/** As `checkContent`. */
export function lookInside(bytes: Buffer, mediaType: string, limitMs = usualMs): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asked: Asked = { bytes: Uint8Array.from(bytes), mediaType };
    // Node reads this code as it is: no loader, and nothing else of the process's own.
    const worker = new Worker(new URL("worker.ts", import.meta.url), {
      workerData: asked,
      transferList: [asked.bytes.buffer as ArrayBuffer],
      execArgv: [],
      env: {},
    });
    const timer = setTimeout(() => {
      reject(new Refusal("DAMAGED"));
      void worker.terminate();
    }, limitMs);
    worker.once("message", (found: Found) => {
      if ("refusal" in found) return reject(new Refusal(found.refusal));
      const { buffer, byteOffset, byteLength } = found.clean;
      resolve(Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength));
    });
    worker.once("error", reject);
    worker.once("exit", () => {
      clearTimeout(timer);
      reject(new Error("The look at a file ended without a word."));
    });
  });
}
