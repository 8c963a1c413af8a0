/** Kysely over node:sqlite: one connection, its transactions one after the other. */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import {
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from "kysely";
import type { Db } from "./database.ts";

/** How long SQLite itself waits, and with it this whole process, when another one is writing. */
const busyTimeoutMs = 100;
/** How long we wait in all, while other requests go on. */
const patienceMs = 10_000;

/** `path` may be `:memory:`. Refuses to start on a file that would lose an acknowledged write. */
export async function openSqlite(path: string): Promise<Db> {
  const inMemory = path === ":memory:";
  if (!inMemory) makeFile(path);
  const place = inMemory ? path : resolve(path);
  const database = new DatabaseSync(place, { timeout: busyTimeoutMs });
  try {
    // The first of several processes makes the journal, alone.
    await patiently(database, () =>
      makeDurable(database, { journal: inMemory ? "memory" : "wal" }),
    );
  } catch (error) {
    database.close();
    throw error;
  }
  return new Kysely({
    dialect: {
      createAdapter: () => new TransactionalSqliteAdapter(),
      createDriver: () => createDriver(database),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

/** Readable by its owner only; SQLite gives the files beside it the same mode. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, "a", 0o600));
}

/** Throws when a setting without which the store must not run cannot be had. */
export function makeDurable(database: DatabaseSync, { journal }: { journal: string }): void {
  const expected = {
    journal_mode: journal,
    synchronous: 2, // FULL
    foreign_keys: 1,
    secure_delete: 1, // what is deleted is overwritten
    busy_timeout: busyTimeoutMs,
  };
  for (const [name, value] of Object.entries(expected)) {
    database.exec(`PRAGMA ${name} = ${value}`);
    const [actual] = Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {});
    if (actual !== value) {
      throw new Error(`SQLite keeps ${name} = ${String(actual)} where the store needs ${value}.`);
    }
  }
}

/** SQLite's DDL is transactional; with it a migration that is cut off leaves nothing. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function createDriver(database: DatabaseSync): Driver {
  const turns = createTurns();
  const statements = new Map<string, StatementSync>();
  const run = (sql: string, parameters: readonly unknown[] = []) =>
    patiently(database, () => execute(database, statements, sql, parameters));
  const connection: DatabaseConnection = {
    executeQuery: <R>(query: CompiledQuery) =>
      run(query.sql, query.parameters) as Promise<QueryResult<R>>,
    streamQuery: () => {
      throw new Error("The store does not stream queries.");
    },
  };
  return {
    init: async () => {},
    acquireConnection: async () => {
      await turns.take();
      return connection;
    },
    // IMMEDIATE takes the lock for writing now, where waiting for it is still possible.
    beginTransaction: async () => void (await run("begin immediate")),
    commitTransaction: async () => void (await run("commit")),
    // SQLite rolls back by itself when, for one, the disk is full.
    rollbackTransaction: async () => void (database.isTransaction && (await run("rollback"))),
    releaseConnection: async () => turns.pass(),
    destroy: async () => database.close(),
  };
}

const statementsKept = 200;

function execute(
  database: DatabaseSync,
  statements: Map<string, StatementSync>,
  sql: string,
  parameters: readonly unknown[],
): QueryResult<unknown> {
  let statement = statements.get(sql);
  if (!statement) {
    if (statements.size >= statementsKept) statements.clear();
    statements.set(sql, (statement = database.prepare(sql)));
  }
  const values = parameters as readonly SQLInputValue[];
  if (statement.columns().length > 0) return { rows: statement.all(...values) };
  return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
}

/** Another process may be writing. Within a transaction that cannot be: it holds the lock. */
async function patiently<T>(database: DatabaseSync, job: () => T): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return job();
    } catch (error) {
      if (!isBusy(error) || database.isTransaction || Date.now() > until) throw error;
    }
    await sleep(5 + Math.random() * 20);
  }
}

function isBusy(error: unknown): boolean {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === "number" && (errcode & 0xff) === 5; // SQLITE_BUSY and its kinds
}

interface Turns {
  take(): Promise<void>;
  pass(): void;
}

/** Who may use the connection, first come, first served. */
function createTurns(): Turns {
  let taken = false;
  const waiting: (() => void)[] = [];
  return {
    take: () => {
      if (!taken) {
        taken = true;
        return Promise.resolve();
      }
      return new Promise((begin, reject) => {
        const next = () => {
          clearTimeout(timer);
          begin();
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(next), 1);
          reject(
            new Error(
              "The store was busy for too long. Was it called within a transaction, instead of the store that the transaction gives?",
            ),
          );
        }, patienceMs);
        waiting.push(next);
      });
    },
    pass: () => {
      const next = waiting.shift();
      if (next) next();
      else taken = false;
    },
  };
}
