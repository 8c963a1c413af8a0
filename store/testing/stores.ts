import { afterEach, beforeEach, describe, it } from "vitest";
import { openStore, type Store, type StoreOptions } from "../store.ts";
import {
  createPostgres,
  createSqlite,
  postgresUrl,
  whyNoPostgres,
  type TestDatabase,
} from "./databases.ts";

export const testSecret = new Uint8Array(32).fill(7);

export interface Bench {
  readonly database: TestDatabase;
  /** A store on the database. Closed after the test. */
  readonly store: Store;
  /** One more, as another process would have it. Closed after the test. */
  another(options?: Partial<StoreOptions>): Promise<Store>;
  /** Moves the clock of all stores. */
  advance(ms: number): void;
  readonly now: () => Date;
}

/** The tests in `body` over each database; `bench` gives the running test's own, fresh. */
export function describeStores(body: (bench: () => Bench) => void): void {
  describe("on SQLite", () => body(useBench(createSqlite)));
  if (!noPostgres) describe("on PostgreSQL", () => body(useBench(createPostgres)));
  else describe("on PostgreSQL", () => reportNoPostgres(noPostgres));
}

const noPostgres = await whyNoPostgres();

function reportNoPostgres(reason: string): void {
  const message = `SKIPPED: no PostgreSQL at ${new URL(postgresUrl).host} (${reason})`;
  if (!process.env["CI"]) it.skip(message, () => {});
  else
    it("can be reached, as it must be where CI is set", () => {
      throw new Error(message);
    });
}

function useBench(create: () => Promise<TestDatabase>): () => Bench {
  let current: (Bench & { stores: Store[] }) | null = null;
  beforeEach(async () => {
    const database = await create();
    let time = Date.UTC(2026, 10, 20, 8);
    const now = () => new Date(time);
    const stores: Store[] = [];
    const another = async (options: Partial<StoreOptions> = {}) => {
      const store = await openStore({ url: database.url, secret: testSecret, now, ...options });
      stores.push(store);
      return store;
    };
    const advance = (ms: number) => void (time += ms);
    current = { database, store: await another(), another, advance, now, stores };
  });
  afterEach(async () => {
    await Promise.all((current?.stores ?? []).map((store) => store.close()));
    await current?.database.drop();
    current = null;
  });
  return () => {
    if (!current) throw new Error("The bench is only there while a test runs.");
    return current;
  };
}

/** An account for tests that are about something else. */
export async function anAccount(store: Store, landlord = "cedre", email = "a@example.org") {
  const created = await store.accounts.create(
    { landlord, email, passwordHash: "$argon2id$x", language: "fr" },
    [`person of ${email}`],
    [],
  );
  if (created.outcome !== "OK") throw new Error(created.outcome);
  return created.account;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
