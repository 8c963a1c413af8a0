import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { operation } from "./support/client.ts";
import { door, signedInAs, startTestDemo, type OddityName } from "./support/demo.ts";
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
