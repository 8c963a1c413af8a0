import { describe, expect, it } from "vitest";
import { anAccount, day, describeStores } from "./testing/stores.ts";

const hash = "$argon2id$nobody";

describe("staff", () => {
  describeStores((bench) => {
    const appoint = (...emails: string[]) => bench().store.staff.appoint("cedre", emails, hash);
    const isStaff = async (email: string) => {
      const { store } = bench();
      const account = await store.accounts.byEmail("cedre", email);
      return account !== null && store.staff.includes("cedre", account.id);
    };

    it("get an account of their own, and keep its password at the next start", async () => {
      const { store } = bench();
      expect(await appoint("s@cedre.example")).toEqual({ refused: [] });
      const account = (await store.accounts.byEmail("cedre", "s@cedre.example"))!;
      expect(account.passwordHash).toBe(hash);
      expect(await store.accounts.persons("cedre", account.id)).toEqual([]);
      await store.accounts.setPassword("cedre", account.id, "$argon2id$own");
      await appoint("S@cedre.example");
      expect(await store.accounts.byEmail("cedre", "s@cedre.example")).toMatchObject({
        id: account.id,
        passwordHash: "$argon2id$own",
      });
      expect(await isStaff("s@cedre.example")).toBe(true);
      expect(await store.staff.includes("tilleul", account.id)).toBe(false);
    });

    it("are no tenants, and no tenant becomes one of them", async () => {
      await anAccount(bench().store, "cedre", "tenant@example.org");
      expect(await appoint("tenant@example.org", "s@cedre.example")).toEqual({
        refused: ["tenant@example.org"],
      });
      expect(await isStaff("tenant@example.org")).toBe(false);
      expect(await isStaff("s@cedre.example")).toBe(true);
    });

    it("who are not named any more are signed out, and staff no longer", async () => {
      const { store } = bench();
      await appoint("s@cedre.example", "t@cedre.example");
      const account = (await store.accounts.byEmail("cedre", "s@cedre.example"))!;
      const expiresAt = new Date(bench().now().getTime() + day);
      const session = await store.sessions.start("cedre", account.id, {
        expiresAt,
        remember: false,
      });
      await appoint("t@cedre.example");
      expect(await isStaff("s@cedre.example")).toBe(false);
      expect(await isStaff("t@cedre.example")).toBe(true);
      expect(await store.sessions.alive("cedre", session.sessionId)).toBeNull();
    });

    it("are the same ones where two processes start at once", async () => {
      const stores = [bench().store, await bench().another()];
      const emails = ["s@cedre.example", "t@cedre.example"];
      await Promise.all(stores.map((store) => store.staff.appoint("cedre", emails, hash)));
      expect(await bench().database.raw("select landlord from staff")).toHaveLength(2);
      expect(await bench().database.raw("select id from accounts")).toHaveLength(2);
    });

    it("leave a record of what they do by hand, whose reason is sealed", async () => {
      const { store } = bench();
      const act = { landlord: "cedre", actor: "S1", act: "SETTLE_CHANGE:APPLIED", subject: "R1" };
      await store.supportActs.note({ ...act, reason: "Mme Kaplan called" });
      await store.supportActs.note({ ...act, landlord: "tilleul", reason: "else" });
      const page = { limit: 10, before: null, viewId: null };
      expect(await store.supportActs.ofLandlord("cedre", page)).toMatchObject([
        { ...act, reason: "Mme Kaplan called", at: bench().now() },
      ]);
      expect(JSON.stringify(await bench().database.raw("select * from support_acts"))).not.toMatch(
        /Kaplan/,
      );
    });
  });
});
