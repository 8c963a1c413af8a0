import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { linkToNotice } from "./bench/link.ts";
import { operation } from "./support/client.ts";
import { door, erpOf, signedInAs, startTestDemo, type OddityName } from "./support/demo.ts";
import { answeredHome, expectedHome } from "./support/home.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo();
});
afterAll(() => demo?.stop());

const landlords = ["la-rochelle", "chartres"];
const everybody: OddityName[] = [
  "twoSurnames",
  "accents",
  "particle",
  "birthSurname",
  "cotenantFirst",
  "cotenantSecond",
  "threeContracts",
  "noEmail",
  "ended",
  "debt",
  "zero",
  "empty",
  "everything",
  "single",
  "credit",
  "large",
  "many",
  "upcoming",
];

describe.each(landlords)("F12 the home page at %s, in one request,", (landlord) => {
  test.each(everybody)("equals what the ERP holds for: %s", async (oddity) => {
    const front = await signedInAs(demo, landlord, oddity);
    const { data, errors } = await front(operation("F12-home"));
    expect(errors).toBeUndefined();
    const held = await door(demo, landlord).contractsOf(oddity);
    expect(data.viewer.contracts.nodes).toHaveLength(held.length);
    expect(answeredHome(data)).toEqual(expectedHome(held));
    expect(data.landlord.id).toBe(landlord);
  });

  test("shows the contract number as the landlord prints it", async () => {
    const front = await signedInAs(demo, landlord, "everything");
    const { data } = await front(operation("F12-home"));
    const printed = landlord === "la-rochelle" ? /^L\/\d{7}$/ : /^\d{10}B$/;
    for (const { number } of data.viewer.contracts.nodes) expect(number).toMatch(printed);
  });

  test("C-12 costs the ERP few calls, one after the other at most twice", async () => {
    const front = await signedInAs(demo, landlord, "threeContracts");
    await door(demo, landlord).forgetCalls();
    await front(operation("F12-home"));
    const { calls } = await door(demo, landlord).calls();
    const operations = calls.map((call) => call.operation);
    // Three contracts: what exists in a list form is asked once for all of them.
    expect(operations.length).toBeLessThanOrEqual(2 + 3 * 5);
    expect(new Set(operations).size).toBeLessThanOrEqual(7);
  });
});

test("co-tenants see the same contract under the same id", async () => {
  for (const landlord of landlords) {
    const query = "{ viewer { contracts { nodes { id number } } } }";
    const first = await (await signedInAs(demo, landlord, "cotenantFirst"))(query);
    const second = await (await signedInAs(demo, landlord, "cotenantSecond"))(query);
    expect(second.data).toEqual(first.data);
  }
});

/** What keeps this process alive, by kind: sockets, timers, files, questions under way. */
function held(): Record<string, number> {
  const kinds = Map.groupBy(process.getActiveResourcesInfo(), (kind) => kind);
  return Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]));
}

/** Signs in, reads, downloads, leaves in the middle of another, errs, and signs out. */
async function oneDay(link: () => Promise<string>): Promise<void> {
  const front = await signedInAs(demo, "la-rochelle", "everything");
  await Promise.all([1, 2, 3].map(() => front(operation("F12-home"))));
  await (await fetch(await link())).arrayBuffer();
  const leaving = new AbortController();
  const left = await fetch(await link(), { signal: leaving.signal });
  leaving.abort();
  await left.arrayBuffer().catch(() => {});
  await front("{ nothing }");
  await fetch(`${demo.url}/nowhere`);
  await front(operation("F06-sign-out"));
}

test("J-11 after many days it holds no more sockets, timers or files than after the first", async () => {
  const tenant = demo.accounts.find(({ landlord }) => landlord === "la-rochelle")!;
  const link = await linkToNotice(demo.url, [tenant]);
  await oneDay(link);
  const before = held();
  // What is lost on each of them is more than what comes and goes.
  for (let day = 0; day < 5; day += 1) await oneDay(link);
  const more = () => {
    const now = held();
    return Object.keys(now).filter((kind) => now[kind]! > (before[kind] ?? 0) + 4);
  };
  await expect.poll(more, { timeout: 10_000, interval: 200 }).toEqual([]);
  const calls = await fetch(`${erpOf(demo, "la-rochelle").doorUrl}/calls`);
  expect(await calls.json()).toMatchObject({ atOnce: 0 });
});
