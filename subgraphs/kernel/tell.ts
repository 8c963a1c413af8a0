import type { Account } from "../../store/accounts.ts";
import type { Store } from "../../store/store.ts";
import type { RequestContext } from "./context.ts";
import type { Landlord, Language } from "./landlord.ts";
import type { MailBody } from "./letter.ts";
import { signedIn } from "./ownership.ts";
import { post } from "./post.ts";

type Write<Facts> = (landlord: Landlord, language: Language, facts: Facts) => MailBody;

/** Mails the viewer's account in its own language, in the transaction that `store` is bound to. */
export async function tellViewer<Facts>(
  context: RequestContext,
  store: Store,
  write: Write<Facts>,
  facts: Facts,
): Promise<void> {
  const { landlord } = context;
  const account: Account | null = await store.accounts.byId(
    landlord.id,
    signedIn(context).accountId,
  );
  if (!account) return;
  await post(store, landlord, account.email, write(landlord, account.language, facts));
}
