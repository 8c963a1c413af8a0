import { describe, expect, it } from "vitest";
import type { DriftFinding } from "./erp-drifts.ts";
import { day, describeStores, hour, minute } from "./testing/stores.ts";

const times = { leaseMs: 10 * minute, firstAfterMs: 5 * minute };
const same: DriftFinding = { obstacle: null, differences: [], further: 0 };
const away: DriftFinding = {
  obstacle: { kind: "UNREACHABLE", because: "the ERP answered 503" },
  differences: [],
  further: 0,
};

describe("drifts of ERPs", () => {
  describeStores((bench) => {
    const later = (ms: number) => new Date(bench().now().getTime() + ms);

    it("are looked for by one process, a while after the first asked", async () => {
      const stores = [bench().store, await bench().another()];
      const claims = () =>
        Promise.all(stores.map((store) => store.erpDrifts.claim("cedre", "v1", times)));
      expect(await claims()).toEqual([false, false]);
      bench().advance(5 * minute);
      expect((await claims()).toSorted()).toEqual([false, true]);
      bench().advance(9 * minute);
      expect(await claims()).toEqual([false, false]);
      // Whoever looked has gone without a word.
      bench().advance(minute);
      expect((await claims()).toSorted()).toEqual([false, true]);
    });

    it("are looked for again when what is compared is another", async () => {
      const { erpDrifts } = bench().store;
      await erpDrifts.keep("cedre", "v1", same, later(day));
      expect(await erpDrifts.claim("cedre", "v1", times)).toBe(false);
      bench().advance(6 * minute);
      expect(await erpDrifts.claim("cedre", "v1", times)).toBe(false);
      expect(await erpDrifts.claim("cedre", "v2", times)).toBe(false);
      bench().advance(5 * minute);
      expect(await erpDrifts.claim("cedre", "v2", times)).toBe(true);
    });

    it("are kept for everybody, with since when they are so", async () => {
      const { erpDrifts } = bench().store;
      expect(await erpDrifts.of("cedre")).toBeNull();
      await erpDrifts.claim("cedre", "v1", times);
      expect(await erpDrifts.of("cedre")).toBeNull();
      const start = bench().now();
      expect(await erpDrifts.keep("cedre", "v1", same, later(day))).toBe(true);
      bench().advance(hour);
      expect(await erpDrifts.keep("cedre", "v1", same, later(day))).toBe(false);
      const kept = { ...same, changedAt: start, checkedAt: later(0) };
      expect(await (await bench().another()).erpDrifts.of("cedre")).toEqual(kept);
      expect(await erpDrifts.keep("cedre", "v1", away, later(day))).toBe(true);
      expect(await erpDrifts.of("cedre")).toMatchObject({ ...away, changedAt: later(0) });
      expect(await erpDrifts.of("tilleul")).toBeNull();
    });
  });
});
