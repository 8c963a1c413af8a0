import { describe, expect, it } from "vitest";
import type { LinkPurpose } from "./links.ts";
import { anAccount, day, describeStores, hour, type Bench } from "./testing/stores.ts";

function link({ now }: Bench, subject: string, payload: unknown = { n: 1 }) {
  const purpose: LinkPurpose = "REGISTRATION";
  return { purpose, subject, payload, expiresAt: new Date(now().getTime() + 24 * hour) };
}

describe("links", () => {
  describeStores((bench) => {
    it("gives its payload once, and can be looked at before", async () => {
      const { links } = bench().store;
      const payload = { person: "p1", names: ["Léa"], nothing: null };
      const token = await links.create("cedre", link(bench(), "a", payload));
      expect(token).toMatch(/^[\w-]{43}$/);
      const good = { outcome: "OK", payload };
      expect(await links.peek("cedre", "REGISTRATION", token)).toEqual(good);
      expect(await links.use("cedre", "REGISTRATION", token)).toEqual(good);
      expect(await links.use("cedre", "REGISTRATION", token)).toEqual({ outcome: "USED" });
      expect(await links.peek("cedre", "REGISTRATION", token)).toEqual({ outcome: "USED" });
    });

    it("A-04 A-15 is worth nothing for another purpose, at another landlord, or when edited", async () => {
      const { links } = bench().store;
      const token = await links.create("cedre", link(bench(), "a"));
      const edited = (token[0] === "A" ? "B" : "A") + token.slice(1);
      const unknown = { outcome: "UNKNOWN" };
      expect(await links.use("cedre", "PASSWORD", token)).toEqual(unknown);
      expect(await links.use("tilleul", "REGISTRATION", token)).toEqual(unknown);
      expect(await links.use("cedre", "REGISTRATION", edited)).toEqual(unknown);
      expect((await links.use("cedre", "REGISTRATION", token)).outcome).toBe("OK");
    });

    it("A-05 expires to the millisecond", async () => {
      const { store, advance } = bench();
      const token = await store.links.create("cedre", link(bench(), "a"));
      advance(24 * hour - 1);
      expect((await store.links.peek("cedre", "REGISTRATION", token)).outcome).toBe("OK");
      advance(1);
      const expired = { outcome: "EXPIRED" };
      expect(await store.links.peek("cedre", "REGISTRATION", token)).toEqual(expired);
      expect(await store.links.use("cedre", "REGISTRATION", token)).toEqual(expired);
      expect(await store.links.newest("cedre", "REGISTRATION", "a")).toBeNull();
    });

    it("A-04 is void once a newer one is made for its subject, and only then", async () => {
      const { links } = bench().store;
      const old = await links.create("cedre", link(bench(), "a", "old"));
      await links.create("cedre", link(bench(), "b", "of somebody else"));
      await links.create("tilleul", link(bench(), "a", "of another landlord"));
      expect((await links.peek("cedre", "REGISTRATION", old)).outcome).toBe("OK");
      const fresh = await links.create("cedre", link(bench(), "a", "fresh"));
      expect(await links.use("cedre", "REGISTRATION", old)).toEqual({ outcome: "EXPIRED" });
      expect(await links.newest("cedre", "REGISTRATION", "a")).toBe("fresh");
      expect((await links.use("cedre", "REGISTRATION", fresh)).outcome).toBe("OK");
      expect(await links.newest("cedre", "REGISTRATION", "a")).toBeNull();
      expect(await links.newest("cedre", "REGISTRATION", "b")).toBe("of somebody else");
    });

    it("can be asked for again after it was used", async () => {
      const { links } = bench().store;
      for (let round = 0; round < 3; round++) {
        const token = await links.create("cedre", link(bench(), "a", round));
        const used = await links.use("cedre", "REGISTRATION", token);
        expect(used).toEqual({ outcome: "OK", payload: round });
      }
    });

    it("A-06 is given to exactly one of many parallel uses", async () => {
      const stores = [bench().store, await bench().another()];
      const token = await stores[0]!.links.create("cedre", link(bench(), "a"));
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          stores[index % 2]!.links.use("cedre", "REGISTRATION", token),
        ),
      );
      const kinds = outcomes.map(({ outcome }) => outcome).sort();
      expect(kinds).toEqual(["OK", ...Array<string>(9).fill("USED")]);
    });

    it("leaves one live link when several are made at once", async () => {
      const stores = [bench().store, await bench().another()];
      const tokens = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          stores[index % 2]!.links.create("cedre", link(bench(), "a", index)),
        ),
      );
      const outcomes = await Promise.all(
        tokens.map((token) => bench().store.links.use("cedre", "REGISTRATION", token)),
      );
      const kinds = outcomes.map(({ outcome }) => outcome).sort();
      expect(kinds).toEqual([...Array<string>(7).fill("EXPIRED"), "OK"]);
    });

    it("stays good when what it was used for failed, in one transaction", async () => {
      const { store } = bench();
      const token = await store.links.create("cedre", link(bench(), "a"));
      const failing = store.transaction(async (within) => {
        expect((await within.links.use("cedre", "REGISTRATION", token)).outcome).toBe("OK");
        await anAccount(within);
        throw new Error("the ERP said no");
      });
      await expect(failing).rejects.toThrow("the ERP said no");
      expect(await store.accounts.byEmail("cedre", "a@example.org")).toBeNull();
      expect((await store.links.use("cedre", "REGISTRATION", token)).outcome).toBe("OK");
    });

    it("is forgotten a week after its end", async () => {
      const { store, advance } = bench();
      const token = await store.links.create("cedre", link(bench(), "a"));
      advance(7 * day);
      await store.purge();
      expect((await store.links.peek("cedre", "REGISTRATION", token)).outcome).toBe("EXPIRED");
      advance(2 * day);
      await store.purge();
      expect((await store.links.peek("cedre", "REGISTRATION", token)).outcome).toBe("UNKNOWN");
    });
  });
});
