/** The house is lost, and comes back from last night's back-up: nothing is doubled, and all that is lost is told. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../cli/testing/terminal.ts";
import { run, type Running } from "../gateway/run.ts";
import { demoEnvironment, type Demo } from "../mocks/demo/start.ts";
import { asked, changeAt } from "./support/changes.ts";
import { begunPayment, isBooked, paymentOnce, payOnPage } from "./support/checkout.ts";
import type { Client } from "./support/client.ts";
import { door, everyOddity, signedInAs, startTestDemo } from "./support/demo.ts";

interface Entry {
  receipt: string;
  kind: string;
  verdict: string;
  persons: string[] | null;
  toDo: string | null;
}

interface Before {
  readonly front: Client;
  /** Open when the back-up was made, and ended since. */
  readonly change: string;
  /** Its receipt. */
  readonly waiting: string;
  readonly payment: string;
  /** Acknowledged since. */
  readonly lost: string;
}

// One whose ERP books as often as it is told to, one whose provider signs its news.
const landlords = ["aubervilliers", "chartres"];
const before: Record<string, Before> = {};

let folder: string;
let kept: Record<string, string>;
let demo: Demo;
let next: Running | undefined;
let environment: Record<string, string | undefined>;
let missing: Entry[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-restore-"));
  kept = {
    TROUSSEAU_STORE: `sqlite:${join(folder, "store.sqlite")}`,
    TROUSSEAU_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_ID_SECRET: randomBytes(32).toString("base64"),
    TROUSSEAU_ERASURES: join(folder, "erasures"),
    TROUSSEAU_LOG_LEVEL: "info",
  };
  const lines: string[] = [];
  demo = await startTestDemo({
    environment: kept,
    logTo: { write: (line) => void lines.push(line) },
  });
  const { port } = new URL(demo.url);
  environment = { ...demoEnvironment(Number(port), demo.mocks, folder), ...kept };

  const open = await Promise.all(landlords.map(beginBefore));
  expect(await command("backup", join(folder, "backup"))).toMatchObject({ code: 0, err: "" });
  await Promise.all(landlords.map((landlord, index) => goOn(landlord, open[index]!)));
  await demo.gateway.stop();
  await writeFile(join(folder, "log"), lines.join(""));

  kept["TROUSSEAU_STORE"] = `sqlite:${join(folder, "another-host/store.sqlite")}`;
  environment = { ...environment, ...kept, TROUSSEAU_LOG_LEVEL: "silent" };
  const restored = await command("restore", join(folder, "backup"), "--no-erasures");
  expect(restored).toMatchObject({ code: 0, err: "" });
  next = await run(environment);
  for (const landlord of landlords) await settledBySelf(landlord);
  const [, since] = /--since (\S+) /.exec(restored.out)!;
  const told = await command("missing", "--since", since!, "--log", join(folder, "log"), "--json");
  missing = JSON.parse(told.out) as Entry[];
});
afterAll(async () => {
  await next?.stop();
  await demo?.mocks.close();
  await rm(folder, { recursive: true, force: true });
});

const command = (...given: string[]) => runCommand(["store", ...given], { environment });

/** Until nothing that the back-up brought back is under way any more. */
async function settledBySelf(landlord: string): Promise<void> {
  const front = await signedInAs(demo, landlord, "threeContracts");
  // Both ERPs only show what stands: somebody has to say what became of it.
  await changeAt(front, before[landlord]!.change, "NEEDS_ATTENTION");
  await paymentOnce(front, before[landlord]!.payment, isBooked);
}

type Open = Omit<Before, "lost"> & { readonly page: Parameters<typeof payOnPage>[0] };

/** A change that the ERP does not take yet, and a payment of which the page is open. */
async function beginBefore(landlord: string): Promise<Open> {
  const front = await signedInAs(demo, landlord, "threeContracts");
  const payment = await begunPayment(front, {
    contractId: await contractOf(front),
    amount: "64.28",
  });
  const person = await personOf(front);
  await door(demo, landlord).fault({ kind: "refuse" });
  const { id, receipt } = await move(front, person, "1 rue du Port");
  return { front, change: id, waiting: receipt, payment: payment.id, page: payment };
}

async function contractOf(front: Client): Promise<string> {
  const { data } = await front("{ viewer { contracts { nodes { id } } } }");
  return data.viewer.contracts.nodes[0].id;
}

const personOf = async (front: Client): Promise<string> =>
  (await front("{ viewer { person { id } } }")).data.viewer.person.id;

function move(front: Client, personId: string, street: string) {
  const address = { lines: [street], postalCode: "17000", city: "La Rochelle" };
  return asked(front, "F14-change-personal-data", { personId, address });
}

/** The day after: all of it is applied, paid and booked, and more is asked for. */
async function goOn(landlord: string, { page, ...open }: Open): Promise<void> {
  const { front, change, payment } = open;
  await door(demo, landlord).calm();
  await changeAt(front, change, "APPLIED");
  await payOnPage(page, "payer");
  await paymentOnce(front, payment, isBooked);
  const later = await begunPayment(front, { contractId: await contractOf(front), amount: "31.07" });
  await payOnPage(later, "payer");
  await paymentOnce(front, later.id, isBooked);
  const { id, receipt } = await move(front, await personOf(front), "2 rue du Port");
  await changeAt(front, id, "APPLIED");
  before[landlord] = { ...open, lost: receipt };
}

describe.each(landlords)("J-10 at %s, after the back-up was restored", (landlord) => {
  test("people sign in again and are served, and who was signed in is not", async () => {
    expect((await before[landlord]!.front("{ viewer { id } }")).status).toBe(401);
    const front = await signedInAs(demo, landlord, "threeContracts");
    expect(await contractOf(front)).toBeTruthy();
  });

  test("what was open and paid since is found paid and booked, and is not booked twice", async () => {
    const held = await door(demo, landlord).contractsOf("threeContracts");
    const cents = held.flatMap(({ payments }) => payments.map((one) => one.cents));
    expect(cents.filter((each) => each === 6428)).toHaveLength(1);
    expect(cents.filter((each) => each === 3107)).toHaveLength(1);
  });

  test("what was open and applied since is not written over what came after it", async () => {
    const { address } = await door(demo, landlord).personWith(everyOddity.threeContracts);
    expect(address.lines.join().toLowerCase()).toContain("2 rue du port");
  });

  test("what was acknowledged since and is lost is listed, with what is to be done", async () => {
    const { lost } = before[landlord]!;
    const entry = missing.find(({ receipt }) => receipt === lost)!;
    expect(entry).toMatchObject({ kind: "PERSONAL_DATA", verdict: "APPLIED", toDo: null });
    expect(entry.persons).toHaveLength(1);
    const waiting = missing.find(({ receipt }) => receipt === before[landlord]!.waiting)!;
    expect(waiting).toMatchObject({
      verdict: "APPLIED",
      toDo: expect.stringContaining("settle it"),
    });
  });
});

test("J-10 a payment of which only the log and the provider know is listed as paid and booked", () => {
  const paid = missing.filter(({ kind }) => kind === "PAYMENT");
  expect(paid).toMatchObject(landlords.map(() => ({ verdict: "PAID", toDo: null })));
  expect(missing).toHaveLength(3 * landlords.length);
});
