import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTimeZone, momentOnWall } from "./wall-clock.ts";

const paris = "Europe/Paris";

describe("a time of the clock on the wall", () => {
  test.each([
    ["2026-11-20T08:15:00", "2026-11-20T08:15:00+01:00"],
    ["2026-07-14T00:00:00", "2026-07-14T00:00:00+02:00"],
    ["2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"],
    ["2026-03-29T03:00:00", "2026-03-29T03:00:00+02:00"],
    ["2026-10-25T01:59:59", "2026-10-25T01:59:59+02:00"],
    ["2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"],
  ])("%s is %s in Paris", (wall, moment) => {
    expect(momentOnWall(wall, paris)).toBe(moment);
  });

  test("that March skips is read with the offset of the hour before", () => {
    expect(momentOnWall("2026-03-29T02:30:00", paris)).toBe("2026-03-29T03:30:00+02:00");
  });

  test("that October repeats is the first one, unless it may not lie so early", () => {
    const wall = "2026-10-25T02:30:00";
    expect(momentOnWall(wall, paris)).toBe("2026-10-25T02:30:00+02:00");
    expect(momentOnWall(wall, paris, "2026-10-25T02:45:00+02:00")).toBe(
      "2026-10-25T02:30:00+01:00",
    );
    expect(momentOnWall(wall, paris, "2027-01-01T00:00:00Z")).toBe("2026-10-25T02:30:00+02:00");
  });

  test("is the instant at which that clock shows it, on both sides of every change", () => {
    const clock = new Intl.DateTimeFormat("sv-SE", {
      timeZone: paris,
      dateStyle: "short",
      timeStyle: "medium",
    });
    const changes = [2025, 2026, 2027].flatMap((year) => [
      Date.parse(`${year}-03-25T00:00:00Z`),
      Date.parse(`${year}-10-24T00:00:00Z`),
    ]);
    const instants = fc
      .tuple(fc.constantFrom(...changes), fc.nat(8 * 86_400))
      .map(([start, seconds]) => start + seconds * 1000);
    fc.assert(
      fc.property(instants, (instant) => {
        const wall = clock.format(instant).replace(" ", "T");
        const read = momentOnWall(wall, paris, new Date(instant).toISOString());
        expect(Date.parse(read)).toBe(instant);
        expect(read.slice(0, 19)).toBe(wall);
      }),
    );
  });

  test.each([
    "2026-02-31T08:00:00",
    "2026-11-20",
    "2026-11-20T08:15:00Z",
    "2026-11-20T24:00:00",
    "",
    "hier",
  ])("is not %j", (wall) => {
    expect(() => momentOnWall(wall, paris)).toThrow(
      expect.objectContaining({ code: "BAD_RESPONSE" }),
    );
  });
});

test("a time zone is one that the platform knows", () => {
  expect([paris, "America/Cayenne", "Paris", ""].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
