import { expect, test } from "vitest";
import { createPlaces } from "./places.ts";

test("C-11 beyond what may be under way nobody gets a place, until one is given back", () => {
  const take = createPlaces(4);
  const leave = [take("a", 2), take("b", 2)];
  expect(leave).not.toContain(null);
  expect(take("c", 1)).toBe(null);
  leave[0]!();
  leave[0]!();
  expect([take("c", 2), take("d", 1)]).toEqual([expect.any(Function), null]);
});

test("C-15 whoever floods one landlord leaves half of the places to the others", () => {
  const take = createPlaces(100);
  const taken = Array.from({ length: 500 }, () => take("flooded", 1)).filter(Boolean);
  expect(taken).toHaveLength(50);
  expect(Array.from({ length: 50 }, () => take("calm", 1))).not.toContain(null);
});

test("what is heavy takes more room, and never more than there is", () => {
  const take = createPlaces(100);
  expect(take("a", 40)).not.toBe(null);
  expect(take("a", 11)).toBe(null);
  expect(take("a", 10)).not.toBe(null);
});
