/** Asking over a connection of its own while the ERP misbehaves. */
import { contracts, pageOf } from "../ask.ts";
import { Missing, need } from "../check.ts";
import type { Lever } from "../lever.ts";
import { allReads, type Read } from "../ports.ts";
import { newCall, type Connection, type Limits, type Subject } from "../subject.ts";

/** For what has to end by its deadline. */
export const short: Limits = { concurrency: 2, deadlineMs: 400 };
/** Long enough for any answer. */
export const patient = ({ limits: { deadlineMs } }: Subject): Limits => ({
  concurrency: 2,
  deadlineMs,
});

export const leverOf = ({ lever }: Subject): Lever => need(lever, "a lever on the ERP");

/** The first of these that is served is what is asked. */
const asked = ["balances.ofContracts", "accountEntries.ofContracts", "contracts.ofPersons"];

interface Question {
  readonly read: Read;
  readonly keys: readonly unknown[];
}

export function questionOf(subject: Subject): Question {
  const { served } = subject.usual.ports;
  const read = asked
    .map((name) => allReads.find((one) => one.name === name)!)
    .find(({ port }) => served.includes(port.name));
  if (!read) throw new Missing(`a port to ask: ${asked.join(", ")}`);
  const keys =
    read.by === "person" ? need(subject.material.persons, "persons") : contracts(subject.material);
  return { read, keys: read.by === "page" ? keys.map((key) => pageOf(read, key)) : keys };
}

/** One key asked over a connection; the error that came, null where an answer did. */
export async function errorOf(
  { ports }: Pick<Connection, "ports">,
  { read, keys }: Question,
  nth = 1,
): Promise<unknown> {
  try {
    await ports.use(read.port)[read.method]!(keys.slice(nth, nth + 1), newCall());
    return null;
  } catch (error) {
    return error;
  }
}

/**
 * Over a connection of its own that has been used before, as one in service has: for the first key,
 * whose answer the adapter may remember.
 */
export async function withConnection<T>(
  subject: Subject,
  limits: Limits,
  job: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await subject.connect(limits);
  try {
    // Without the guard: signing in may take longer than a short deadline.
    const error = await errorOf({ ports: connection.raw }, questionOf(subject), 0);
    if (error) throw error;
    return await job(connection);
  } finally {
    await leverOf(subject).behave();
    await connection.close();
  }
}
