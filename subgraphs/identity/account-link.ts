import { createHash } from "node:crypto";
import { z } from "zod";
import type { Account } from "../../store/accounts.ts";
import type { LinkOutcome, LinkPurpose } from "../../store/links.ts";
import type { Store } from "../../store/store.ts";
import type { RequestContext } from "../kernel/context.ts";
import type { Fault } from "./messages.ts";

/** How long the links that reach an existing account are good for. */
export const accountLinkHours = { PASSWORD: 1, EMAIL: 24 } as const;

const Payload = z.object({
  accountId: z.string(),
  seal: z.string(),
  newEmail: z.string().optional(),
});

/**
 * Stands for the account's address and password at this moment. A link carries it, and is void as
 * soon as either has changed, in whichever way.
 */
function sealOf(account: Account): string {
  return createHash("sha256")
    .update(JSON.stringify([account.email, account.passwordHash]))
    .digest("base64url");
}

type Needs = Pick<RequestContext, "landlord" | "now">;
type AccountPurpose = Extract<LinkPurpose, "PASSWORD" | "EMAIL">;

/** Makes a link for an account; earlier ones for the same purpose are void. Answers its token. */
export function createAccountLink(
  { landlord, now }: Needs,
  store: Store,
  purpose: AccountPurpose,
  account: Account,
  newEmail?: string,
): Promise<string> {
  const expiresAt = new Date(now().getTime() + accountLinkHours[purpose] * 3_600_000);
  const payload = { accountId: account.id, seal: sealOf(account), newEmail };
  return store.links.create(landlord.id, { purpose, subject: account.id, payload, expiresAt });
}

export const linkCodes = ["LINK_UNKNOWN", "LINK_USED", "LINK_EXPIRED"] as const;
export type LinkFault = Fault<(typeof linkCodes)[number]>;

/** What is told of a link that cannot be used. */
export function linkFault(outcome: "UNKNOWN" | "USED" | "EXPIRED"): LinkFault {
  return { code: `LINK_${outcome}`, field: ["token"] };
}

type Opened =
  | { readonly account: Account; readonly newEmail: string | undefined }
  | { readonly fault: LinkFault };

/**
 * The account behind a link that was looked at or used: `store` is the one that it was found with,
 * so that both happen in one transaction.
 */
export async function accountBehind(
  landlord: string,
  store: Store,
  link: LinkOutcome,
): Promise<Opened> {
  if (link.outcome !== "OK") return { fault: linkFault(link.outcome) };
  const { accountId, seal, newEmail } = Payload.parse(link.payload);
  const account = await store.accounts.byId(landlord, accountId);
  if (!account || sealOf(account) !== seal) return { fault: linkFault("EXPIRED") };
  return { account, newEmail };
}
