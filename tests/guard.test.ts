/** What a portal sees of an ERP that is away: over real HTTP, from the gateway's answer. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { operation } from "./support/client.ts";
import { door, signedInAs, startTestDemo } from "./support/demo.ts";
import { answeredHome } from "./support/home.ts";
import { landlordsWith } from "./support/landlords.ts";

const minutes = 60_000;
const pauseMs = 300;

/** `22:05` in Paris. */
const inParis = (at: number) =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/Paris",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);

let demo: Demo;
let shift = 0;
let closesAt: string;
let opensAt: string;
beforeAll(async () => {
  const start = Date.now();
  closesAt = inParis(start + 60 * minutes);
  opensAt = inParis(start + 120 * minutes);
  const folder = await landlordsWith({
    closed: { from: closesAt, to: opensAt },
    breaker: { leastCalls: 8, pauseMs, longestPauseMs: pauseMs },
  });
  demo = await startTestDemo({
    environment: { TROUSSEAU_LANDLORDS: folder },
    now: () => new Date(Date.now() + shift),
  });
});
afterAll(() => demo?.stop());

const balanceField = `{ viewer { contracts(first: 1) { freshness nodes { balance { freshness readAt } } } } }`;

test.each(["la-rochelle", "chartres"])(
  "I-01 at %s a home page that was shown before is shown again while the ERP refuses, and says of when",
  async (landlord) => {
    const front = await signedInAs(demo, landlord, "everything");
    const live = await front(operation("F12-home"));
    expect(live.errors).toBeUndefined();
    expect(live.extensions?.["freshness"]).toBeUndefined();
    expect(live.data.viewer.contracts).toMatchObject({ freshness: "LIVE", readAt: null });
    await door(demo, landlord).fault({ kind: "refuse" });
    const stale = await front(operation("F12-home"));
    await door(demo, landlord).calm();
    expect(stale.errors).toBeUndefined();
    expect(answeredHome(stale.data)).toEqual(answeredHome(live.data));
    expect(stale.data.viewer.contracts.freshness).toBe("STALE");
    const [{ balance }] = stale.data.viewer.contracts.nodes;
    expect(balance.freshness).toBe("STALE");
    expect(Date.parse(balance.readAt)).toBeLessThan(Date.now());
    const told = stale.extensions!["freshness"] as { data: string; freshness: string }[];
    expect(told.map(({ data }) => data)).toEqual(
      expect.arrayContaining(["PERSONS", "CONTRACTS", "BALANCES"]),
    );
    expect(new Set(told.map(({ freshness }) => freshness))).toEqual(new Set(["STALE"]));
  },
);

test("I-01 nobody sees what was kept for another account, be it of the same contract", async () => {
  const first = await signedInAs(demo, "chartres", "cotenantFirst");
  const second = await signedInAs(demo, "chartres", "cotenantSecond");
  expect((await first(balanceField)).errors).toBeUndefined();
  await door(demo, "chartres").fault({ kind: "refuse" });
  const kept = await first(balanceField);
  const other = await second(balanceField);
  await door(demo, "chartres").calm();
  expect(kept.data.viewer.contracts.freshness).toBe("STALE");
  expect(other.data.viewer.contracts).toBeNull();
  expect(other.errors![0]!.extensions.code).toBe("UNAVAILABLE");
});

test("B-10 where the ERP cannot tell whose a contract is, nothing is shown of it that was not shown before", async () => {
  const front = await signedInAs(demo, "la-rochelle", "threeContracts");
  const { fault, calm, calls, forgetCalls } = door(demo, "la-rochelle");
  expect((await front(balanceField)).errors).toBeUndefined();
  await forgetCalls();
  await fault({ kind: "fault", operation: "ListerContrats" });
  const asked = "contracts(first: 1) { nodes { balance { freshness } insurance { insurer } } }";
  const { data, errors } = await front(`{ viewer { person { freshness } ${asked} } }`);
  await calm();
  const [contract] = data.viewer.contracts.nodes;
  expect(contract).toEqual({ balance: { freshness: "STALE" }, insurance: null });
  expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["UNAVAILABLE"]);
  expect(data.viewer.person.freshness).toBe("LIVE");
  const operations = new Set((await calls()).calls.map(({ operation }) => operation));
  expect(operations).toEqual(new Set(["ListerContrats", "LireLocataires"]));
});

test("I-04 an ERP that fails is left alone, the others are served, and it is served again by itself", async () => {
  const front = await signedInAs(demo, "ivry", "everything");
  const well = await signedInAs(demo, "la-rochelle", "everything");
  const { fault, calm, calls, forgetCalls } = door(demo, "ivry");
  const ask = () => front(`{ viewer { person { surname } contracts { nodes { id } } } }`);
  await fault({ kind: "cut-before" });
  for (let i = 0; i < 6; i += 1) await ask();
  await forgetCalls();
  const { errors } = await ask();
  expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["UNAVAILABLE", "UNAVAILABLE"]);
  expect(Date.parse(errors![0]!.extensions.retryAt!)).toBeGreaterThan(0);
  expect((await calls()).total).toBeLessThanOrEqual(1);
  expect((await well(operation("F12-home"))).errors).toBeUndefined();
  await calm();
  await expect.poll(async () => (await ask()).errors, { timeout: 10_000 }).toBeUndefined();
});

test("in its closed hours an ERP is not asked: what was read is shown, the rest says until when", async () => {
  const before = await signedInAs(demo, "la-rochelle", "everything");
  expect((await before(balanceField)).errors).toBeUndefined();
  shift = 90 * minutes;
  const { calls, forgetCalls } = door(demo, "la-rochelle");
  const [front, stranger] = [
    await signedInAs(demo, "la-rochelle", "everything"),
    await signedInAs(demo, "la-rochelle", "debt"),
  ];
  await forgetCalls();
  const shown = await front(balanceField);
  const refused = await stranger(balanceField);
  shift = 0;
  expect(shown.errors).toBeUndefined();
  expect(shown.data.viewer.contracts.nodes[0].balance.freshness).toBe("STALE");
  expect(refused.errors![0]!.message).toContain(`jusqu'à ${opensAt}`);
  expect(refused.errors![0]!.extensions.retryAt).toBeDefined();
  expect((await calls()).total).toBe(0);
});
