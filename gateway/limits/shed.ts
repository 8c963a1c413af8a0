import underPressure from "@fastify/under-pressure";
import type { FastifyInstance } from "fastify";
import { getHeapStatistics } from "node:v8";
import { sendRefusal } from "../../subgraphs/kernel/http-refusals.ts";

/** What is measured of the process, over the last second. */
export interface Load {
  /** How long whatever is due waits for its turn, in milliseconds. */
  readonly eventLoopDelay: number;
  /** In bytes. */
  readonly heapUsed: number;
}

/** Whoever waits so long for their turn waits in vain. */
const longestDelayMs = 1_000;
/** Beyond, collecting takes all the time that there is. */
const fullestHeap = 0.9;
const sampleMs = 1_000;
const retryAfterS = 2;

/**
 * Says of each sample whether work is to be refused: when the heap is full, or when the process was
 * late for two seconds in a row. A single long breath, such as the start, is no overload; nor is a
 * second of which nothing is known, which the sampler tells as infinite.
 */
export function createJudge(heapLimit: number): (load: Load) => boolean {
  let lateFor = 0;
  return ({ eventLoopDelay, heapUsed }) => {
    const late = Number.isFinite(eventLoopDelay) && eventLoopDelay > longestDelayMs;
    lateFor = late ? lateFor + 1 : 0;
    return lateFor > 1 || heapUsed > heapLimit * fullestHeap;
  };
}

/** Refuses work that could not be done in time. Health is still told: the process is alive. */
export async function mountShedding(app: FastifyInstance, loadOf?: () => Load): Promise<void> {
  // It only measures: the sampler's own verdict takes a second without a sample for overload.
  await app.register(underPressure, { sampleInterval: sampleMs });
  const isOverloaded = createJudge(getHeapStatistics().heap_size_limit);
  let overloaded = false;
  const sampling = setInterval(() => {
    overloaded = isOverloaded(loadOf?.() ?? app.memoryUsage());
  }, sampleMs);
  sampling.unref();
  app.addHook("onClose", async () => clearInterval(sampling));
  app.addHook("onRequest", async (request, reply) => {
    if (!overloaded || isHealth(request.url)) return undefined;
    return sendRefusal(request, reply, 503, "BUSY", retryAfterS);
  });
}

export const isHealth = (url: string): boolean => url.startsWith("/health/");
