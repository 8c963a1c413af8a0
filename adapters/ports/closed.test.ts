import { expect, test } from "vitest";
import { exampleLandlord } from "../../subgraphs/identity/fixtures/landlord.ts";
import { closedUntil, isClosed } from "./closed.ts";

const erp = exampleLandlord().erp;
const closed = (from: string, to: string) =>
  exampleLandlord({ erp: { ...erp, closed: { from, to } } });

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
