import { array, assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { newestFirst } from "./pages.ts";

describe("A list that is oldest first", () => {
  it("is turned round, what has the same day too", () => {
    const days = array(integer({ min: 10, max: 14 }), { maxLength: 20 });
    assert(
      property(days, (numbers) => {
        const list = numbers
          .toSorted((a, b) => a - b)
          .map((day, i) => ({ day: `2026-11-${day}`, i }));
        expect(newestFirst(list, ({ day }) => day)).toEqual(list.toReversed());
      }),
    );
  });

  it("is put in order when it is not", () => {
    const list = ["2026-11-02", "2026-10-31", "2026-11-01"];
    expect(newestFirst(list, String)).toEqual(["2026-11-02", "2026-11-01", "2026-10-31"]);
  });
});
