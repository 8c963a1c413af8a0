import { describe, expect, it } from "vitest";
import { describeStores, minute } from "./testing/stores.ts";

const rule = { points: 3, windowMs: 15 * minute };

describe("throttle", () => {
  describeStores((bench) => {
    it("allows so many hits in a window, and says when the next begins", async () => {
      const { store, advance, now } = bench();
      const retryAt = new Date(now().getTime() + 15 * minute);
      for (let hit = 0; hit < 3; hit++) {
        expect(await store.throttle.hit("k", rule)).toEqual({ allowed: true, retryAt });
        advance(minute);
      }
      expect(await store.throttle.hit("k", rule)).toEqual({ allowed: false, retryAt });
      advance(12 * minute - 1);
      expect((await store.throttle.hit("k", rule)).allowed).toBe(false);
      advance(1);
      expect(await store.throttle.hit("k", rule)).toEqual({
        allowed: true,
        retryAt: new Date(now().getTime() + 15 * minute),
      });
    });

    it("counts each key by itself, and forgets one that is cleared", async () => {
      const { throttle } = bench().store;
      for (let hit = 0; hit < 4; hit++) await throttle.hit("a", rule);
      expect((await throttle.hit("b", rule)).allowed).toBe(true);
      expect((await throttle.hit("a", rule)).allowed).toBe(false);
      await throttle.clear("a");
      expect((await throttle.hit("a", rule)).allowed).toBe(true);
    });

    it("counts every one of the parallel hits of two processes", async () => {
      const stores = [bench().store, await bench().another()];
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => stores[index % 2]!.throttle.hit("k", rule)),
      );
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(3);
    });

    it("keeps counting over a purge until the window ends", async () => {
      const { store } = bench();
      for (let hit = 0; hit < 3; hit++) await store.throttle.hit("k", rule);
      await store.purge();
      expect((await store.throttle.hit("k", rule)).allowed).toBe(false);
    });
  });
});
