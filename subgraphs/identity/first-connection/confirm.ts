import type { Store } from "../../../store/store.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { linkCodes, linkFault } from "../account-link.ts";
import type { Fault } from "../messages.ts";
import { openAccount, PendingConnection } from "./pending.ts";

/** How long a person who followed the link may take to choose a password. */
const choiceHours = 1;

export const confirmCodes = [...linkCodes, "ALREADY_REGISTERED"] as const;

export interface Confirmation {
  readonly email: string;
  readonly mustChangePassword: boolean;
  /** For `chooseFirstPassword`, where that is needed: good once. */
  readonly passwordToken: string | null;
}
export type FirstConfirmed =
  | Confirmation
  | { readonly faults: readonly Fault<(typeof confirmCodes)[number]>[] };

type Needs = Pick<RequestContext, "landlord" | "store" | "now">;

/**
 * Uses the link of a first connection. It opens the account where the former password may stay;
 * else the account waits for a password to be chosen, and the first connection can be begun again
 * until then.
 */
export async function confirmFirstConnection(
  { landlord, store, now }: Needs,
  { token }: { readonly token: string },
): Promise<FirstConfirmed> {
  return store.transaction<FirstConfirmed>(async (bound) => {
    const link = await bound.links.use(landlord.id, "FIRST_CONNECTION", token);
    if (link.outcome !== "OK") return { faults: [linkFault(link.outcome)] };
    const pending = PendingConnection.parse(link.payload);
    const { email, passwordHash, personKey } = pending;
    const free =
      passwordHash === null
        ? await isFree(bound, landlord.id, pending)
        : await openAccount(bound, landlord.id, pending, passwordHash);
    if (!free) return { faults: [{ code: "ALREADY_REGISTERED", field: ["token"] }] };
    if (passwordHash !== null) return { email, mustChangePassword: false, passwordToken: null };
    const passwordToken = await bound.links.create(landlord.id, {
      purpose: "FIRST_PASSWORD",
      subject: personKey,
      payload: pending,
      expiresAt: new Date(now().getTime() + choiceHours * 3_600_000),
    });
    return { email, mustChangePassword: true, passwordToken };
  });
}

async function isFree(
  store: Store,
  landlord: string,
  { email, personKey }: PendingConnection,
): Promise<boolean> {
  const taken =
    (await store.accounts.byPerson(landlord, personKey)) ??
    (await store.accounts.byEmail(landlord, email));
  return taken === null;
}
