import { describe, expect, it } from "vitest";
import { anAccount, describeStores } from "./testing/stores.ts";

const google = (subject: string) => ({ provider: "google", subject });

describe("social identities", () => {
  describeStores((bench) => {
    it("lead to the account that they are linked to, at its landlord only", async () => {
      const { store, now } = bench();
      const { id } = await anAccount(store);
      const { socialIdentities } = store;
      expect(await socialIdentities.link("cedre", id, google("g1"))).toBe("OK");
      expect(await socialIdentities.accountOf("cedre", google("g1"))).toBe(id);
      expect(await socialIdentities.accountOf("tilleul", google("g1"))).toBeNull();
      expect(
        await socialIdentities.accountOf("cedre", { provider: "x", subject: "g1" }),
      ).toBeNull();
      expect(await socialIdentities.ofAccount("cedre", id)).toEqual([
        { provider: "google", linkedAt: now() },
      ]);
    });

    it("are each of one account, and one for each provider", async () => {
      const { store } = bench();
      const one = await anAccount(store, "cedre", "a@example.org");
      const other = await anAccount(store, "cedre", "b@example.org");
      const { socialIdentities } = store;
      await socialIdentities.link("cedre", one.id, google("g1"));
      expect(await socialIdentities.link("cedre", one.id, google("g1"))).toBe("SAME");
      expect(await socialIdentities.link("cedre", other.id, google("g1"))).toBe("SUBJECT_TAKEN");
      expect(await socialIdentities.link("cedre", one.id, google("g2"))).toBe("PROVIDER_TAKEN");
      expect(await socialIdentities.link("cedre", other.id, google("g2"))).toBe("OK");
    });

    it("go to exactly one of many accounts that ask at once", async () => {
      const stores = [bench().store, await bench().another()];
      const emails = Array.from({ length: 6 }, (_, index) => `p${index}@example.org`);
      const accounts = [];
      for (const email of emails) accounts.push(await anAccount(stores[0]!, "cedre", email));
      const outcomes = await Promise.all(
        accounts.map(({ id }, index) =>
          stores[index % 2]!.socialIdentities.link("cedre", id, google("g1")),
        ),
      );
      expect(outcomes.toSorted()).toEqual(["OK", ...Array<string>(5).fill("SUBJECT_TAKEN")]);
    });

    it("can be let go, and linked again", async () => {
      const { store } = bench();
      const { id } = await anAccount(store);
      const { socialIdentities } = store;
      await socialIdentities.link("cedre", id, google("g1"));
      expect(await socialIdentities.unlink("tilleul", id, "google")).toBe(false);
      expect(await socialIdentities.unlink("cedre", id, "google")).toBe(true);
      expect(await socialIdentities.unlink("cedre", id, "google")).toBe(false);
      expect(await socialIdentities.accountOf("cedre", google("g1"))).toBeNull();
      expect(await socialIdentities.link("cedre", id, google("g2"))).toBe("OK");
    });
  });
});
