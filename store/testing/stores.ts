import { afterAll, afterEach, beforeEach, describe, it } from "vitest";
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
  /** A database that no store has been opened on. Dropped after the test. */
  empty(): Promise<TestDatabase>;
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
  if (!process.env["CI"]) {
    console.warn(message);
    it.skip(message, () => {});
  } else
    it("can be reached, as it must be where CI is set", () => {
      throw new Error(message);
    });
}

interface Running extends Bench {
  cleanUp(): Promise<void>;
}

function useBench(create: () => Promise<TestDatabase>): () => Bench {
  let running: Running | null = null;
  let spare: TestDatabase | null = null;
  beforeEach(async () => {
    const database = spare ?? (await create());
    spare = null;
    running = await setUpBench(database, create);
  });
  afterEach(async () => {
    await running?.cleanUp();
    if (running?.database.clear) {
      await running.database.clear();
      spare = running.database;
    } else await running?.database.drop();
    running = null;
  });
  afterAll(() => spare?.drop());
  return () => {
    if (!running) throw new Error("The bench is only there while a test runs.");
    return running;
  };
}

async function setUpBench(
  database: TestDatabase,
  create: () => Promise<TestDatabase>,
): Promise<Running> {
  let time = Date.UTC(2026, 10, 20, 8);
  const now = () => new Date(time);
  const stores: Store[] = [];
  const extra: TestDatabase[] = [];
  const another = async (options: Partial<StoreOptions> = {}) => {
    const store = await openStore({ url: database.url, secret: testSecret, now, ...options });
    stores.push(store);
    return store;
  };
  return {
    database,
    store: await another(),
    another,
    empty: async () => {
      const made = await create();
      extra.push(made);
      return made;
    },
    advance: (ms) => void (time += ms),
    now,
    cleanUp: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await Promise.all(extra.map((made) => made.drop()));
    },
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
