/**
 * The one way in which a mutation changes something in an ERP. What is acknowledged has been kept:
 * the delivery takes it to the ERP from there, once, whatever happens to this process.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { ChangePort } from "../../adapters/ports/changes.ts";
import type { KeptChange } from "../../store/change-row.ts";
import type { Store } from "../../store/store.ts";
import { changeKinds, type ChangeKind, type PayloadOf } from "./change-kinds.ts";
import type { keyMessages } from "./change-faults.ts";
import type { RequestContext, Viewer } from "./context.ts";
import { fail } from "./errors.ts";
import { isIdempotencyKey } from "./idempotency-key.ts";
import { signedIn } from "./ownership.ts";
import { usePort } from "./use-port.ts";
import type { Fault } from "./user-errors.ts";

type KeyFault = Fault<keyof typeof keyMessages>;

/** What a mutation asks for. Whose it is has been checked before: `contractKey` is the viewer's. */
export interface Ask<K extends ChangeKind, F extends Fault> {
  readonly kind: K;
  /** Null for a change about the person. */
  readonly contractKey: string | null;
  /** The viewer's first person unless given: an account may stand for several. */
  readonly personKey?: string;
  readonly idempotencyKey: string;
  /** The mutation's input as it came: a repeat of the key must be the same. */
  readonly input: object;
  /**
   * Checks the input against the landlord's rules, and makes of it what the ERP is to get. Not
   * called for a repeat. May read from the ERP; must change nothing.
   */
  prepare(): Promise<Prepared<K, F>> | Prepared<K, F>;
}

export type Prepared<K extends ChangeKind, F extends Fault> =
  | { readonly faults: readonly F[] }
  | {
      readonly payload: PayloadOf<K>;
      /**
       * What else is kept in the same transaction, all or nothing: mails of a security matter,
       * files that are taken along. Faults undo it all.
       */
      keep?(store: Store, change: KeptChange): Promise<readonly F[] | void>;
    };

export type Submitted<F extends Fault> =
  | { readonly change: KeptChange }
  | { readonly faults: readonly (F | KeyFault)[] };

/** Throws NOT_SUPPORTED where the landlord's ERP takes no such change, FORBIDDEN when nobody is signed in. */
export async function submitChange<K extends ChangeKind, F extends Fault>(
  context: RequestContext,
  ask: Ask<K, F>,
): Promise<Submitted<F>> {
  const viewer = signedIn(context);
  usePort(context, changeKinds[ask.kind] as ChangePort<unknown>);
  const { idempotencyKey } = ask;
  if (!isIdempotencyKey(idempotencyKey)) return withoutKey(await ask.prepare());
  const asked = {
    landlord: context.landlord.id,
    accountId: viewer.accountId,
    idempotencyKey,
    request: requestOf(ask),
  };
  const known = await context.store.changes.repeated(asked);
  if (known) return known.sameRequest ? known : keyFault("IDEMPOTENCY_KEY_REUSED");
  const prepared = await ask.prepare();
  if ("faults" in prepared) return prepared;
  return keepAndWait(context, ask, asked, prepared, personOf(context, viewer, ask));
}

const keyFault = (code: KeyFault["code"]) => ({
  faults: [{ code, field: ["idempotencyKey"] }],
});

/** All that is wrong, the key with the rest. */
function withoutKey<K extends ChangeKind, F extends Fault>(prepared: Prepared<K, F>): Submitted<F> {
  const { faults } = keyFault("IDEMPOTENCY_KEY_INVALID");
  return { faults: "faults" in prepared ? [...prepared.faults, ...faults] : faults };
}

function personOf(
  context: RequestContext,
  viewer: Viewer,
  { personKey = viewer.personKeys[0] }: { readonly personKey?: string },
): string {
  if (personKey === undefined || !viewer.personKeys.includes(personKey)) {
    throw fail(context, "NOT_FOUND");
  }
  return personKey;
}

/** The same for the same request, in whatever order its fields came. */
function requestOf({ kind, contractKey, input }: Ask<ChangeKind, Fault>): string {
  return JSON.stringify({ kind, contractKey, input }, (_key, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

class Undone<F> extends Error {
  readonly faults: readonly F[];
  constructor(faults: readonly F[]) {
    super("The change was not kept.");
    this.faults = faults;
  }
}

async function keepAndWait<K extends ChangeKind, F extends Fault>(
  context: RequestContext,
  { kind, contractKey }: Ask<K, F>,
  asked: { landlord: string; accountId: string; idempotencyKey: string; request: string },
  prepared: Exclude<Prepared<K, F>, { readonly faults: readonly F[] }>,
  personKey: string,
): Promise<Submitted<F>> {
  const port = changeKinds[kind] as ChangePort<unknown>;
  const payload = port.payload.safeParse(prepared.payload);
  if (!payload.success) throw fail(context, "INVALID_INPUT", payload.error);
  const lane =
    port.about === "CONTRACT" && contractKey !== null
      ? `contract:${contractKey}`
      : `person:${personKey}`;
  try {
    const outcome = await context.store.transaction(async (store) => {
      const submitted = await store.changes.submit({
        ...asked,
        personKey,
        contractKey,
        lane,
        kind,
        payload: JSON.stringify(payload.data),
        effectiveBy: effectiveBy(context),
      });
      if (!submitted.repeated) {
        const faults = await prepared.keep?.(store, submitted.change);
        if (faults && faults.length > 0) throw new Undone(faults);
      }
      return submitted;
    });
    if (outcome.repeated && !outcome.repeated.sameRequest)
      return keyFault("IDEMPOTENCY_KEY_REUSED");
    return { change: await waitForEnd(context, outcome.change) };
  } catch (error) {
    if (error instanceof Undone) return { faults: error.faults as readonly F[] };
    throw error;
  }
}

function effectiveBy({ landlord, now }: RequestContext): Date | null {
  const hours = landlord.changes.effectiveWithinHours;
  return hours === undefined ? null : new Date(now().getTime() + hours * 3_600_000);
}

/** How long somebody waits for the ERP's word, in milliseconds, between looks. */
const looks = [20, 40, 80, 160, 300, 400, 500];

/** The change as it stands when it has left our hands, or when a person has waited long enough. */
async function waitForEnd(context: RequestContext, kept: KeptChange): Promise<KeptChange> {
  let change = kept;
  for (const ms of looks) {
    if (change.status !== "ACCEPTED" && change.status !== "SENDING") break;
    if (context.signal.aborted) break;
    await sleep(ms);
    const { landlord, accountId, id } = change;
    change = (await context.store.changes.byId(landlord, accountId, id)) ?? change;
  }
  return change;
}
