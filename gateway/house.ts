/** Puts the house together from its configuration: store, landlords, their ports, mail. */
import type { Logger } from "pino";
import { connectLandlord, loadAdapters, type ConnectOptions } from "../adapters/load.ts";
import { createRedisShelf } from "../adapters/guard/redis-shelf.ts";
import { createMemoryShelf, type Shelf } from "../adapters/guard/shelf.ts";
import { loadProviders } from "../adapters/load-payments.ts";
import type { Adapter } from "../adapters/ports/adapter.ts";
import { closedUntil } from "../adapters/ports/closed.ts";
import { startDelivery, type RunningDelivery } from "../delivery/run.ts";
import { startNotifications } from "../notifications/run.ts";
import { createCipher } from "../store/cipher.ts";
import { startMailer } from "../store/mailer.ts";
import type { Erased } from "../store/erasures.ts";
import { openStore, type Store } from "../store/store.ts";
import { createFolder } from "../uploads/folder.ts";
import { createScanner } from "../uploads/scanner.ts";
import { createUploadDesk, type UploadDesk } from "../uploads/uploads.ts";
import type { House, ServedLandlord } from "../subgraphs/kernel/request.ts";
import type { Config } from "./config.ts";
import { startDriftWatch, type DriftWatch, type Watched } from "./drift/watch.ts";
import { createMetrics, type Metrics } from "./metrics/metrics.ts";
import { appointStaff } from "./staff.ts";
import type { SocialByLandlord } from "./social/routes.ts";
import { followForgotten } from "./forgotten.ts";
import { readLandlords, type LandlordFile } from "./landlords.ts";
import type { RegisteredOperation } from "./limits/operation-files.ts";
import { keepPrivacy } from "./privacy.ts";
import { startPurging, sweep } from "./purging.ts";
import { connectRedis, type Redis } from "./redis.ts";
import { bookPaid } from "./payments/booking.ts";
import { logReceipts } from "./receipts.ts";
import type { WebhookSecrets } from "./webhooks/requests.ts";
import { openPayments, shapesOf, type Payments, type ProviderKinds } from "./payments/open.ts";

export interface OpenHouse extends House {
  /** Who has social sign-in. Holds secrets: never log it. */
  readonly social: SocialByLandlord;
  /** Files that people give. */
  readonly uploads: UploadDesk;
  /** Whose systems tell of requests. Holds secrets: never log it. */
  readonly webhooks: WebhookSecrets;
  /** By which people pay online. */
  readonly payments: Payments;
  /** What the front-ends of each landlord ask beside what is published, by the landlord's id. */
  readonly operations: ReadonlyMap<string, readonly RegisteredOperation[]>;
  readonly metrics: Metrics;
  /** Null where processes share none. */
  readonly redis: Redis | null;
  /** Whether the landlords' ERPs are still what their adapters know. */
  readonly drift: DriftWatch;
  /** Closes what was opened, in the opposite order. */
  close(): Promise<void>;
}

/** Throws ConfigurationError for landlord files that are wrong, before anything is opened. */
export async function openHouse(
  config: Config,
  environment: Record<string, string | undefined>,
  log: Logger,
  now: () => Date = () => new Date(),
): Promise<OpenHouse> {
  const [adapters, providers] = await Promise.all([loadAdapters(), loadProviders()]);
  const files = readFiles(config, environment, adapters, providers);
  const store = await openStoreOf(config, log, now);
  const privacy = await keepPrivacy(config, store, log);
  const metrics = createMetrics();
  const redis = openRedis(config, log);
  const around = { log, now, metrics, shelf: openShelf(config, redis, log) };
  const connections = await Promise.all(files.map((file) => connect(file, adapters, around)));
  for (const { landlord } of files) await appointStaff(store, landlord, log);
  const mailer = startMailer(store, config.smtp, logger(log));
  const uploads = openUploads(config, store, now);
  privacy.whenErased(forgetCopies(connections, () => sweep(uploads, log)));
  const delivery = deliverAll(connections, { store, uploads, metrics, log, now });
  const landlords = connections.map(({ served }) => served);
  const following = followForgotten({ landlords, store, now }, log);
  const notifications = startNotifications(landlords, { store, now, log: logger(log) });
  const payments = await openPayments(files, providers, {
    store,
    publicUrl: config.publicUrl,
    now,
    log,
    onPaid: bookPaid(landlords, log),
  });
  const drift = watchDrift(connections, { store, now, log });
  const purging = await startPurging(landlords, { store, uploads, now, log });
  return {
    landlords: withDesks(landlords, payments),
    social: socialOf(files),
    store,
    uploads,
    webhooks: webhooksOf(files),
    operations: new Map(files.map(({ landlord, operations }) => [landlord.id, operations])),
    payments,
    metrics,
    redis,
    drift,
    idSecret: config.idSecret,
    publicUrl: config.publicUrl,
    now,
    async close() {
      const parts = [purging, drift, following, payments, notifications, delivery, mailer, privacy];
      for (const { stop } of parts) await stop();
      await Promise.all(connections.map(({ close }) => close()));
      redis?.destroy();
      await store.close();
    },
  };
}

