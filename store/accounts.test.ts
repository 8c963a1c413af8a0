import { describe, expect, it } from "vitest";
import type { NewAccount } from "./accounts.ts";
import { anAccount, describeStores, minute } from "./testing/stores.ts";

const account = (email: string, landlord = "cedre"): NewAccount => ({
  landlord,
  email,
  passwordHash: "$argon2id$x",
  language: "en",
});

describe("accounts", () => {
  describeStores((bench) => {
    it("finds an account by id, by person, and by e-mail whatever its case", async () => {
      const { accounts } = bench().store;
      const created = await accounts.create(account(" Lea.Martin@Example.org "), ["p2", "p1"], []);
      expect(created).toMatchObject({
        outcome: "OK",
        account: { email: "Lea.Martin@Example.org" },
      });
      if (created.outcome !== "OK") return;
      const expected = { ...account("Lea.Martin@Example.org"), createdAt: bench().now() };
      const found = await accounts.byEmail("cedre", "LEA.martin@example.ORG ");
      expect(found).toEqual({ ...expected, id: created.account.id });
      expect(await accounts.byId("cedre", created.account.id)).toEqual(found);
      expect(await accounts.byPerson("cedre", "p1")).toEqual(found);
      expect(await accounts.persons("cedre", created.account.id)).toEqual(["p1", "p2"]);
    });

    it("gives ids that are UUIDs of version 7", async () => {
      const { id } = await anAccount(bench().store);
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    });

    it("keeps landlords apart, even for the same e-mail and person", async () => {
      const { accounts } = bench().store;
      const one = await accounts.create(account("a@example.org", "cedre"), ["p"], []);
      const two = await accounts.create(account("a@example.org", "tilleul"), ["p"], []);
      expect([one.outcome, two.outcome]).toEqual(["OK", "OK"]);
      if (one.outcome !== "OK" || two.outcome !== "OK") return;
      expect(await accounts.byId("tilleul", one.account.id)).toBeNull();
      expect(await accounts.persons("tilleul", one.account.id)).toEqual([]);
      expect((await accounts.byPerson("tilleul", "p"))?.id).toBe(two.account.id);
      expect(await accounts.setPassword("tilleul", one.account.id, "stolen")).toBe(false);
      expect(await accounts.setEmail("tilleul", one.account.id, "b@example.org")).toBe("UNKNOWN");
      expect(await accounts.byId("cedre", one.account.id)).toEqual(one.account);
    });

    it("refuses a taken e-mail, and keeps the transaction usable", async () => {
      const { store } = bench();
      await anAccount(store, "cedre", "a@example.org");
      await store.transaction(async ({ accounts }) => {
        const again = await accounts.create(account("A@EXAMPLE.org"), ["p9"], []);
        expect(again).toEqual({ outcome: "EMAIL_TAKEN" });
        expect((await accounts.create(account("b@example.org"), ["p9"], [])).outcome).toBe("OK");
      });
      expect(await store.accounts.byEmail("cedre", "b@example.org")).not.toBeNull();
    });

    it("refuses a person who has an account, and leaves nothing behind", async () => {
      const { accounts } = bench().store;
      await accounts.create(account("a@example.org"), ["p1"], []);
      const second = await accounts.create(account("b@example.org"), ["p2", "p1"], []);
      expect(second).toEqual({ outcome: "PERSON_TAKEN" });
      expect(await accounts.byEmail("cedre", "b@example.org")).toBeNull();
      expect(await accounts.byPerson("cedre", "p2")).toBeNull();
    });

    it("lets one of many parallel registrations have an e-mail", async () => {
      const stores = [bench().store, await bench().another()];
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          stores[index % 2]!.accounts.create(account("a@example.org"), [`p${index}`], []),
        ),
      );
      const kinds = outcomes.map(({ outcome }) => outcome).sort();
      expect(kinds).toEqual([...Array<string>(9).fill("EMAIL_TAKEN"), "OK"]);
    });

    it("changes the password and the e-mail", async () => {
      const { accounts } = bench().store;
      const { id } = await anAccount(bench().store);
      expect(await accounts.setPassword("cedre", id, "new hash")).toBe(true);
      expect(await accounts.setEmail("cedre", id, " New@example.org")).toBe("OK");
      const changed = await accounts.byEmail("cedre", "new@example.org");
      expect(changed).toMatchObject({ id, passwordHash: "new hash", email: "New@example.org" });
      expect(await accounts.byEmail("cedre", "a@example.org")).toBeNull();
    });

    it("can be held, so that a sign-in does not slip past a new password", async () => {
      const { store, another, now } = bench();
      const other = await another();
      const { id } = await anAccount(store);
      const expiresAt = new Date(now().getTime() + minute);
      const changing = { begun: () => {} };
      const begun = new Promise<void>((resolve) => (changing.begun = resolve));
      const signIn = store.transaction(async (within) => {
        const held = await within.accounts.hold("cedre", id);
        expect(held).toMatchObject({ id, passwordHash: "$argon2id$x" });
        changing.begun();
        await new Promise((resolve) => setTimeout(resolve, 100));
        return within.sessions.start("cedre", id, { expiresAt, remember: false });
      });
      await begun;
      await other.transaction(async (within) => {
        await within.accounts.setPassword("cedre", id, "new");
        await within.sessions.endAll("cedre", id);
      });
      expect(await store.sessions.alive("cedre", (await signIn).sessionId)).toBeNull();
      expect(await store.accounts.hold("tilleul", id)).toBeNull();
    });

    it("does not give an account somebody else's e-mail, and keeps the transaction usable", async () => {
      const { store } = bench();
      await anAccount(store, "cedre", "a@example.org");
      const { id } = await anAccount(store, "cedre", "b@example.org");
      await store.transaction(async ({ accounts }) => {
        expect(await accounts.setEmail("cedre", id, "A@example.org")).toBe("EMAIL_TAKEN");
        expect(await accounts.setPassword("cedre", id, "after")).toBe(true);
      });
      const kept = await store.accounts.byId("cedre", id);
      expect(kept).toMatchObject({ email: "b@example.org", passwordHash: "after" });
    });

    it("keeps what was consented to, and when", async () => {
      const { accounts } = bench().store;
      const asked = [
        { id: "terms", version: "2026-01", given: true, givenAt: bench().now() },
        { id: "news", version: "1", given: false, givenAt: bench().now() },
      ];
      bench().advance(minute);
      const created = await accounts.create(account("a@example.org"), [], asked);
      if (created.outcome !== "OK") throw new Error(created.outcome);
      const [terms, news] = asked;
      expect(await accounts.consents("cedre", created.account.id)).toEqual([news, terms]);
      expect(await accounts.consents("tilleul", created.account.id)).toEqual([]);
    });
  });
});
