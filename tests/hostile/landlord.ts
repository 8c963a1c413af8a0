/** A landlord whose ERP is hostile: the real adapters behind their guards, as in the house. */
import beauceron from "../../adapters/erp/beauceron/index.ts";
import pavois from "../../adapters/erp/pavois/index.ts";
import { connectLandlord } from "../../adapters/load.ts";
import type { Adapter } from "../../adapters/ports/adapter.ts";
import { balances } from "../../adapters/ports/billing.ts";
import { cardPayments, type CardPayment } from "../../adapters/ports/billing-changes.ts";
import type { Submission } from "../../adapters/ports/changes.ts";
import type { Call } from "../../adapters/ports/port.ts";
import type { Format } from "./answers.ts";

const secret = "s3cret-of-";

interface Product {
  readonly adapter: Adapter;
  readonly contractKey: string;
  settings(url: string, landlord: string): unknown;
}

const products: Record<Format, Product> = {
  SOAP: {
    adapter: pavois,
    contractKey: "L/2013949",
    settings: (url, landlord) => ({
      endpoint: `${url}/ws`,
      username: `user-of-${landlord}`,
      password: secret + landlord,
      timeZone: "Europe/Paris",
    }),
  },
  REST: {
    adapter: beauceron,
    contractKey: "0030021269B",
    settings: (url, landlord) => ({
      baseUrl: url,
      clientId: `user-of-${landlord}`,
      clientSecret: secret + landlord,
    }),
  },
};

export interface Landlord {
  /** One balance. */
  read(): Promise<unknown>;
  /** One payment, booked. */
  write(): Promise<unknown>;
  /** All that went into the log, as text. */
  readonly logged: string[];
  close(): Promise<void>;
}

const payment: CardPayment = {
  amount: { amount: "12.34", currency: "EUR" },
  paidAt: "2026-11-20T10:00:00+01:00",
  provider: "PAYFIP",
  providerReference: "0a1b2c",
};

export async function connectTo(
  format: Format,
  url: string,
  deadlineMs: number,
  landlord = "hostile",
): Promise<Landlord> {
  const { adapter, contractKey, settings } = products[format];
  const logged: string[] = [];
  const { ports, close } = await connectLandlord(
    adapter,
    { id: landlord, erp: { product: adapter.id, concurrency: 4, deadlineMs } },
    adapter.settings.parse(settings(url, landlord)),
    {
      log: (level, message, details) =>
        void logged.push(`${level} ${message} ${JSON.stringify(details ?? {})}`),
      now: () => new Date(),
    },
  );
  const call = (): Call => ({ signal: new AbortController().signal, requestId: "hostile" });
  const change: Submission<CardPayment> = {
    operationId: "019a9f00-0000-7000-8000-000000000001",
    personKey: format === "SOAP" ? "T00012345" : "12345",
    contractKey,
    submittedAt: "2026-11-20T10:00:00+01:00",
    payload: payment,
    async *open() {},
  };
  return {
    read: () => ports.use(balances).ofContracts([contractKey], call()),
    write: () => ports.use(cardPayments).submit(change, call()),
    logged,
    close,
  };
}
