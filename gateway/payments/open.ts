/** The landlords' accounts with payment providers, and who asks these what nobody told. */
import type { Logger } from "pino";
import { connectProvider } from "../../adapters/load-payments.ts";
import type { ProviderKind } from "../../adapters/ports/payment-provider.ts";
import type { OnPaid, PaymentDesk, PaymentLog } from "../../payments/desk.ts";
import { startReconciler, type Reconciler } from "../../payments/reconcile.ts";
import type { Store } from "../../store/store.ts";
import type { LandlordFile } from "../landlords.ts";
import type { ProviderShapes } from "../landlord-file/payment.ts";

export interface Payments {
  /** By the landlord's id; only those at whom people can pay. */
  readonly desks: ReadonlyMap<string, PaymentDesk>;
  /** A provider or a browser told that there may be something to ask. */
  wake(): void;
  stop(): Promise<void>;
}

export type ProviderKinds = ReadonlyMap<string, ProviderKind>;

export const shapesOf = (kinds: ProviderKinds): ProviderShapes =>
  new Map([...kinds].map(([id, { settings: schema, secrets }]) => [id, { schema, secrets }]));

interface Surroundings {
  readonly store: Store;
  readonly publicUrl: string;
  readonly now: () => Date;
  readonly log: Logger;
  readonly onPaid: OnPaid;
}

export async function openPayments(
  files: readonly Pick<LandlordFile, "landlord" | "paymentSettings">[],
  kinds: ProviderKinds,
  surroundings: Surroundings,
): Promise<Payments> {
  const { store, now } = surroundings;
  const log: PaymentLog = (level, message, details) => surroundings.log[level](details, message);
  const opened = await Promise.all(files.map((file) => openDesk(file, kinds, surroundings, log)));
  const desks = new Map(opened.flatMap((desk) => (desk ? [[desk.landlord, desk] as const] : [])));
  const reconciler: Reconciler | null =
    desks.size > 0 ? startReconciler({ store, desks, now }, log) : null;
  return {
    desks,
    wake: () => reconciler?.wake(),
    stop: async () => {
      await reconciler?.stop();
      await Promise.all([...desks.values()].map(({ provider }) => provider.close()));
    },
  };
}

async function openDesk(
  { landlord, paymentSettings }: Pick<LandlordFile, "landlord" | "paymentSettings">,
  kinds: ProviderKinds,
  { store, publicUrl, now, log: logger, onPaid }: Surroundings,
  log: PaymentLog,
): Promise<PaymentDesk | null> {
  const { payment, id } = landlord;
  const kind = payment && kinds.get(payment.provider);
  if (!kind) return null;
  const provider = await connectProvider(kind, id, paymentSettings, {
    log: (level, message, details) => logger[level]({ landlord: id, ...details }, message),
    now,
  });
  const { partial, minimum, maximum } = payment;
  return {
    landlord: id,
    rules: { provider: kind.id, partial, minimum, maximum },
    provider,
    providerName: kind.name,
    store,
    now,
    notifyUrl: `${publicUrl}/notifications/${kind.id}/${id}`,
    returnUrl: (payment) => `${publicUrl}/payments/return/${id}/${payment}`,
    onPaid,
    log,
  };
}
