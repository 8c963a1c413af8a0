import { expect, test } from "vitest";
import { exampleLandlord } from "../../subgraphs/identity/fixtures/landlord.ts";
import { closedUntil, isClosed } from "./closed.ts";

const erp = exampleLandlord().erp;
const closed = (from: string, to: string) =>
  exampleLandlord({ erp: { ...erp, closed: { from, to, reads: "refuse" } } });

test.each([
  ["20:59:59Z", false],
  ["21:00:00Z", true],
  ["23:30:00Z", true],
  ["03:59:59Z", true],
  ["04:00:00Z", false],
])("closed from 22 to 5 in Paris, in winter: at %s %s", (time, expected) => {
  expect(isClosed(closed("22:00", "05:00"), new Date(`2026-11-20T${time}`))).toBe(expected);
});

test.each([
  ["2026-07-01T20:00:00Z", true],
  ["2026-07-01T03:00:00Z", false],
  // The night of 25 October has two times 02:30, that of 29 March none.
  ["2026-10-25T00:30:00Z", true],
  ["2026-10-25T01:30:00Z", true],
  ["2026-03-29T01:00:00Z", true],
])("goes by the clocks of summer: %s %s", (moment, expected) => {
  expect(isClosed(closed("22:00", "05:00"), new Date(moment))).toBe(expected);
});

test("a window within one day", () => {
  const noon = closed("12:00", "12:30");
  expect(isClosed(noon, new Date("2026-11-20T11:15:00Z"))).toBe(true);
  expect(isClosed(noon, new Date("2026-11-20T11:30:00Z"))).toBe(false);
});

test("never closed where the landlord says nothing", () => {
  expect(isClosed(exampleLandlord(), new Date("2026-11-20T23:00:00Z"))).toBe(false);
});

test.each([
  ["2026-11-20T22:30:00Z", "2026-11-21T04:00:00.000Z"],
  // Eight hours by the clock, and seven or nine of real time, in the nights when the clocks change.
  ["2026-10-24T20:10:30Z", "2026-10-25T04:00:00.000Z"],
  ["2026-03-28T21:00:00Z", "2026-03-29T03:00:00.000Z"],
])("closed from 22 to 5 at %s, it opens at %s", (moment, opens) => {
  expect(closedUntil(closed("22:00", "05:00"), new Date(moment))?.toISOString()).toBe(opens);
});

test("when it is open there is no end to tell", () => {
  expect(closedUntil(closed("22:00", "05:00"), new Date("2026-11-20T12:00:00Z"))).toBeNull();
});
