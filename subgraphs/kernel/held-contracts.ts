/**
 * Whose contract it is, when the ERP cannot be asked: so that a change is taken while the ERP is
 * down. For that alone: nothing of it is shown. The ERP is asked again before the change is sent.
 */
import { GraphQLError } from "graphql";
import { z } from "zod";
import { contracts, Contract } from "../../adapters/ports/contract.ts";
import { keptMark } from "../../adapters/ports/freshness.ts";
import { isStoreAway } from "../../store/failure.ts";
import type { Store } from "../../store/store.ts";
import type { RequestContext } from "./context.ts";
import { load } from "./loaders.ts";
import { ownContract, signedIn } from "./ownership.ts";

/** A contract that was lost since then is found out before the change is sent. */
const heldForMs = 7 * 86_400_000;
/** What is remembered already is not written again for so long. */
const rememberedForMs = 3_600_000;
const mostRemembered = 20_000;

const away = new Set<unknown>(["UNAVAILABLE", "TIMEOUT", "BAD_RESPONSE", "RATE_LIMITED"]);

/** Whether an error of a read says that the ERP cannot be asked just now. */
export const isErpAway = (error: unknown): boolean =>
  error instanceof GraphQLError && away.has(error.extensions["code"]);

/**
 * The viewer's contract behind an id, for a change of it; null when the viewer has no such contract.
 * While the ERP cannot be asked: as it was listed within the last week.
 */
export async function contractToChange(
  context: RequestContext,
  id: string,
): Promise<Contract | null> {
  try {
    const contract = await ownContract(context, id);
    await rememberOwn(context);
    return contract;
  } catch (error) {
    if (!isErpAway(error)) throw error;
    const [key] = context.ids.open("Contract", id) ?? [];
    const held = (await recallOwn(context)).find((contract) => contract.key === key);
    // Unknown here may be new there: it is the ERP's word that lacks.
    if (!held) throw error;
    return held;
  }
}

/**
 * Remembers what the ERP lists for whoever is signed in, unless it is somebody else who looks. Asks it
 * nothing that was asked already.
 */
export async function rememberOwn(context: RequestContext): Promise<void> {
  const { personKeys, support } = signedIn(context);
  if (support) return;
  await Promise.all(personKeys.map((key) => remember(context, key)));
}

async function remember(context: RequestContext, personKey: string): Promise<void> {
  const listed = await load(context, contracts, "ofPersons", personKey);
  // What the ERP said earlier is remembered already, as of then.
  if (keptMark(listed)) return;
  const list = JSON.stringify(listed);
  if (isRemembered(context, personKey, list)) return;
  try {
    await context.store.heldContracts.remember(context.landlord.id, personKey, list);
  } catch (error) {
    // People can read on while the disk is full.
    if (!isStoreAway(error)) throw error;
  }
}

async function recallOwn(context: RequestContext): Promise<Contract[]> {
  const since = new Date(context.now().getTime() - heldForMs);
  const { id } = context.landlord;
  const lists = await Promise.all(
    signedIn(context).personKeys.map((key) => context.store.heldContracts.recall(id, key, since)),
  );
  return lists.flatMap((list) => z.array(Contract).parse(JSON.parse(list ?? "[]")));
}

interface Remembered {
  readonly contracts: string;
  readonly at: number;
}
const rememberedBy = new WeakMap<Store, Map<string, Remembered>>();

function isRemembered(context: RequestContext, personKey: string, contracts: string): boolean {
  const { store, landlord, now } = context;
  let remembered = rememberedBy.get(store);
  if (!remembered) rememberedBy.set(store, (remembered = new Map()));
  const place = `${landlord.id}\0${personKey}`;
  const at = now().getTime();
  const known = remembered.get(place);
  if (known?.contracts === contracts && at - known.at < rememberedForMs) return true;
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(place, { contracts, at });
  return false;
}
