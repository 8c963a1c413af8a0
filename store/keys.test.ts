import { createLocalJWKSet, jwtVerify, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import type { Store } from "./store.ts";
import { day, describeStores, hour } from "./testing/stores.ts";

async function sign(store: Store): Promise<string> {
  const { kid, alg, privateKey } = await store.keys.current();
  return new SignJWT({ sub: "somebody" }).setProtectedHeader({ alg, kid }).sign(privateKey);
}

async function verifies(store: Store, token: string): Promise<boolean> {
  const keys = createLocalJWKSet(await store.keys.jwks());
  return jwtVerify(token, keys).then(
    () => true,
    () => false,
  );
}

describe("signing keys", () => {
  describeStores((bench) => {
    it("are made at first use, and the same for every process", async () => {
      const { store, another } = bench();
      const stores = [store, await another(), await another()];
      const kids = await Promise.all(stores.map(async ({ keys }) => (await keys.current()).kid));
      expect(new Set(kids).size).toBe(1);
      expect(await verifies(stores[1]!, await sign(stores[0]!))).toBe(true);
    });

    it("are published without their private part", async () => {
      await bench().store.keys.current();
      const { keys } = await bench().store.keys.jwks();
      expect(keys).toHaveLength(1);
      expect(Object.keys(keys[0]!).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
    });

    it("are replaced after thirty days; the old one verifies as long as its tokens may live", async () => {
      const { store, advance } = bench();
      const { kid } = await store.keys.current();
      advance(30 * day - 1);
      const last = await sign(store);
      expect((await store.keys.current()).kid).toBe(kid);
      advance(1);
      expect((await store.keys.current()).kid).not.toBe(kid);
      advance(2 * day + hour - 1);
      expect(await verifies(store, last)).toBe(true);
      advance(1);
      expect(await verifies(store, last)).toBe(false);
      expect((await store.keys.jwks()).keys).toHaveLength(1);
    });

    it("still verify, after months without a sign-in, what was signed last", async () => {
      const { store, advance } = bench();
      const old = await sign(store);
      advance(100 * day);
      const fresh = await sign(store);
      expect([await verifies(store, old), await verifies(store, fresh)]).toEqual([true, true]);
      await store.purge();
      expect(await verifies(store, old)).toBe(true);
    });

    it("can be rotated at any time, for every process at once", async () => {
      const { store, another } = bench();
      const other = await another();
      const before = await sign(store);
      await Promise.all([store.keys.rotate(), other.keys.rotate()]);
      const [mine, others] = [await store.keys.current(), await other.keys.current()];
      expect(mine.kid).toBe(others.kid);
      expect(await verifies(other, before)).toBe(true);
      expect(await verifies(other, await sign(store))).toBe(true);
    });

    it("are purged once nothing is verified with them", async () => {
      const { store, advance, database } = bench();
      const { kid } = await store.keys.current();
      await store.keys.rotate();
      advance(2 * day);
      await store.purge();
      expect((await database.content()).includes(kid)).toBe(true);
      advance(hour);
      const left = await store.keys.jwks();
      await store.purge();
      expect(await store.keys.jwks()).toEqual(left);
      expect(left.keys.map((key) => key.kid)).not.toContain(kid);
    });
  });
});
