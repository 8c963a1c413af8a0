/** What the gateway answers is what the resolvers say, whatever plan lies in between. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../../mocks/demo/start.ts";
import { startTestDemo } from "../support/demo.ts";
import { chances, compare, equal, pickFrom } from "./compare.ts";
import { openSides, type Sides, type Told } from "./sides.ts";

// The same queries each time: `npm run invariants` asks others.
const seed = 13;

let demo: Demo;
let sides: Sides;
beforeAll(async () => {
  demo = await startTestDemo();
  sides = await openSides(demo);
});
afterAll(async () => {
  await sides?.stop();
  await demo?.stop();
});

/** How many were answered, and how many of them without errors. */
async function ask(numRuns: number, fits: boolean) {
  const count = { all: 0, withoutErrors: 0, refused: 0 };
  const answersAlike = fc.asyncProperty(chances, async (numbers) => {
    const pick = pickFrom(numbers);
    const asked = fits ? sides.make(pick) : sides.spoilt(pick);
    const { deviation, errors, refused } = await compare(sides, asked, fits);
    count.all += 1;
    if (refused) count.refused += 1;
    else if (errors === 0) count.withoutErrors += 1;
    if (deviation !== null) throw new Error(deviation);
  });
  await fc.assert(answersAlike, { numRuns, seed });
  return count;
}

test("C-13 a thousand random queries have the answers of one merged schema", async () => {
  const { all, withoutErrors, refused } = await ask(1_000, true);
  expect({ all, refused }).toEqual({ all: 1_000, refused: 0 });
  // Neither way is only asked for what fails, or only for what works.
  expect(withoutErrors).toBeGreaterThan(300);
  expect(withoutErrors).toBeLessThan(900);
}, 120_000);

test("C-13 what breaks a rule of GraphQL is refused by both", async () => {
  const { all, refused } = await ask(250, false);
  expect(refused).toBe(all);
}, 120_000);

test("C-13 answers are told apart by data, by code and by path", () => {
  const told = (data: unknown, ...errors: Told["errors"]): Told => ({
    refused: false,
    data,
    errors,
  });
  const data = { a: null, b: { c: null } };
  const [first, second] = [
    { code: "NOT_FOUND", path: ["a"] },
    { code: "TIMEOUT", path: ["b", "c"] },
  ];
  const one = told(data, first, second);
  expect(equal(one, told(data, second, first))).toBe(true);
  expect(equal(one, told({ ...data, a: 1 }, first, second))).toBe(false);
  expect(equal(one, told(data, first))).toBe(false);
  expect(equal(one, told(data, first, { ...second, code: "BUSY" }))).toBe(false);
  expect(equal(one, { ...one, refused: true })).toBe(false);
});

test("C-13 of the errors by which one object is null, one in common will do", () => {
  const at = (...path: string[]) => ({ code: "TIMEOUT", path });
  const told = (...errors: Told["errors"]): Told => ({ refused: false, data: { a: null }, errors });
  expect(equal(told(at("a", "b"), at("a", "c")), told(at("a", "b")))).toBe(true);
  expect(equal(told(at("a", "b")), told(at("a", "c")))).toBe(false);
  expect(equal(told(at("a", "b")), told())).toBe(false);
});

/** Once one of these fails the planner has been mended: `queries.ts` may make such queries again. */
async function bothAnswers(text: string) {
  const asked = { ...sides.make(() => 0), text, variables: { no: false } };
  return { merged: await sides.merged(asked), gateway: await sides.gateway(asked) };
}

test("C-13 known of the planner: an object all of whose fields are left out is missing", async () => {
  const { merged, gateway } = await bothAnswers(
    "query ($no: Boolean!) { landlord @skip(if: $no) { id @include(if: $no) } }",
  );
  expect(merged.data).toEqual({ landlord: {} });
  expect(gateway.data).toBeNull();
});

test("C-13 known of the planner: under a condition by a variable, what is literally left out is asked for", async () => {
  const { merged, gateway } = await bothAnswers(
    `query ($no: Boolean!) {
      ... @skip(if: $no) { __typename support @skip(if: true) { changesNeedingAttention } }
    }`,
  );
  expect(merged).toMatchObject({ data: { __typename: "Query" }, errors: [] });
  expect(gateway.data).toEqual(merged.data);
  expect(gateway.errors).toEqual([{ code: "FORBIDDEN", path: ["support"] }]);
});
