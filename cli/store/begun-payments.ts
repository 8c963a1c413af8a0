/** Asks the providers about payments that only the log knows. */
import { loadProviders, connectProvider } from "../../adapters/load-payments.ts";
import { PortError } from "../../adapters/ports/errors.ts";
import type { PaymentNews, PaymentProvider } from "../../adapters/ports/payment-provider.ts";
import { openPage } from "../../gateway/receipts.ts";
import { referenceOf } from "../../payments/reference.ts";
import type { Cipher } from "../../store/cipher.ts";
import { readLandlordOf } from "../landlord-of.ts";
import { UsageError, type Terminal } from "../terminal.ts";
import type { PaymentReceipt } from "./receipts.ts";

/** What the provider says, or why it could not be asked. */
export type Told = { readonly news: PaymentNews } | { readonly unasked: string };

const askMs = 15_000;

/** In the order of `payments`, one question at a time. */
export async function askProviders(
  terminal: Terminal,
  cipher: Cipher,
  payments: readonly PaymentReceipt[],
): Promise<Told[]> {
  const open = new Map<string, PaymentProvider | string>();
  try {
    const told: Told[] = [];
    for (const payment of payments) {
      const { landlord } = payment;
      const provider = open.get(landlord) ?? (await connect(terminal, payment));
      open.set(landlord, provider);
      told.push(await ask(provider, cipher, payment, terminal.signal));
    }
    return told;
  } finally {
    for (const one of open.values()) if (typeof one !== "string") await one.close();
  }
}

/** Or in words why not. */
async function connect(
  terminal: Terminal,
  { landlord, provider: asked }: PaymentReceipt,
): Promise<PaymentProvider | string> {
  const read = await readLandlordOf(terminal, landlord).catch((error: unknown) => {
    if (error instanceof UsageError) return null;
    throw error;
  });
  if (!read) return "there is no file of that landlord";
  const { value, paymentSettings, faults } = read;
  const provider = (value as { payment?: { provider?: string } | null } | null)?.payment?.provider;
  const kind = (await loadProviders()).get(asked);
  if (provider !== asked || !kind) return `the landlord's file does not name ${asked}`;
  if (faults.some(({ field }) => field.startsWith("payment"))) {
    return "payment of the landlord's file is wrong: trousseau landlord check tells how";
  }
  return connectProvider(kind, landlord, paymentSettings, { log: () => {}, now: terminal.now });
}

async function ask(
  provider: PaymentProvider | string,
  cipher: Cipher,
  { id, at, sealed }: PaymentReceipt,
  signal: AbortSignal,
): Promise<Told> {
  if (typeof provider === "string") return { unasked: provider };
  const createdAt = at.toISOString();
  const closesAt = at.getTime() + provider.limits.openMinutes * 60_000;
  try {
    const payment = {
      reference: referenceOf(id),
      // Not known here: what was paid is the provider's to say.
      amount: "0.00",
      createdAt,
      providerReference: openPage(cipher, id, sealed),
      expiresAt: new Date(closesAt).toISOString(),
    };
    const call = { signal: AbortSignal.any([signal, AbortSignal.timeout(askMs)]), requestId: id };
    return { news: await provider.ask(payment, call) };
  } catch (error) {
    return {
      unasked: `could not be asked (${error instanceof PortError ? error.code : "sealed with another secret"})`,
    };
  }
}
