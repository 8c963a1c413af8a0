import type { ServiceRequest } from "../../adapters/ports/requests.ts";
import type { RequestContext } from "../kernel/context.ts";
import { signedIn } from "../kernel/ownership.ts";
import { isOver, nameOfStep, stepsOf } from "../kernel/request-steps.ts";

const firstLookMs = 30 * 60_000;

/**
 * Has the viewer told of what comes next in requests that they see for the first time: also in those
 * that they made by telephone. Writes nothing where all are followed already.
 */
export async function followSeen(
  context: RequestContext,
  seen: readonly ServiceRequest[],
): Promise<void> {
  const { store, landlord, now } = context;
  const open = seen.filter((request) => !isOver(request));
  if (open.length === 0 || !landlord.requests.progressMails) return;
  const { accountId, support } = signedIn(context);
  // The person has not seen them: somebody of the landlord's looks.
  if (support) return;
  const named = open.map(({ contractKey, key }) => ({ contractKey, requestKey: key }));
  const unwatched = await store.requestWatches.unwatched(landlord.id, accountId, named);
  const fresh = open.filter(({ key }) => unwatched.has(key));
  const nextLookAt = new Date(now().getTime() + firstLookMs);
  const watches = fresh.map((request) => ({
    accountId,
    contractKey: request.contractKey,
    requestKey: request.key,
    steps: stepsOf(request).map(nameOfStep),
    nextLookAt,
  }));
  await store.requestWatches.watch(landlord.id, watches);
}
