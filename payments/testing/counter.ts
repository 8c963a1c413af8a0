/** For tests: a landlord's payments at a mock provider, told of what comes of them by real HTTP. */
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connectProvider, loadProviders } from "../../adapters/load-payments.ts";
import type { PaymentProvider } from "../../adapters/ports/payment-provider.ts";
import type { MockProvider } from "../../mocks/checkout/provider.ts";
import type { BookedPayment } from "../../mocks/checkout/door.ts";
import { startLyra } from "../../mocks/lyra/start.ts";
import { pagePath } from "../../mocks/payfip/page.ts";
import { servicePath, startPayfip } from "../../mocks/payfip/start.ts";
import { openStore, type Store } from "../../store/store.ts";
import type { OnPaid, PaidPayment, PaymentDesk } from "../desk.ts";
import { onNotification, onReturn } from "../notify.ts";
import { startPayment, type StartPayment } from "../start.ts";

export type ProviderName = "payfip" | "lyra";

export interface Logged {
  readonly level: string;
  readonly message: string;
  readonly details: Record<string, unknown>;
}

export interface Counter {
  readonly mock: MockProvider;
  readonly provider: PaymentProvider;
  readonly desk: PaymentDesk;
  readonly store: Store;
  readonly logs: Logged[];
  /** What was handed over to be booked. */
  readonly paid: PaidPayment[];
  readonly now: () => Date;
  /** Moves our clock and the provider's. */
  advance(ms: number): void;
  /** Another process on the same database. */
  another(): Promise<PaymentDesk>;
  start(change?: Partial<StartPayment>): ReturnType<typeof startPayment>;
  /** Asks the provider's control door. */
  door<T>(path: string, method?: string, body?: unknown): Promise<T>;
  bookedAtProvider(): Promise<BookedPayment[]>;
  close(): Promise<void>;
}

export const lyraShop = {
  siteId: "12345678",
  mode: "TEST",
  key: "lyra-test-key",
  apiPassword: "lyra-test-password",
} as const;

export const asked: StartPayment = {
  accountId: "account-1",
  personKey: "T0000123",
  contractKey: "L/2013936",
  label: "Contrat L/2013936",
  email: "helene@example.org",
  language: "fr",
  amount: "120.50",
  due: "240.00",
  blocked: false,
  idempotencyKey: "key-1",
  requestId: "test",
};

const kinds = await loadProviders();

function settingsOf(name: ProviderName, url: string): unknown {
  if (name === "lyra") {
    const { siteId, mode, key, apiPassword } = lyraShop;
    return { formUrl: `${url}/vads-payment/`, apiUrl: url, siteId, mode, key, apiPassword };
  }
  return {
    endpoint: url + servicePath,
    pageUrl: url + pagePath,
    clientNumber: "093001",
    mode: "T",
    timeZone: "Europe/Paris",
  };
}

/** `storeUrl`: of the database, in memory unless given. */
export async function openCounter(
  name: ProviderName,
  options: { storeUrl?: string; onPaid?: OnPaid; partial?: boolean } = {},
): Promise<Counter> {
  let time = Date.now();
  const now = () => new Date(time);
  const { storeUrl = "sqlite::memory:", partial = true } = options;
  const logs: Logged[] = [];
  const log: Log = (level, message, details = {}) => void logs.push({ level, message, details });
  const { mock, kind, provider } = await openProvider(name, now, log);
  const open = () => openStore({ url: storeUrl, secret: new Uint8Array(32).fill(7), now });
  const stores = [await open()];
  const paid: PaidPayment[] = [];
  const { server, url } = await listenFor(() => desk);
  const deskOn = (store: Store): PaymentDesk => ({
    landlord: "cedre",
    rules: { provider: name, partial, minimum: "5.00", maximum: "2000.00" },
    provider,
    providerName: kind.name,
    store,
    now,
    notifyUrl: `${url}/notification`,
    returnUrl: (id) => `${url}/return/${id}`,
    onPaid: async (within, one) => {
      await options.onPaid?.(within, one);
      paid.push(one);
    },
    log,
  });
  const desk = deskOn(stores[0]!);
  const door = doorOf(mock);
  return {
    mock,
    provider,
    desk,
    store: stores[0]!,
    logs,
    paid,
    now,
    advance: (ms) => void (time += ms),
    another: async () => {
      const store = await open();
      stores.push(store);
      return deskOn(store);
    },
    start: (change = {}) => startPayment(desk, { ...asked, ...change }),
    door,
    bookedAtProvider: () => door<BookedPayment[]>("/payments"),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await provider.close();
      await mock.close();
      await Promise.all(stores.map((store) => store.close()));
    },
  };
}

type Log = (level: string, message: string, details?: Record<string, unknown>) => void;

async function openProvider(name: ProviderName, now: () => Date, log: Log) {
  const mock =
    name === "lyra" ? await startLyra({ now, shops: [lyraShop] }) : await startPayfip({ now });
  const kind = kinds.get(name)!;
  const settings = kind.settings.parse(settingsOf(name, mock.url));
  return { mock, kind, provider: await connectProvider(kind, "cedre", settings, { log, now }) };
}

const doorOf =
  ({ doorUrl }: MockProvider): Counter["door"] =>
  async <T>(path: string, method = "GET", body?: unknown): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(doorUrl + path, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };

/** What the gateway does, without the gateway. */
async function listenFor(desk: () => PaymentDesk): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const { pathname, search } = new URL(`http://localhost${request.url}`);
    if (pathname.startsWith("/return/")) {
      await onReturn(desk(), pathname.slice("/return/".length));
      response.end("back");
      return;
    }
    const contentType = request.headers["content-type"] ?? "";
    const raw = { body, contentType, query: search.slice(1) };
    response.statusCode = await onNotification(desk(), raw).then(
      (received) => ({ KEPT: 200, NOT_FOUND: 404, REJECTED: 400 })[received],
      () => 500,
    );
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Goes to the provider's page as a browser does, and presses a button. Answers where it ended. */
export async function decide(
  started: Awaited<ReturnType<typeof startPayment>>,
  ...decisions: string[]
): Promise<Response> {
  if (started.outcome !== "REDIRECT") throw new Error(started.outcome);
  const { redirect } = started;
  const form =
    redirect.method === "POST"
      ? new URLSearchParams(redirect.fields.map(({ name, value }) => [name, value]))
      : null;
  let page = await (form
    ? fetch(redirect.url, { method: "POST", body: form })
    : fetch(redirect.url));
  if (!page.ok) throw new Error(`${page.status} ${await page.text()}`);
  const action = /<form method="post" action="([^"]+)"/.exec(await page.text())![1]!;
  for (const decision of decisions) {
    page = await fetch(new URL(action.replaceAll("&amp;", "&"), redirect.url), {
      method: "POST",
      body: new URLSearchParams({ decision }),
    });
  }
  return page;
}
