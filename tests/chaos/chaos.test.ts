/**
 * A short chaos in one process: that it passes, and that it does not where a trouble spreads. Times
 * are left to `npm run chaos`: here they would tell of the machine only.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../../mocks/demo/start.ts";
import { makeAskers } from "../ordeal/askers.ts";
import { hastyLandlords } from "../ordeal/landlord-files.ts";
import { calm, setFaults } from "../ordeal/trouble.ts";
import { startTestDemo } from "../support/demo.ts";
import { askersFor, haste, makePlaces, warmUp } from "./chaos.ts";
import { judge, type Promises } from "./judge.ts";
import { calmPhase, visit, type Place } from "./visit.ts";

const landlords = ["la-rochelle", "chartres"];
const only = ["faulting"] as const;
const pace = { perSecond: 30, turns: 8 };
/** Far more than even a busy machine takes. */
const mostMs = 20_000;
const promises: Promises = {
  others: { ratio: 1_000, ms: 60_000 },
  sickMs: 60_000,
  leastSamples: 1,
  // So many second tries may have been saved up for so short a phase.
  calls: { ratio: 1.2, more: 10 },
};

const order = { trouble: "faulting", mostMs } as const;
const patient = { ...haste, deadlineMs: mostMs };

let folder: string;
let demo: Demo;
let places: Place[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-chaos-test-"));
  const files = await hastyLandlords(join(folder, "landlords"), patient, landlords);
  demo = await startTestDemo({ environment: { TROUSSEAU_LANDLORDS: files } });
  const doors = demo.mocks.erps.filter(({ landlord }) => landlords.includes(landlord));
  const askers = await makeAskers(demo.gateway.house.store, doors, askersFor(2, only));
  places = await makePlaces({ url: demo.url, doors, askers, only });
  await warmUp(places);
});
afterAll(async () => {
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("I-03 I-05 an ERP that fails costs the others nothing, and is asked no more than in calm", async () => {
  const before = await calmPhase(places, pace);
  const [place] = places as [Place, Place];
  const { broken, troubles } = judge(
    [await visit(places, pace, { ...order, place, before })],
    promises,
  );
  expect(broken).toEqual([]);
  const { outcomes } = troubles[0]!.sick;
  expect(outcomes.KEPT).toBeGreaterThan(0);
  expect(outcomes.TOLD).toBeGreaterThan(0);
});

test("a trouble that spreads to another landlord is found", async () => {
  const before = await calmPhase(places, pace);
  const [other, place] = places as [Place, Place];
  await setFaults(other.doorUrl, [{ kind: "fault" }]);
  const spreading = visit(places, pace, { ...order, place, before });
  const { broken } = judge([await spreading.finally(() => calm(other.doorUrl))], promises);
  expect(broken.join("\n")).toMatch(/answers to the others were not as the ERP says it now/);
});
