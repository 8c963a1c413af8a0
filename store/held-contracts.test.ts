import { describe, expect, it } from "vitest";
import { anAccount, day, describeStores } from "./testing/stores.ts";

describe("contracts that the ERP listed", () => {
  describeStores((bench) => {
    it("are recalled as they were remembered last, of the person only, for a while", async () => {
      const { heldContracts } = bench().store;
      await heldContracts.remember("cedre", "P1", '["canary one"]');
      await heldContracts.remember("cedre", "P1", '["canary two"]');
      const since = bench().now();
      expect(await heldContracts.recall("cedre", "P1", since)).toBe('["canary two"]');
      expect(await heldContracts.recall("cedre", "P2", since)).toBeNull();
      expect(await heldContracts.recall("tilleul", "P1", since)).toBeNull();
      bench().advance(1);
      expect(await heldContracts.recall("cedre", "P1", bench().now())).toBeNull();
      expect((await bench().database.content()).toString("latin1")).not.toContain("canary");
    });

    it("are forgotten after a month", async () => {
      const { store } = bench();
      const since = bench().now();
      await anAccount(store);
      const personKey = "person of a@example.org";
      await store.heldContracts.remember("cedre", personKey, "[]");
      bench().advance(29 * day);
      await store.purge();
      expect(await store.heldContracts.recall("cedre", personKey, since)).toBe("[]");
      bench().advance(2 * day);
      await store.purge();
      expect(await store.heldContracts.recall("cedre", personKey, since)).toBeNull();
    });

    it("are forgotten at once when nobody has an account for that person", async () => {
      const { store } = bench();
      await store.heldContracts.remember("cedre", "P1", "[]");
      await store.purge();
      expect(await store.heldContracts.recall("cedre", "P1", bench().now())).toBeNull();
    });
  });
});
