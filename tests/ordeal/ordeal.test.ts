/**
 * A short ordeal in one process, without kills: that it passes, and that it does not where what
 * keeps changes from being applied twice is taken out.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Changes } from "../../adapters/ports/changes.ts";
import type { Port, Ports } from "../../adapters/ports/port.ts";
import type { Demo } from "../../mocks/demo/start.ts";
import { startTestDemo } from "../support/demo.ts";
import { makeAskers } from "./askers.ts";
import { drive, type Ground, type Plan } from "./drive.ts";
import { failed } from "./judge.ts";
import { hastyLandlords } from "./landlord-files.ts";

/** One whose adapter finds changes by our own ids, one whose adapter compares. */
const landlords = ["la-rochelle", "aubervilliers"];
const haste = { deadlineMs: 800, settleMs: 100 };

let folder: string;
let demo: Demo;
let ground: Ground;
/** Whether look-ups find nothing, whatever is there. */
let blind = false;
/** What the ERP said was done while nobody could look. */
const done = new Set<string>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-ordeal-test-"));
  const files = await hastyLandlords(join(folder, "landlords"), haste, landlords);
  demo = await startTestDemo({ environment: { TROUSSEAU_LANDLORDS: files } });
  for (const { ports } of demo.gateway.house.landlords) makeBlindable(ports);
  const doors = demo.mocks.erps.filter(({ landlord }) => landlords.includes(landlord));
  const { payfip } = demo.mocks.providers;
  ground = {
    urls: [demo.url],
    doors,
    askers: await makeAskers(demo.gateway.house.store, doors, 5),
    providers: [{ doorUrl: payfip.doorUrl, again: "notify" }],
  };
});
afterAll(async () => {
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});

function makeBlindable(ports: Ports): void {
  const use = ports.use.bind(ports);
  const blindable = <I>(port: Port<I>): I => {
    const found = use(port);
    return blind && "submit" in port.methods ? (blinded(found as Changes<unknown>) as I) : found;
  };
  Object.assign(ports, { use: blindable });
}

/** What the ERP has just said is done is shown all the same: nobody waits for it until a person looks. */
function blinded(found: Changes<unknown>): Changes<unknown> {
  return {
    ...found,
    submit: async (submission, call) => {
      const outcome = await found.submit(submission, call);
      if (outcome.state === "APPLIED") done.add(submission.operationId);
      return outcome;
    },
    lookUp: async (submission, call) =>
      done.has(submission.operationId) ? found.lookUp(submission, call) : { state: "ABSENT" },
  };
}

const plan: Plan = {
  ...haste,
  seed: 7,
  writes: 60,
  stormMs: 2_500,
  calmMs: 20_000,
  troubleEveryMs: 200,
};

describe("in a short ordeal", { timeout: 60_000 }, () => {
  it("J-01 J-02 what was acknowledged is applied once, and in order", async () => {
    const outcome = await drive(ground, plan);
    expect(outcome.total.acknowledged).toBeGreaterThan(5);
    expect(outcome.total.applied).toBeGreaterThan(5);
    expect(Object.keys(outcome.troubles).length).toBeGreaterThan(3);
    expect(outcome.strange).toEqual([]);
    expect(outcome.total).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0, untrue: 0 });
    expect(failed(outcome)).toBe(false);
  });

  it("something is doubled where nobody looks before sending again", async () => {
    blind = true;
    const outcome = await drive(ground, plan).finally(() => void (blind = false));
    expect(outcome.total.doubled).toBeGreaterThan(0);
    expect(failed(outcome)).toBe(true);
  });

  it("something is doubled where clients take a new key to repeat a request", async () => {
    const outcome = await drive(ground, { ...plan, newKeyAtEachTry: true });
    expect(outcome.total.doubled).toBeGreaterThan(0);
    expect(failed(outcome)).toBe(true);
  });
});
