/** The store, looked at without changing it: reachable, as durable as it must be, up to date. */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { whyUnfit } from "../../store/failure.ts";
import { migrationNames } from "../../store/migrations.ts";
import { fault, ok, warning, type Finding } from "../findings.ts";

/** `url`: as TROUSSEAU_STORE has it. */
export async function checkStore(url: string, folder: string, now: () => Date): Promise<Finding[]> {
  const [, path] = /^sqlite:(.+)$/.exec(url) ?? [];
  return path === undefined ? checkPostgres(url, now) : checkSqlite(path, folder);
}

function checkSqlite(path: string, folder: string): Finding[] {
  if (path === ":memory:") {
    return [
      fault(
        "store",
        "in memory: everything is lost with the process",
        "Name a file in TROUSSEAU_STORE.",
      ),
    ];
  }
  const file = resolve(folder, path);
  if (!existsSync(file)) {
    return [ok("store", `SQLite: no file yet; the first start makes it in ${dirname(file)}`)];
  }
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 2000 });
    try {
      return judgeSqlite(database);
    } finally {
      database.close();
    }
  } catch {
    const hint = "Is it a file of SQLite, readable by this user? Else bring back the back-up.";
    return [fault("store", "SQLite: the file cannot be opened", hint)];
  }
}

function judgeSqlite(database: DatabaseSync): Finding[] {
  const pragma = (name: string) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0];
  const sound = pragma("quick_check") === "ok";
  const journal = pragma("journal_mode");
  const tables = database.prepare("select name from sqlite_master where name = 'kysely_migration'");
  const done = tables.get()
    ? database
        .prepare("select name from kysely_migration")
        .all()
        .map(({ name }) => String(name))
    : [];
  return [
    sound
      ? ok("store", "SQLite: the file is sound")
      : fault(
          "store",
          "SQLite: the file is damaged",
          "Stop the gateway, and bring back the last back-up.",
        ),
    // FULL is set by each connection, and asserted there.
    journal === "wal"
      ? ok("durability", "write-ahead journal; each start asserts that every commit is flushed")
      : warning(
          "durability",
          `the journal is ${String(journal)}, not yet wal`,
          "The next start sets it.",
        ),
    wordMigrations(done),
  ];
}

const connectMs = 5000;
const mostSkewMs = 5000;

async function checkPostgres(url: string, now: () => Date): Promise<Finding[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectMs });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<Record<"version" | "fsync" | "commit" | "clock", string>>(
      `select current_setting('server_version') as version, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit, clock_timestamp()::text as clock`,
    );
    const { rows: there } = await client.query("select to_regclass('kysely_migration') as name");
    const has = (there[0] as { name: unknown } | undefined)?.name !== null;
    const done = has
      ? await client.query<{ name: string }>("select name from kysely_migration")
      : null;
    return [
      ...judgePostgres(rows[0]!, now),
      wordMigrations(done?.rows.map(({ name }) => name) ?? []),
    ];
  } catch (error) {
    // A message of its own may repeat the address, and the password in it.
    const said = whyUnfit(error) ?? "PostgreSQL cannot be reached (no connection)";
    return [fault("store", said, "Look at TROUSSEAU_STORE: host, port, database, user.")];
  } finally {
    await client.end().catch(() => {});
  }
}

function judgePostgres(
  row: Record<"version" | "fsync" | "commit" | "clock", string>,
  now: () => Date,
): Finding[] {
  const findings = [ok("store", `PostgreSQL ${row.version} answers`)];
  const off = [
    ...(row.fsync === "on" ? [] : ["fsync"]),
    ...(row.commit === "off" ? ["synchronous_commit"] : []),
  ];
  findings.push(
    off.length === 0
      ? ok("durability", "fsync and synchronous_commit are on")
      : fault(
          "durability",
          `${off.join(" and ")} is off: what was acknowledged can be lost`,
          "Turn it on for the server, the database and the role: the gateway does not start without.",
        ),
  );
  const apart = Math.abs(Date.parse(row.clock) - now().getTime());
  findings.push(
    apart < mostSkewMs
      ? ok("clock", "as the database's")
      : warning(
          "clock",
          `${Math.round(apart / 1000)} s apart from the database's`,
          "Have both ask a time server (NTP).",
        ),
  );
  return findings;
}

function wordMigrations(done: readonly string[]): Finding {
  const open = migrationNames.filter((name) => !done.includes(name));
  const newer = done.filter((name) => !migrationNames.includes(name));
  if (newer.length > 0) {
    return warning(
      "migrations",
      `a newer version has been here: ${newer.join(", ")}`,
      "Is this the version that is meant to run?",
    );
  }
  if (open.length === 0) return ok("migrations", `all ${migrationNames.length} are done`);
  return ok("migrations", `${open.length} to come: the next start makes them`);
}
