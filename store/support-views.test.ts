import { describe, expect, it } from "vitest";
import { anAccount, day, describeStores, hour, minute, type Bench } from "./testing/stores.ts";

const colleague = "s@cedre.example";

async function lookingAt(bench: Bench, lasts = 12 * hour) {
  const { store, now } = bench;
  const { id: accountId } = await anAccount(store);
  await store.staff.appoint("cedre", [colleague], "$argon2id$nobody");
  const staffId = (await store.accounts.byEmail("cedre", colleague))!.id;
  const at = (ms: number) => new Date(now().getTime() + ms);
  const options = { expiresAt: at(lasts), remember: false };
  const { sessionId } = await store.sessions.start("cedre", staffId, options);
  const reason = "Mme Kaplan called";
  const whose = { staffId, staffSession: sessionId, accountId, reason };
  const begin = () => store.supportViews.begin("cedre", { ...whose, expiresAt: at(30 * minute) });
  const { id } = await begin();
  const alive = (landlord = "cedre") => store.supportViews.alive(landlord, id);
  return { id, accountId, staffId, sessionId, alive, begin, reason };
}

describe("a support view", () => {
  describeStores((bench) => {
    it("B-12 sees as the account, says who looks and why, and is sealed in the store", async () => {
      const { alive, accountId, staffId, id, reason } = await lookingAt(bench());
      expect(await alive()).toEqual({
        accountId,
        email: "a@example.org",
        personKeys: ["person of a@example.org"],
        support: {
          id,
          staffId,
          staffEmail: colleague,
          reason,
          beganAt: bench().now(),
          expiresAt: new Date(bench().now().getTime() + 30 * minute),
          endedAt: null,
        },
      });
      expect((await bench().database.content()).includes(reason)).toBe(false);
    });

    it("B-12 ends after its time, and no session is one", async () => {
      const { alive, id, sessionId, staffId } = await lookingAt(bench());
      const { store, advance } = bench();
      expect(await store.sessions.alive("cedre", id)).toBeNull();
      expect(await store.supportViews.alive("cedre", sessionId)).toBeNull();
      advance(30 * minute - 1);
      expect(await alive()).not.toBeNull();
      advance(1);
      expect(await alive()).toBeNull();
      expect(await store.supportViews.end("cedre", id, staffId)).toBeNull();
    });

    it("B-12 ends by whoever began it, once", async () => {
      const { alive, id, staffId, accountId } = await lookingAt(bench());
      const { store } = bench();
      expect(await store.supportViews.end("cedre", id, accountId)).toBeNull();
      expect(await store.supportViews.end("tilleul", id, staffId)).toBeNull();
      expect(await alive()).not.toBeNull();
      expect(await store.supportViews.end("cedre", id, staffId)).toBe(accountId);
      expect(await alive()).toBeNull();
      expect(await store.supportViews.end("cedre", id, staffId)).toBeNull();
    });

    it("B-12 ends with the session in which it was begun, and is shown as ended then", async () => {
      const { alive, accountId, sessionId } = await lookingAt(bench());
      const { store, advance } = bench();
      advance(minute);
      await store.sessions.end("cedre", sessionId);
      expect(await alive()).toBeNull();
      const page = { limit: 10, before: null };
      expect(await store.supportViews.ofAccount("cedre", accountId, page)).toMatchObject([
        { staffEmail: colleague, endedAt: bench().now() },
      ]);
    });

    it("B-12 ends when that session is over by itself, or all of them were ended", async () => {
      const short = await lookingAt(bench(), minute);
      bench().advance(minute);
      expect(await short.alive()).toBeNull();
      const { store, now } = bench();
      const expiresAt = new Date(now().getTime() + day);
      const options = { expiresAt, remember: false };
      const { sessionId } = await store.sessions.start("cedre", short.staffId, options);
      const looking = { staffId: short.staffId, staffSession: sessionId, reason: "again" };
      const whose = { ...looking, accountId: short.accountId, expiresAt };
      const { id } = await store.supportViews.begin("cedre", whose);
      expect(await store.supportViews.alive("cedre", id)).not.toBeNull();
      await store.sessions.endAll("cedre", short.staffId);
      expect(await store.supportViews.alive("cedre", id)).toBeNull();
    });

    it("B-12 ends with the account, of which then only the act is left, without its reason", async () => {
      const { alive, accountId, staffId, id, reason } = await lookingAt(bench());
      const { store, database } = bench();
      const act = { landlord: "cedre", actor: staffId, act: "BEGIN_SUPPORT_VIEW" };
      const view = { id, operation: null, hash: null };
      await store.supportActs.note({ ...act, subject: accountId, reason, view });
      await store.erasures.erase("cedre", accountId, { mustBeSent: [] });
      expect(await alive()).toBeNull();
      expect(await database.raw("select id from support_views")).toEqual([]);
      const page = { limit: 10, before: null, viewId: id };
      expect(await store.supportActs.ofLandlord("cedre", page)).toMatchObject([
        { ...act, subject: accountId, reason: "", actorEmail: colleague, subjectEmail: null },
      ]);
    });

    it("B-12 is in the account's list, the newest first, page by page", async () => {
      const { id, accountId, begin } = await lookingAt(bench());
      bench().advance(minute);
      const second = await begin();
      const { store } = bench();
      const idsOf = async (limit: number, before: string | null) => {
        const views = await store.supportViews.ofAccount("cedre", accountId, { limit, before });
        return views.map((view) => view.id);
      };
      expect(await idsOf(10, null)).toEqual([second.id, id]);
      expect(await idsOf(1, second.id)).toEqual([id]);
      expect(
        await store.supportViews.ofAccount("tilleul", accountId, { limit: 1, before: null }),
      ).toEqual([]);
    });

    it("B-13 is none of another landlord's, nor of whoever is not of the staff any more", async () => {
      const { alive } = await lookingAt(bench());
      expect(await alive("tilleul")).toBeNull();
      const { store, database } = bench();
      // Without the sessions being ended, as `appoint` does.
      await database.raw("delete from staff");
      expect(await alive()).toBeNull();
      await store.staff.appoint("cedre", [colleague], "$argon2id$nobody");
      expect(await alive()).not.toBeNull();
      await store.staff.appoint("cedre", [], "$argon2id$nobody");
      expect(await alive()).toBeNull();
    });

    it("B-13 is of nobody who is of the staff, though they became that meanwhile", async () => {
      const { alive, accountId } = await lookingAt(bench());
      await bench().database.raw(`insert into staff values ('cedre', '${accountId}')`);
      expect(await alive()).toBeNull();
    });

    it("B-14 does not begin where it cannot be written down", async () => {
      const { accountId, begin } = await lookingAt(bench());
      const { store, database } = bench();
      await database.raw("alter table support_acts rename to support_acts_gone");
      const act = { landlord: "cedre", actor: "s", act: "BEGIN_SUPPORT_VIEW", subject: accountId };
      const beginning = store.transaction(async (bound) => {
        const { id } = await bound.supportViews.begin("cedre", {
          staffId: "s",
          staffSession: "x",
          accountId,
          reason: "unwritten",
          expiresAt: new Date(bench().now().getTime() + minute),
        });
        await bound.supportActs.note({
          ...act,
          reason: "",
          view: { id, operation: null, hash: null },
        });
      });
      await expect(beginning).rejects.toThrow();
      await database.raw("alter table support_acts_gone rename to support_acts");
      expect(await database.raw("select id from support_views")).toHaveLength(1);
      await begin();
      expect(await database.raw("select id from support_views")).toHaveLength(2);
    });
  });
});
