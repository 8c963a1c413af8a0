/**
 * Tells people what became of their requests: looks at those that are watched, seldom where little
 * happens, and sends one mail for each step that is new.
 */
import { contracts } from "../adapters/ports/contract.ts";
import { serviceRequests, type ServiceRequest } from "../adapters/ports/requests.ts";
import type { Account } from "../store/accounts.ts";
import type { ClaimedWatch } from "../store/request-watches.ts";
import { post } from "../subgraphs/kernel/post.ts";
import { isOver, nameOfStep, stepsOf } from "../subgraphs/kernel/request-steps.ts";
import { about, callFor, hourMs, lookMs, minuteMs, type Notifier } from "./notifier.ts";
import { requestProgress } from "./request-mails.ts";

/** The ERP is asked for so many at once. */
const batch = 20;
const shortestWaitMs = 30 * minuteMs;
const longestWaitMs = 12 * hourMs;

/** Half an hour after something happened, then ever more seldom. */
const nextLook = ({ now }: Notifier, looks: number): Date =>
  new Date(now().getTime() + about(Math.min(longestWaitMs, shortestWaitMs * 2 ** looks)));

/** Looks at what is due; whether there may be more. */
export async function lookAtRequests(notifier: Notifier): Promise<boolean> {
  const { store, landlord, ports, log } = notifier;
  const claimed = await store.requestWatches.claim(landlord.id, lookMs(notifier), batch);
  if (claimed.length === 0) return false;
  try {
    const keys = claimed.map(({ contractKey, requestKey }) => ({ contractKey, key: requestKey }));
    const found = await ports.use(serviceRequests).byKeys(keys, callFor("requests"));
    for (const [index, watch] of claimed.entries())
      await tell(notifier, watch, found[index] ?? null);
  } catch (error) {
    const later = nextLook(notifier, 0);
    for (const watch of claimed) await store.requestWatches.postpone(watch, later);
    log("warn", "requests could not be looked at", { landlord: landlord.id, err: error });
  }
  return claimed.length === batch;
}

async function tell(
  notifier: Notifier,
  watch: ClaimedWatch,
  request: ServiceRequest | null,
): Promise<void> {
  const { store } = notifier;
  const steps = request ? stepsOf(request) : [];
  const fresh = steps.filter((step) => !watch.hasSeen(nameOfStep(step)));
  const reader = fresh.length > 0 ? await readerOf(notifier, watch) : null;
  if (!request || (fresh.length > 0 && !reader)) {
    await store.requestWatches.end(watch);
    return;
  }
  await store.transaction(async (bound) => {
    const held = isOver(request)
      ? await bound.requestWatches.end(watch)
      : await bound.requestWatches.note(
          watch,
          steps.map(nameOfStep),
          nextLook(notifier, fresh.length > 0 ? 0 : watch.looks),
        );
    if (!held || !reader) return;
    for (const step of fresh) {
      const body = requestProgress(notifier.landlord, reader.language, { request, step });
      await post(bound, notifier.landlord, reader.email, body);
    }
  });
}

/** The account, as long as the contract is one of its own: null from then on. */
async function readerOf(
  { store, landlord, ports }: Notifier,
  { accountId, contractKey }: ClaimedWatch,
): Promise<Account | null> {
  const account = await store.accounts.byId(landlord.id, accountId);
  if (!account) return null;
  const persons = await store.accounts.persons(landlord.id, accountId);
  const own = await ports.use(contracts).ofPersons(persons, callFor("owner"));
  return own.flat().some(({ key }) => key === contractKey) ? account : null;
}
