import { describe, expect, test } from "vitest";
import { judgeZone, type Dated } from "./zone.ts";

const now = Date.parse("2026-11-20T14:00:00Z");
const zone = { field: "erp.settings.timeZone", zone: "Asia/Tokyo", landlord: "Europe/Paris" };

/** What was read at 14:00 and again a little later, so many hours off; `live`: it goes with the clock. */
function dated(hours: number, live: boolean): Dated {
  const at = (askedAt: number, moment: number) => ({
    askedAt,
    moment: new Date(moment + hours * 3_600_000).toISOString(),
  });
  const later = now + 1100;
  return { what: "balances.asOf", first: at(now, now), again: at(later, live ? later : now) };
}
const judged = (...args: Parameters<typeof dated>) => judgeZone([dated(...args)], zone).at(-1);

describe("moments of the ERP", () => {
  test("in the future are read too far west", () => {
    expect(judged(1, false)).toMatchObject({
      mark: "fault",
      said: "balances.asOf lies 1 h in the future",
      hint: expect.stringMatching(/Set erp\.settings\.timeZone \(now Asia\/Tokyo\).*further east/),
    });
  });

  test("that go with the clock, hours behind, are read too far east", () => {
    expect(judged(-8, true)).toMatchObject({
      mark: "fault",
      said: "balances.asOf lies 8 h behind the clock that it goes with",
      hint: expect.stringMatching(/further west, likely Europe\/Paris/),
    });
  });

  test("of a batch may be hours old", () => {
    expect(judged(-8, false)).toMatchObject({ mark: "ok" });
  });

  test("a minute off are the clocks' own affair", () => {
    expect(judged(1 / 60, true)).toMatchObject({ mark: "ok" });
  });
});

test("a zone that is not the landlord's is worth a question, and no fault", () => {
  expect(judgeZone([], zone)).toMatchObject([{ mark: "warning" }, { mark: "skipped" }]);
  expect(judgeZone([], { ...zone, zone: "Europe/Paris" })).toMatchObject([{ mark: "skipped" }]);
});

test("without a setting for it there is the clock of the ERP's machine", () => {
  const found = judgeZone([dated(2, false)], { ...zone, field: null });
  expect(found.at(-1)?.hint).toContain("clock of the ERP's machine");
});
