/**
 * What the landlord's people do for a person who asked by letter or at the desk: they have checked who
 * it is. Written down, and told to the person, in the transaction in which it is done.
 */
import type { Account } from "../../../store/accounts.ts";
import type { Store } from "../../../store/store.ts";
import { eraseAndTell, showErased, type AccountErased } from "../../kernel/account-erasure.ts";
import type { RequestContext, Viewer } from "../../kernel/context.ts";
import { withCurrentPassword } from "../../kernel/current-password.ts";
import { deniedUntil, tooMany } from "../../kernel/limits.ts";
import { post } from "../../kernel/post.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { accountMeant, reasonFaults } from "../person.ts";
import { copyOfData } from "./mails.ts";
import type { eraseMessages, exportMessages } from "./messages.ts";

type ExportFault = Fault<keyof typeof exportMessages>;
type EraseFault = Fault<keyof typeof eraseMessages>;

const linkDays = 7;

interface Asked {
  /** The address, or the identifier that the landlord gave. */
  readonly email: string;
  readonly reason: string;
}

/** Mails the person a link to a copy of all that is held of them: whoever sends it gets nothing. */
export async function sendExport(
  context: RequestContext,
  staff: Viewer,
  { email, reason }: Asked,
): Promise<{ readonly expiresAt: Date } | { readonly faults: readonly ExportFault[] }> {
  const faults = reasonFaults(reason);
  if (faults.length > 0) return { faults };
  const until = await deniedUntil(context, [["supportExport", staff.accountId]]);
  if (until) return { faults: [tooMany(context, until)] };
  const { landlord, publicUrl } = context;
  const expiresAt = new Date(context.now().getTime() + linkDays * 24 * 3_600_000);
  const act = { actor: staff.accountId, act: "SEND_DATA_EXPORT", reason };
  const done = await forPerson(context, { email, ...act }, async (bound, account) => {
    const token = await bound.links.create(landlord.id, {
      purpose: "DATA_EXPORT",
      subject: account.id,
      payload: { accountId: account.id },
      expiresAt,
    });
    const link = `${publicUrl}/links/data-export?${new URLSearchParams({ landlord: landlord.id, token })}`;
    const letter = copyOfData(landlord, account.language, { link, days: linkDays });
    await post(bound, landlord, account.email, letter);
    return { expiresAt };
  });
  return "refused" in done ? { faults: [{ code: done.refused, field: ["email"] }] } : done;
}

/** At once and for good: whoever does it gives their own password again. */
export async function eraseOnRequest(
  context: RequestContext,
  staff: Viewer,
  { email, reason, currentPassword }: Asked & { readonly currentPassword: string },
): Promise<AccountErased | { readonly faults: readonly EraseFault[] }> {
  const faults = reasonFaults(reason);
  if (faults.length > 0) return { faults };
  const checked = await withCurrentPassword(context, staff, currentPassword);
  if ("fault" in checked) return { faults: [checked.fault] };
  const act = { actor: staff.accountId, act: "ERASE_ACCOUNT", reason };
  const done = await forPerson(context, { email, ...act }, async (bound, account) =>
    showErased(context.language, await eraseAndTell(bound, context.landlord, account)),
  );
  return "refused" in done ? { faults: [{ code: done.refused, field: ["email"] }] } : done;
}

interface Act {
  readonly email: string;
  readonly actor: string;
  readonly act: string;
  readonly reason: string;
}

type Refused = { readonly refused: "ACCOUNT_UNKNOWN" | "ACCOUNT_OF_STAFF" };

/** Does it with the account as it is, held, and writes it down. */
async function forPerson<Done>(
  context: RequestContext,
  { email, actor, act, reason }: Act,
  work: (bound: Store, account: Account) => Promise<Done>,
): Promise<Done | Refused> {
  const { landlord, store } = context;
  const meant = await accountMeant(context, { email, receipt: null });
  if (!meant) return { refused: "ACCOUNT_UNKNOWN" };
  return store.transaction(async (bound) => {
    const account = await bound.accounts.hold(landlord.id, meant.id);
    if (!account) return { refused: "ACCOUNT_UNKNOWN" } as const;
    if (await bound.staff.includes(landlord.id, account.id))
      return { refused: "ACCOUNT_OF_STAFF" } as const;
    const note = { landlord: landlord.id, actor, act, subject: account.id, reason: reason.trim() };
    await bound.supportActs.note(note);
    return work(bound, account);
  });
}
