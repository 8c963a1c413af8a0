/** A database of PostgreSQL, by the server's own programs. */
import { Client } from "pg";
import { BackupProblem } from "./problem.ts";
import { majorOf, runTool, type Environment } from "./run-tool.ts";
import { restoringMark } from "../postgres.ts";

/** All tables as of one moment, while others write; read through once before it is said to be good. */
export async function dumpPostgres(url: string, to: string, environment: Environment) {
  const { server } = await lookAt(url);
  const tool = await majorOf("pg_dump", environment);
  if (tool < server) {
    throw new BackupProblem(
      `pg_dump is of version ${tool} and the server of ${server}: install the client programs of version ${server}.`,
    );
  }
  await runTool("pg_dump", [...quiet, "--format=custom", `--file=${to}`, at(url)], {
    ...environment,
    ...passwordOf(url),
  });
  await runTool("pg_restore", ["--file=/dev/null", to], environment);
}

/** Into a database that holds nothing, whole or not at all. The mark on it stays: see `unmark`. */
export async function undumpPostgres(
  url: string,
  from: string,
  { server: madeOn, environment }: { server: number | null; environment: Environment },
): Promise<void> {
  const { server } = await lookAt(url);
  if (madeOn !== null && server < madeOn) {
    throw new BackupProblem(
      `The back-up is of a server of version ${madeOn}, this one is of ${server}: restore on ${madeOn} or later.`,
    );
  }
  await withClient(url, (client) => client.query(`create table if not exists ${restoringMark} ()`));
  try {
    const whole = ["--exit-on-error", "--single-transaction", ...quiet];
    await runTool("pg_restore", [...whole, at(url), from], { ...environment, ...passwordOf(url) });
  } catch (error) {
    await unmark(url);
    throw error;
  }
}

/** From now on the house may be started on it. */
export const unmark = (url: string) =>
  withClient(url, (client) => client.query(`drop table ${restoringMark}`)).then(() => {});

const quiet = ["--no-owner", "--no-privileges", "--no-password"];

/** The address without its password: whoever lists processes would see it. */
function at(url: string): string {
  const bare = new URL(url);
  bare.password = "";
  return `--dbname=${bare.href}`;
}

function passwordOf(url: string): Environment {
  const { password } = new URL(url);
  return password === "" ? {} : { PGPASSWORD: decodeURIComponent(password) };
}

/** What else a back-up must know of the store. */
export const readPostgres = (url: string) =>
  withClient(url, async (client) => {
    const column = async (query: string) => {
      const { rows } = await client.query<{ name: string }>(query);
      return rows.map(({ name }) => name);
    };
    return {
      migrations: await column("select name from kysely_migration order by name"),
      sealed: (await column("select sealed as name from secret_check"))[0]!,
      files: await column(
        "select stored_as as name from uploads where state in ('RECEIVED', 'ATTACHED')",
      ),
      server: await versionOf(client),
    };
  });

/** Throws BackupProblem where a table is. One that a restoring left, which came to nothing, is none. */
export const assertNoPostgres = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select schemaname || '.' || tablename as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') and tablename <> $1`,
      [restoringMark],
    );
    if (rows.length === 0) return;
    throw new BackupProblem(
      `The database holds ${rows.length} tables already (${rows[0]!.name} …): nothing is written over. Make an empty one.`,
    );
  });

const lookAt = (url: string) =>
  withClient(url, async (client) => ({ server: await versionOf(client) }));

async function versionOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ number: string }>(
    "select current_setting('server_version_num') as number",
  );
  return Math.floor(Number(rows[0]!.number) / 10_000);
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    if (error instanceof BackupProblem) throw error;
    // Its words may hold the address.
    const { code = "no answer" } = error as { code?: string };
    throw new BackupProblem(
      code === "42P01"
        ? "The database holds no store: it has none of its tables."
        : `PostgreSQL cannot be asked (${code}): look at TROUSSEAU_STORE.`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}