/** Kept answers and files, which are not in the store. */
const forgetCopies =
  (connections: readonly Connection[], sweepFiles: () => Promise<void>) =>
  async ({ landlord, accountId, personKeys, contractKeys }: Erased): Promise<void> => {
    const connection = connections.find(({ served }) => served.landlord.id === landlord);
    connection?.served.ports.forget?.([...personKeys, ...contractKeys]);
    await connection?.served.ports.forgetAccount?.(accountId);
    await sweepFiles();
  };

const logger =
  (log: Logger) =>
  (
    level: "info" | "warn" | "error",
    message: string,
    details: Record<string, unknown> = {},
  ): void =>
    log[level](details, message);

async function openStoreOf(config: Config, log: Logger, now: () => Date): Promise<Store> {
  const { store: url, secret, formerSecrets } = config;
  const store = await openStore({ url, secret, formerSecrets, now });
  logReceipts(store, createCipher(secret, formerSecrets), log);
  return store;
}

const openRedis = ({ redis }: Config, log: Logger): Redis | null =>
  redis === null
    ? null
    : connectRedis(redis, (connected) =>
        connected
          ? log.info("Redis is back: answers are kept, requests are counted for all processes")
          : log.warn("Redis is away: nothing is kept, each process counts requests for itself"),
      );

/** Of what landlords' systems answered: nothing on it is the only copy. */
const openShelf = ({ secret, formerSecrets }: Config, client: Redis | null, log: Logger): Shelf =>
  client === null
    ? createMemoryShelf()
    : createRedisShelf({
        client,
        codec: createCipher(secret, formerSecrets),
        log: logger(log),
      });

const openUploads = ({ uploadsFolder, scanner }: Config, store: Store, now: () => Date) =>
  createUploadDesk({
    store,
    folder: createFolder(uploadsFolder),
    scanner: scanner && createScanner(scanner),
    now,
  });

interface Delivering {
  readonly store: Store;
  readonly uploads: UploadDesk;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now: () => Date;
}

const deliverAll = (
  connections: readonly Connection[],
  { store, uploads, metrics, log, now }: Delivering,
): RunningDelivery =>
  startDelivery(
    connections.map(({ served: { landlord, ports } }) => ({
      store,
      landlord,
      ports,
      now,
      openFile: (uploadId) => uploads.open(landlord.id, uploadId),
      filesReleased: () => void sweep(uploads, log),
      settled: (status) => metrics.delivered(landlord.id, status),
      log: logger(log),
    })),
  );

const watchDrift = (
  connections: readonly Connection[],
  { store, now, log }: Pick<Delivering, "store" | "now" | "log">,
): DriftWatch =>
  startDriftWatch(
    connections.map(({ watched }) => watched),
    { store, now, log: logger(log) },
  );

const withDesks = (landlords: readonly ServedLandlord[], { desks }: Payments) =>
  landlords.map((served) => ({ ...served, payments: desks.get(served.landlord.id) ?? null }));

const socialOf = (files: readonly LandlordFile[]): SocialByLandlord =>
  new Map(files.flatMap(({ landlord, social }) => (social ? [[landlord.id, social]] : [])));

const webhooksOf = (files: readonly LandlordFile[]): WebhookSecrets =>
  new Map(
    files.flatMap(({ landlord, webhookSecret }) =>
      webhookSecret === null ? [] : [[landlord.id, webhookSecret]],
    ),
  );

function readFiles(
  { landlordsFolder }: Config,
  environment: Record<string, string | undefined>,
  adapters: Map<string, Adapter>,
  providers: ProviderKinds,
): LandlordFile[] {
  const settings = (product: string) => settingsOf(adapters.get(product));
  const products = [...adapters.keys()];
  return readLandlords(landlordsFolder, environment, settings, products, shapesOf(providers));
}

const settingsOf = (adapter: Adapter | undefined) =>
  adapter && { schema: adapter.settings, secrets: adapter.secrets };

interface Connection {
  served: ServedLandlord;
  watched: Watched;
  close: () => Promise<void>;
}

interface Connecting extends Pick<ConnectOptions, "now"> {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly shelf: Shelf;
}

async function connect(
  { landlord, settings, ca }: LandlordFile,
  adapters: Map<string, Adapter>,
  { log, now, metrics, shelf }: Connecting,
): Promise<Connection> {
  const { product, breaker, closed, keep: rules } = landlord.erp;
  const adapter = adapters.get(product)!;
  const refusing = closed?.reads === "refuse";
  const { ports, io, close } = await connectLandlord(adapter, landlord, settings, {
    log: (level, message, details) => log[level]({ landlord: landlord.id, ...details }, message),
    now,
    ca,
    watch: metrics.erp(landlord.id),
    restraint: { breaker, closedUntil: () => (refusing ? closedUntil(landlord, now()) : null) },
    keeping: { shelf, rules },
  });
  return { served: { landlord, ports }, watched: { landlord, adapter, settings, io }, close };
}
