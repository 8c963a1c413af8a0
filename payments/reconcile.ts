/** Asks the providers where no notification came. Several processes may do so on one store. */
import { PortError } from "../adapters/ports/errors.ts";
import type { Held, Payment } from "../store/payment-row.ts";
import { runRounds } from "../store/rounds.ts";
import type { Store } from "../store/store.ts";
import { applyNews, sound } from "./apply.ts";
import type { PaymentDesk, PaymentLog } from "./desk.ts";
import { referenceOf } from "./reference.ts";

export interface Reconciler {
  /** A payment may be due: looks at once. */
  wake(): void;
  /** Asks nothing more, and waits for what is under way. */
  stop(): Promise<void>;
}

export interface Reconciling {
  readonly store: Store;
  /** By the landlord's id. */
  readonly desks: ReadonlyMap<string, PaymentDesk>;
  readonly now: () => Date;
}

const pollMs = 5_000;
const batch = 5;
const askMs = 15_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const longestPauseMs = 6 * hourMs;
const patienceMs = 30 * 24 * hourMs;

/** Each landlord's at its own pace: a provider that hangs keeps nobody else waiting. */
export function startReconciler(all: Reconciling, log: PaymentLog): Reconciler {
  const stopping = new AbortController();
  const each = [...all.desks.values()].map((desk) =>
    runRounds(
      () => askOf(all, desk, stopping.signal),
      pollMs,
      stopping.signal,
      (error) => {
        const details = { landlord: desk.landlord, err: error };
        log("error", "payments could not be looked up", details);
      },
    ),
  );
  return {
    wake: () => {
      for (const { wake } of each) wake();
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(each.map(({ ended }) => ended));
    },
  };
}

/** Asks about what is due until nothing is; says about how many. */
export async function reconcile(all: Reconciling): Promise<number> {
  const asked = await Promise.all([...all.desks.values()].map((desk) => askOf(all, desk)));
  return asked.reduce((sum, count) => sum + count, 0);
}

async function askOf(all: Reconciling, desk: PaymentDesk, signal?: AbortSignal): Promise<number> {
  const { payments } = all.store;
  const stopped = () => signal?.aborted ?? false;
  let asked = 0;
  while (!stopped()) {
    const ids = await payments.dueIds(desk.landlord, batch);
    if (ids.length === 0) break;
    const held = await Promise.all(ids.map((id) => payments.holdDue(id)));
    const mine = held.filter((one) => one !== null);
    await Promise.all(mine.map((one) => settle(all, desk, one)));
    asked += mine.length;
  }
  return asked;
}

async function settle({ store, now }: Reconciling, desk: PaymentDesk, held: Held): Promise<void> {
  const { payment } = held;
  if (desk.rules.provider !== payment.provider) {
    // Begun at another provider: another process may still have it, or a file that is mended.
    const later = new Date(now().getTime() + longestPauseMs);
    await store.payments.postpone(held, later, false);
    return;
  }
  if (payment.providerReference === null) await nobodyCame(desk, payment);
  else await ask(desk, held, payment.providerReference);
}

/** No page was ever shown to anybody: whatever the provider may have prepared cannot be paid. */
async function nobodyCame({ store }: PaymentDesk, { id, state }: Payment): Promise<void> {
  await store.payments.move(id, state, { to: "EXPIRED", nextAskAt: null });
}

async function ask(desk: PaymentDesk, held: Held, providerReference: string): Promise<void> {
  const { provider, store, now, landlord, log } = desk;
  const { payment } = held;
  const { id, amount, createdAt, expiresAt } = payment;
  const begun = {
    reference: referenceOf(id),
    amount,
    createdAt: createdAt.toISOString(),
    providerReference,
    expiresAt: (expiresAt ?? createdAt).toISOString(),
  };
  try {
    const call = { signal: AbortSignal.timeout(askMs), requestId: held.lease };
    const news = await provider.ask(begun, call);
    const applied = await applyNews(desk, id, news, null);
    if (!applied.moved) await waitOn(desk, { ...held, payment: applied.payment });
  } catch (error) {
    const code = error instanceof PortError ? error.code : "INTERNAL";
    const reason = error instanceof Error ? error.message : "unknown";
    log("warn", "a payment could not be asked about", { landlord, payment: id, code, reason });
    const pauseMs = provider.limits.retryMinutes * minuteMs * (1 + Math.random() / 4);
    await store.payments.postpone(held, new Date(now().getTime() + pauseMs), true);
  }
}

/** Often while the person may be on the page, then more and more rarely, then a person is called. */
async function waitOn(desk: PaymentDesk, held: Held): Promise<void> {
  const { store, now, provider } = desk;
  const { id, state, createdAt } = held.payment;
  if (state !== "REDIRECTED" && state !== "UNKNOWN") {
    await store.payments.postpone(held, null, false);
    return;
  }
  const ageMs = now().getTime() - createdAt.getTime();
  if (ageMs < patienceMs) {
    const leastMs = provider.limits.askMinutes * minuteMs;
    const pauseMs = Math.min(longestPauseMs, Math.max(leastMs, ageMs / 4));
    await store.payments.postpone(held, new Date(now().getTime() + pauseMs), false);
    return;
  }
  if (state === "UNKNOWN") await store.payments.postpone(held, null, false);
  else
    await store.payments.move(id, state, { to: "UNKNOWN", problem: "NEVER_TOLD", nextAskAt: null });
  sound(desk, id, "NEVER_TOLD");
}
