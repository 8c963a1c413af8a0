/** What goes wrong at a payment provider: what it tells, when, how often, and how it answers. */
import type { Fault, FaultKind } from "../../mocks/kit/faults.ts";
import type { BookedPayment } from "../../mocks/checkout/door.ts";
import type { NotificationMode } from "../../mocks/checkout/notifier.ts";
import type { Random } from "../../mocks/world/random.ts";
import type { ProviderId } from "./payments-attempt.ts";
import { pause } from "./trouble.ts";

export interface ProviderDoor {
  readonly provider: ProviderId;
  readonly doorUrl: string;
}

export interface Troubles {
  readonly over: AbortSignal;
  /** Counts what was done, by its name. */
  count(trouble: string): void;
}

const modes: readonly [NotificationMode, ...NotificationMode[]] = [
  ...(["prompt", "prompt", "prompt", "none", "late", "doubled", "forged", "out of order"] as const),
];

const faults: readonly [FaultKind, ...FaultKind[]] = [
  ...(["cut-after", "cut-after", "cut-before", "html", "empty", "fault", "garbage"] as const),
];

/** What gateways ask for, not browsers: these see a page or none. */
const operations: Readonly<Record<ProviderId, readonly [string, ...string[]]>> = {
  payfip: ["creerPaiementSecurise", "recupererDetailPaiementSecurise"],
  lyra: ["Order/Get"],
};

/** What the bank and the shop do with a payment, without taking it back. */
const acts: Readonly<Record<ProviderId, readonly [string, ...string[]]>> = {
  payfip: ["notify"],
  lyra: ["capture", "resend", "retry"],
};

export async function troubleProvider(
  { provider, doorUrl }: ProviderDoor,
  random: Random,
  { over, count }: Troubles,
): Promise<void> {
  const trouble = async (name: string, doing: Promise<unknown>) => {
    count(name);
    await doing;
  };
  while (!over.aborted) {
    const mode = random.pick(modes);
    await trouble(`notifications ${mode}`, tell(doorUrl, "PUT", "/notifications", { mode }));
    if (random.chance(30)) {
      await trouble("kept notifications sent", tell(doorUrl, "POST", "/notifications"));
    }
    if (random.chance(25)) {
      const fault: Fault = {
        kind: random.pick(faults),
        operation: random.pick(operations[provider]),
      };
      const list = [{ ...fault, times: random.int(1, 2) }];
      await trouble(`${provider} ${fault.kind}`, tell(doorUrl, "PUT", "/faults", list));
    }
    if (random.chance(40)) await trouble("news again", actOnAny({ provider, doorUrl }, random));
    await pause(random.int(100, 700), over);
  }
}

async function actOnAny({ provider, doorUrl }: ProviderDoor, random: Random): Promise<void> {
  const paid = (await paymentsAt(doorUrl)).filter((payment) => payment.paid);
  if (paid.length === 0) return;
  const { id } = random.pick(paid as [BookedPayment]);
  await tell(doorUrl, "POST", `/payments/act/${id}/${random.pick(acts[provider])}`);
}

/** The bank has looked into what it wanted to look into, and takes the money. */
export async function acceptLookedInto({ provider, doorUrl }: ProviderDoor): Promise<void> {
  if (provider !== "lyra") return;
  for (const { id, state } of await paymentsAt(doorUrl)) {
    if (state.endsWith("UNDER_VERIFICATION")) {
      await tell(doorUrl, "POST", `/payments/act/${id}/accept`);
    }
  }
}

/** Nothing goes wrong any more, but nothing is told any more either: what is kept stays so. */
export async function silence(doorUrl: string): Promise<void> {
  await tell(doorUrl, "DELETE", "/faults");
  await tell(doorUrl, "PUT", "/notifications", { mode: "none" });
}

export const release = (doorUrl: string) => tell(doorUrl, "POST", "/notifications");
/** The night's cleaning. */
export const forgetUnpaid = (doorUrl: string) => tell(doorUrl, "POST", "/purge");
export const paymentsAt = (doorUrl: string) =>
  tell(doorUrl, "GET", "/payments") as Promise<readonly BookedPayment[]>;

async function tell(
  doorUrl: string,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await fetch(doorUrl + path, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
