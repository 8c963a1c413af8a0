import type { Account } from "../../../store/accounts.ts";
import type { Store } from "../../../store/store.ts";
import type { RequestContext, Viewer } from "../../kernel/context.ts";
import type { Landlord } from "../../kernel/landlord.ts";
import { deniedUntil, tooMany } from "../../kernel/limits.ts";
import { post } from "../../kernel/post.ts";
import { issueAccessToken } from "../../kernel/tokens.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { accountMeant, reasonFaults } from "../person.ts";
import { spaceSeen } from "./mails.ts";
import type { beginMessages } from "./messages.ts";

const viewMinutes = 30;

type BeginFault = Fault<keyof typeof beginMessages>;

interface Typed {
  readonly email: string | null;
  readonly receipt: string | null;
  readonly reason: string;
}

interface Begun {
  readonly accessToken: string;
  readonly endsAt: Date;
}

/**
 * Lets `viewer`, one of the landlord's people, see what one person sees. It is written down, and the
 * person is told, in the transaction in which it begins.
 */
export async function beginView(
  context: RequestContext,
  viewer: Viewer,
  typed: Typed,
): Promise<Begun | { readonly faults: readonly BeginFault[] }> {
  const faults = faultsOf(typed);
  if (faults.length > 0) return { faults };
  const until = await deniedUntil(context, [["supportView", viewer.accountId]]);
  if (until) return { faults: [tooMany(context, until)] };
  const field = [typed.email === null ? "receipt" : "email"];
  const account = await accountMeant(context, typed);
  if (!account) return { faults: [{ code: "ACCOUNT_UNKNOWN", field }] };
  const { landlord, store } = context;
  const reason = typed.reason.trim();
  const begun = await store.transaction((bound) => begin(context, bound, viewer, account, reason));
  if (!("id" in begun)) return { faults: [{ code: begun.refused, field }] };
  const { token, expiresAt } = await issueAccessToken(store, {
    issuer: context.publicUrl,
    landlord: landlord.id,
    accountId: account.id,
    sessionId: begun.id,
    now: context.now(),
    support: { staffId: viewer.accountId, endsAt: begun.endsAt },
  });
  return { accessToken: token, endsAt: expiresAt };
}

function faultsOf({ email, receipt, reason }: Typed): BeginFault[] {
  const faults: BeginFault[] = reasonFaults(reason);
  if ((email === null) === (receipt === null)) faults.push({ code: "NAME_ONE", field: [] });
  return faults;
}

async function begin(
  { landlord, now }: RequestContext,
  bound: Store,
  viewer: Viewer,
  { id: accountId }: Account,
  reason: string,
): Promise<
  { id: string; endsAt: Date } | { readonly refused: "ACCOUNT_UNKNOWN" | "ACCOUNT_OF_STAFF" }
> {
  // An erasure waits, or has been.
  const account = await bound.accounts.hold(landlord.id, accountId);
  if (!account) return { refused: "ACCOUNT_UNKNOWN" };
  if (await bound.staff.includes(landlord.id, accountId)) return { refused: "ACCOUNT_OF_STAFF" };
  const beganAt = now();
  const endsAt = new Date(beganAt.getTime() + viewMinutes * 60_000);
  const { id } = await bound.supportViews.begin(landlord.id, {
    staffId: viewer.accountId,
    staffSession: viewer.sessionId,
    accountId,
    reason,
    expiresAt: endsAt,
  });
  await bound.supportActs.note({
    landlord: landlord.id,
    actor: viewer.accountId,
    act: "BEGIN_SUPPORT_VIEW",
    subject: accountId,
    reason,
    view: { id, operation: null, hash: null },
  });
  if (landlord.support.tellPeople) await tell(landlord, bound, account, { at: beganAt, reason });
  return { id, endsAt };
}

async function tell(
  landlord: Landlord,
  bound: Store,
  { email, language }: Account,
  { at, reason }: { readonly at: Date; readonly reason: string },
): Promise<void> {
  const moment = new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: landlord.timeZone,
  }).format(at);
  await post(bound, landlord, email, spaceSeen(landlord, language, { at: moment, reason }));
}
