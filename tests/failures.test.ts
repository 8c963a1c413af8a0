import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { operation, type Client } from "./support/client.ts";
import { landlordsWith, neverOpening } from "./support/landlords.ts";
import { door, signedInAs, startTestDemo } from "./support/demo.ts";

/** The deadline in landlords/la-rochelle.yaml, in milliseconds, and room for a slow machine. */
const deadline = 8_000;

let demo: Demo;
let rochelle: Client;
let chartres: Client;
beforeAll(async () => {
  // One failure after the other would have the ERP left alone: `guard.test.ts` is about that.
  const patient = await landlordsWith({ breaker: neverOpening });
  demo = await startTestDemo({ environment: { TROUSSEAU_LANDLORDS: patient } });
  rochelle = await signedInAs(demo, "la-rochelle", "everything");
  chartres = await signedInAs(demo, "chartres", "everything");
});
afterAll(() => demo?.stop());
afterEach(() => door(demo, "la-rochelle").calm());

const failures: [what: string, fault: object, code: string][] = [
  ["is stopped", { kind: "refuse" }, "UNAVAILABLE"],
  ["hangs", { kind: "hang" }, "TIMEOUT"],
  ["answers HTML", { kind: "html" }, "BAD_RESPONSE"],
  ["is closed for the night", { kind: "closed" }, "UNAVAILABLE"],
  ["answers garbage", { kind: "garbage" }, "BAD_RESPONSE"],
  ["answers nothing", { kind: "empty" }, "BAD_RESPONSE"],
  ["answers with a technical fault", { kind: "fault" }, "UNAVAILABLE"],
  ["cuts the connection", { kind: "cut-middle" }, "UNAVAILABLE|BAD_RESPONSE"],
];

describe.each(failures)("when the ERP of La Rochelle %s", (_what, fault, code) => {
  test(
    "its home page keeps what does not need the ERP, and Chartres is as before",
    { timeout: 30_000 },
    async () => {
      const before = await chartres(operation("F12-home"));
      await door(demo, "la-rochelle").fault(fault);
      const started = Date.now();
      const [sick, well] = await Promise.all([
        rochelle(operation("F12-home")),
        chartres(operation("F12-home")),
      ]);
      expect(Date.now() - started).toBeLessThan(deadline + 4_000);

      expect(well.errors).toBeUndefined();
      expect(well.data).toEqual(before.data);

      expect(sick.status).toBe(200);
      expect(sick.data.landlord).toMatchObject({
        id: "la-rochelle",
        contacts: [expect.anything()],
      });
      expect(sick.data.viewer.email).toContain("@");
      expect(sick.data.viewer).toMatchObject({ person: null, contracts: null });
      const places = sick.errors!.map((error) => error.path!.join(".")).toSorted();
      expect(places).toEqual(["viewer.contracts", "viewer.person"]);
      for (const { extensions } of sick.errors!) {
        expect(extensions.code).toMatch(new RegExp(`^(${code})$`));
        expect(extensions).toMatchObject({ retryable: true, landlord: "la-rochelle" });
      }
      expect(JSON.stringify(sick.errors)).not.toMatch(/<html|stack|Trace|SQL|pavois|127\.0\.0\.1/i);
    },
  );
});

test("I-06 when only one operation of the ERP fails, only its fields are null", async () => {
  await door(demo, "la-rochelle").fault({ kind: "fault", operation: "LireSoldes" });
  const { data, errors } = await rochelle(operation("F12-home"));
  const [contract] = data.viewer.contracts.nodes;
  expect(contract.balance).toBeNull();
  expect(contract.number).toMatch(/^L\//);
  expect(contract.insurance).not.toBeNull();
  expect(contract.rentNotices.nodes).toHaveLength(1);
  expect(errors!.map((error) => error.path!.at(-1))).toEqual(["balance"]);
});

test("after a failure the ERP is served again", async () => {
  await door(demo, "la-rochelle").fault({ kind: "refuse" });
  await rochelle(operation("F12-home"));
  await door(demo, "la-rochelle").calm();
  const { errors } = await rochelle(operation("F12-home"));
  expect(errors).toBeUndefined();
});

test.each(["la-rochelle", "chartres"])(
  "C-10 at %s the ERP is asked no further once the client has left",
  async (landlord) => {
    const { token } = await signedInAs(demo, landlord, "threeContracts");
    const { fault, calm, calls, forgetCalls } = door(demo, landlord);
    await forgetCalls();
    await fault({ kind: "hang" });
    try {
      const client = new AbortController();
      const asked = fetch(`${demo.url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-landlord": landlord,
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ query: operation("F12-home") }),
        signal: client.signal,
      });
      const left = expect(asked).rejects.toThrow("aborted");
      await expect.poll(async () => (await calls()).atOnce, { timeout: 4_000 }).toBeGreaterThan(0);
      client.abort();
      await left;
      await expect.poll(async () => (await calls()).atOnce, { timeout: 1_000 }).toBe(0);
      const { total } = await calls();
      await new Promise((resolve) => setTimeout(resolve, 500));
      const later = await calls();
      expect(later).toMatchObject({ atOnce: 0, total });
      expect(new Set(later.calls.map(({ ended }) => ended))).toEqual(
        new Set(["aborted by client"]),
      );
    } finally {
      await calm();
    }
  },
);
