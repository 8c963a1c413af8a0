import type { Store } from "../../store/store.ts";
import type { Landlord } from "./landlord.ts";
import type { MailBody } from "./letter.ts";

/** Queues a mail in the landlord's name, in the transaction that `store` is bound to. */
export async function post(
  store: Store,
  landlord: Landlord,
  to: string,
  body: MailBody,
): Promise<void> {
  const { senderName, senderAddress } = landlord.mail;
  const from = `"${senderName.replace(/["\\]/g, "\\$&")}" <${senderAddress}>`;
  await store.mails.queue({ landlord: landlord.id, to, from, ...body });
}
