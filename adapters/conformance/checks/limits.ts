/** What the ERP is spared, and what nobody waits for. */
import { setTimeout as wait } from "node:timers/promises";
import { PortError } from "../../ports/errors.ts";
import { allReads } from "../ports.ts";
import { that, Missing, saysError, type Check, type Finding } from "../check.ts";
import type { Lever } from "../lever.ts";
import { newCall, type Subject } from "../subject.ts";
import { errorOf, leverOf, patient, questionOf, short, withConnection } from "./asking.ts";

const concurrency = async (subject: Subject): Promise<Finding> =>
  withConnection(subject, patient(subject), async ({ ports }) => {
    const lever = leverOf(subject);
    const { read, keys } = questionOf(subject);
    await lever.forgetCalls();
    await lever.misbehave("slow");
    const some = Array.from({ length: 6 }, (_, index) => keys[index % keys.length]);
    await Promise.all(some.map((key) => ports.use(read.port)[read.method]!([key], newCall())));
    const { mostAtOnce } = await lever.calls();
    return that(
      mostAtOnce === 2,
      "never more than 2 calls side by side under a limit of 2, and 2 where many wait",
      `${mostAtOnce} side by side`,
    );
  });

/** One batch of many keys, of which an adapter without batch call makes many calls. */
const batch = async (subject: Subject): Promise<Finding> =>
  withConnection(subject, patient(subject), async ({ ports }) => {
    const lever = leverOf(subject);
    await lever.forgetCalls();
    await lever.misbehave("slow");
    const { read, keys } = questionOf(subject);
    await ports.use(read.port)[read.method]!(keys.slice(0, 5), newCall());
    const { mostAtOnce } = await lever.calls();
    const words = "a batch that keeps the limit of 2";
    return that(mostAtOnce > 0 && mostAtOnce <= 2, words, `${mostAtOnce} calls side by side`);
  });

/** Until no call is under way any more, a second at most. */
async function nothingUnderWay(lever: Lever): Promise<boolean> {
  for (let time = 0; time < 50; time += 1) {
    if ((await lever.calls()).atOnce === 0) return true;
    await wait(20);
  }
  return false;
}

const deadline = async (subject: Subject): Promise<Finding> =>
  withConnection(subject, short, async (connection) => {
    await leverOf(subject).misbehave("hang");
    const error = await errorOf(connection, questionOf(subject));
    const cut = await nothingUnderWay(leverOf(subject));
    const timeout = error instanceof PortError && error.code === "TIMEOUT";
    return that(
      timeout && cut,
      "TIMEOUT, and no call left open at the ERP",
      timeout ? "TIMEOUT, but a call is still open" : saysError(error),
    );
  });

const givenUp = async (subject: Subject): Promise<Finding> =>
  withConnection(subject, patient(subject), async ({ raw }) => {
    const lever = leverOf(subject);
    const { read, keys } = questionOf(subject);
    await lever.misbehave("hang");
    await lever.forgetCalls();
    const caller = new AbortController();
    const asked = raw.use(read.port)[read.method]!(keys.slice(0, 1), newCall(caller.signal));
    const came = asked.then(() => "an answer", saysError);
    for (let time = 0; time < 50 && (await lever.calls()).atOnce === 0; time += 1) await wait(10);
    caller.abort();
    const said = await Promise.race([came, wait(1_000, "nothing within a second")]);
    const cut = await nothingUnderWay(lever);
    return that(
      said.startsWith("TIMEOUT") && cut,
      "TIMEOUT at once, and no call left open at the ERP",
      cut ? said : `${said}, and a call is still open`,
    );
  });

/** A place that a failed call keeps is missed by all others, for ever. */
const places = async (subject: Subject): Promise<Finding> =>
  withConnection(subject, patient(subject), async (connection) => {
    const lever = leverOf(subject);
    const question = questionOf(subject);
    for (const fault of ["cut-middle", "html"] as const) {
      await lever.misbehave(fault);
      await Promise.all([errorOf(connection, question), errorOf(connection, question)]);
    }
    await lever.behave();
    const error = await errorOf(connection, question);
    return that(
      error === null,
      "an answer after four failures under a limit of 2",
      saysError(error),
    );
  });

/** Equal things asked in one turn may cost one call each, never more than there are keys. */
const economy = async (subject: Subject): Promise<Finding> =>
  withConnection(subject, patient(subject), async ({ ports }) => {
    const lever = leverOf(subject);
    const read = allReads.find(({ name }) => name === "balances.ofContracts")!;
    const { keys } = questionOf(subject);
    if (!ports.served.includes(read.port.name)) throw new Missing("the port balances");
    const some = keys.slice(0, 4);
    await ports.use(read.port)[read.method]!(some, newCall());
    await lever.forgetCalls();
    await ports.use(read.port)[read.method]!(some, newCall());
    const { operations } = await lever.calls();
    return that(
      operations.length <= some.length,
      `at most ${some.length} calls for ${some.length} balances`,
      `${operations.length} calls`,
    );
  });

const common = { level: "MUST", ports: [], kind: "wire" } as const;

export const limitChecks: readonly Check[] = [
  {
    ...common,
    id: "limits/concurrency",
    title: "The landlord's limit of calls side by side is kept, and used",
    hint: "Send every exchange through `io.limit`, signing in as well.",
    run: concurrency,
  },
  {
    ...common,
    id: "limits/batch",
    title: "A batch keeps the limit, too",
    hint: "An adapter that makes many calls of a batch sends each through `io.limit`.",
    run: batch,
  },
  {
    ...common,
    id: "limits/deadline",
    title: "The deadline is kept, and ends the call at the ERP",
    hint: "Hand `call.signal` to the transport.",
    run: deadline,
  },
  {
    ...common,
    id: "limits/given-up",
    title: "A caller that gives up ends the call at the ERP",
    hint: "Hand `call.signal` to the transport, and let nothing else wait for it.",
    run: givenUp,
  },
  {
    ...common,
    id: "limits/places",
    title: "A failed call gives its place back",
    hint: "Settle the job that holds a place in every case.",
    run: places,
  },
  {
    ...common,
    id: "limits/economy",
    level: "SHOULD",
    title: "A balance costs one call at most",
    hint: "Use the batch call where there is one; sign in once, not for each call.",
    run: economy,
  },
];
