import { describe, expect, it } from "vitest";
import { anAccount, describeStores } from "./testing/stores.ts";

describe("identifiers", () => {
  describeStores((bench) => {
    it("lead to an account of their landlord, and of no other", async () => {
      const { store } = bench();
      const { id } = await anAccount(store);
      await store.identifiers.set("cedre", id, "I4001");
      expect(await store.identifiers.accountOf("cedre", "I4001")).toBe(id);
      expect(await store.identifiers.accountOf("tilleul", "I4001")).toBeNull();
      expect(await store.identifiers.accountOf("cedre", "I4002")).toBeNull();
    });
    it("belong to whoever proved them last", async () => {
      const { store } = bench();
      const one = await anAccount(store, "cedre", "a@example.org");
      const two = await anAccount(store, "cedre", "b@example.org");
      await store.identifiers.set("cedre", one.id, "I4001");
      await store.identifiers.set("cedre", two.id, "I4001");
      expect(await store.identifiers.accountOf("cedre", "I4001")).toBe(two.id);
    });
    it("are refused for what is no account there, and rolled back with what they belong to", async () => {
      const { store } = bench();
      const { id } = await anAccount(store);
      await expect(store.identifiers.set("tilleul", id, "I4001")).rejects.toThrow();
      const failing = store.transaction(async ({ identifiers }) => {
        await identifiers.set("cedre", id, "I4002");
        throw new Error("no");
      });
      await expect(failing).rejects.toThrow("no");
      expect(await store.identifiers.accountOf("cedre", "I4002")).toBeNull();
    });
  });
});
