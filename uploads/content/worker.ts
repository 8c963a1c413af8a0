/** A thread of its own for one look at one file; see `look.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { Refusal } from "../refusal.ts";
import { checkContent } from "./check.ts";
import type { Asked, Found } from "./look.ts";

const { bytes, mediaType } = workerData as Asked;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort!.postMessage(find());

function find(): Found {
  try {
    return { clean: checkContent(Buffer.from(bytes.buffer), mediaType) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.code };
    throw error;
  }
}
