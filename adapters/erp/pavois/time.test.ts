import { describe, expect, it } from "vitest";
import { momentOf } from "./time.ts";

const paris = (wall: string, notBefore?: string) => momentOf(wall, "Europe/Paris", notBefore);

describe("A time on the wall in Paris", () => {
  it.each([
    ["in winter", "2026-11-20T08:15:00", "2026-11-20T08:15:00+01:00"],
    ["in summer", "2026-07-14T23:59:59", "2026-07-14T23:59:59+02:00"],
    ["with a fraction", "2026-11-20T08:15:00.123", "2026-11-20T08:15:00+01:00"],
    ["just before summer time", "2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"],
    ["in the hour that March skips", "2026-03-29T02:30:00", "2026-03-29T03:30:00+02:00"],
    ["just after summer time began", "2026-03-29T03:00:00", "2026-03-29T03:00:00+02:00"],
    ["just before the hour that comes twice", "2026-10-25T01:59:59", "2026-10-25T01:59:59+02:00"],
    ["in the hour that comes twice", "2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00"],
    ["just after the hour that comes twice", "2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"],
    ["with a zone all the same", "2026-11-20T08:15:00Z", "2026-11-20T08:15:00Z"],
    ["with an offset all the same", "2026-11-20T08:15:00-04:00", "2026-11-20T08:15:00-04:00"],
  ])("%s", (_, wall, moment) => {
    expect(paris(wall)).toBe(moment);
  });

  it("is the second of October's two hours when it must come after something", () => {
    const before = paris("2026-10-25T02:50:00");
    expect(paris("2026-10-25T02:10:00", before)).toBe("2026-10-25T02:10:00+01:00");
    expect(paris("2026-10-25T02:55:00", before)).toBe("2026-10-25T02:55:00+02:00");
  });

  it.each(["2026-02-31T10:00:00", "2026-11-20", "2026-11-20T24:30:00", "20/11/2026 08:15", ""])(
    "%s is none",
    (wall) => {
      expect(() => paris(wall)).toThrow(expect.objectContaining({ code: "BAD_RESPONSE" }));
    },
  );

  it("follows the zone that the settings name", () => {
    expect(momentOf("2026-11-20T08:15:00", "America/Guadeloupe")).toBe("2026-11-20T08:15:00-04:00");
    expect(momentOf("2026-11-20T08:15:00", "Asia/Kolkata")).toBe("2026-11-20T08:15:00+05:30");
    expect(momentOf("2026-11-20T08:15:00", "UTC")).toBe("2026-11-20T08:15:00+00:00");
  });
});
