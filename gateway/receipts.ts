/**
 * What was promised to whom, outside of the store: one line of the log for each receipt and each page
 * of payment that was given. After the store was restored from a back-up, `trousseau store missing`
 * finds in them what the back-up does not know.
 */
import type { Logger } from "pino";
import type { Cipher } from "../store/cipher.ts";
import type { Store } from "../store/store.ts";

export const acknowledged = "a change was acknowledged";
export const paymentBegun = "a payment was begun";

/** Written whatever the level of the log, unless it is silent: nothing else tells what was lost. */
export function logReceipts(store: Store, cipher: Cipher, log: Logger): void {
  const receipts = log.level === "silent" ? log : log.child({}, { level: "info" });
  store.changes.onAcknowledged(({ landlord, id, kind, accountId }) =>
    receipts.info({ landlord, change: id, kind, account: accountId }, acknowledged),
  );
  store.payments.onBegun(({ landlord, id, provider, providerReference, accountId }) => {
    const at = sealPage(cipher, id, providerReference ?? "");
    receipts.info({ landlord, payment: id, provider, account: accountId, at }, paymentBegun);
  });
}

const context = (paymentId: string) => `begun payment:${paymentId}`;

/** Whoever has the provider's name of a payment can open its page: sealed, in a form that stays as it is. */
const sealPage = (cipher: Cipher, id: string, providerReference: string): string =>
  Buffer.from(cipher.seal(context(id), providerReference)).toString("hex");

/** Throws SealError for what was sealed with another secret, or is no such thing. */
export const openPage = (cipher: Cipher, id: string, sealed: string): string =>
  cipher.open(context(id), Buffer.from(sealed, "hex").toString());
