/** Where the store's tests keep their data: a file of SQLite, and a database of PostgreSQL. */
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";

export interface TestDatabase {
  readonly url: string;
  /** Runs SQL beside the store, and gives the rows. */
  raw(sql: string): Promise<unknown[]>;
  /** Their names, but for those of the migrations. */
  tables(): Promise<string[]>;
  /** All that is kept, in the form in which somebody would find it. */
  content(): Promise<Buffer>;
  /** Empties the tables, where that is quicker than to drop and to create. */
  clear?(): Promise<void>;
  drop(): Promise<void>;
}

export const postgresUrl =
  process.env["TROUSSEAU_TEST_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432";

export async function createSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "trousseau-store-"));
  const path = join(folder, "store.db");
  const raw = async (sql: string) => {
    const database = new DatabaseSync(path, { timeout: 5_000 });
    const rows = database.prepare(sql).all();
    database.close();
    return rows;
  };
  return {
    url: `sqlite:${path}`,
    raw,
    tables: async () => {
      const rows = await raw(
        "select name from sqlite_master where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'",
      );
      return rows.map(({ name }) => String(name));
    },
    content: async () => {
      const files = await readdir(folder);
      return Buffer.concat(await Promise.all(files.map((name) => readFile(join(folder, name)))));
    },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function createPostgres(): Promise<TestDatabase> {
  const name = `trousseau_store_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(postgresUrl);
  await onServer(postgresUrl, (client) => client.query(`create database ${name}`));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    raw: (sql) => onServer(url.href, (client) => client.query(sql)).then(({ rows }) => rows),
    tables: () => onServer(url.href, tablesOf),
    content: () => onServer(url.href, contentOf),
    clear: () => onServer(url.href, clearTables),
    drop: () =>
      onServer(postgresUrl, (client) => client.query(`drop database ${name} with (force)`)).then(
        () => {},
      ),
  };
}

async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
  );
  return rows.map(({ name }) => name);
}

async function clearTables(client: Client): Promise<void> {
  await client.query(`truncate ${(await tablesOf(client)).join(", ")}`);
}

async function contentOf(client: Client): Promise<Buffer> {
  const tables: string[] = [];
  for (const name of await tablesOf(client)) {
    const { rows: found } = await client.query(`select * from ${name}`);
    tables.push(...found.map((row) => Object.values(row).join("\n")));
  }
  return Buffer.from(tables.join("\n"));
}

async function onServer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Null when PostgreSQL answers, else why it does not. */
export async function whyNoPostgres(): Promise<string | null> {
  try {
    await onServer(postgresUrl, (client) => client.query("select 1"));
    return null;
  } catch (error) {
    return (error as Error).message || (error as { code?: string }).code || "no answer";
  }
}
