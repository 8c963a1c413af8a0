import { describe, expect, it } from "vitest";
import { anAccount, day, describeStores, hour, minute, type Bench } from "./testing/stores.ts";

const later = ({ now }: Bench, ms: number) => new Date(now().getTime() + ms);

async function watched(bench: Bench, steps: string[] = []) {
  const { id: accountId } = await anAccount(bench.store);
  const request = { accountId, contractKey: "C1", requestKey: "D1" };
  await bench.store.requestWatches.watch("cedre", [
    { ...request, steps, nextLookAt: later(bench, hour) },
  ]);
  return { accountId, request };
}

describe("watches of requests", () => {
  describeStores((bench) => {
    it("come due once, to one process", async () => {
      const { store, advance } = bench();
      await watched(bench());
      const stores = [store, await bench().another()];
      expect(await store.requestWatches.claim("cedre", minute, 10)).toEqual([]);
      advance(hour);
      const claims = await Promise.all(
        stores.map(({ requestWatches }) => requestWatches.claim("cedre", minute, 10)),
      );
      expect(claims.flat()).toMatchObject([{ contractKey: "C1", requestKey: "D1", looks: 0 }]);
      expect(await store.requestWatches.claim("tilleul", minute, 10)).toEqual([]);
    });

    it("know the steps that were noted, and nothing readable of them", async () => {
      const { store, advance, database } = bench();
      await watched(bench(), ["received"]);
      advance(hour);
      const [first] = await store.requestWatches.claim("cedre", minute, 10);
      expect([first!.hasSeen("received"), first!.hasSeen("done")]).toEqual([true, false]);
      await store.requestWatches.note(first!, ["received", "done"], later(bench(), hour));
      advance(hour);
      const [second] = await store.requestWatches.claim("cedre", minute, 10);
      expect([second!.hasSeen("received"), second!.hasSeen("done")]).toEqual([true, true]);
      expect(JSON.stringify(await database.raw("select seen from request_watches"))).not.toMatch(
        /received|done/,
      );
    });

    it("are noted by the newest look only", async () => {
      const { store, advance } = bench();
      await watched(bench());
      advance(hour);
      const [slow] = await store.requestWatches.claim("cedre", minute, 10);
      expect(await store.requestWatches.hasten("cedre", "D1")).toBe(1);
      expect(await store.requestWatches.hasten("tilleul", "D1")).toBe(0);
      const [quick] = await store.requestWatches.claim("cedre", minute, 10);
      const next = later(bench(), hour);
      expect(await store.requestWatches.note(slow!, ["x"], next)).toBe(false);
      expect(await store.requestWatches.end(slow!)).toBe(false);
      expect(await store.requestWatches.note(quick!, ["x"], next)).toBe(true);
    });

    it("are begun once, and end", async () => {
      const { store } = bench();
      const { accountId, request } = await watched(bench(), ["a"]);
      await store.requestWatches.watch("cedre", [
        { ...request, steps: [], nextLookAt: bench().now() },
      ]);
      const other = { ...request, requestKey: "D2" };
      expect(await store.requestWatches.unwatched("cedre", accountId, [request, other])).toEqual(
        new Set(["D2"]),
      );
      await store.requestWatches.hasten("cedre", "D1");
      const [claimed] = await store.requestWatches.claim("cedre", minute, 10);
      expect(claimed!.hasSeen("a")).toBe(true);
      expect(await store.requestWatches.end(claimed!)).toBe(true);
      expect(await store.requestWatches.hasten("cedre", "D1")).toBe(0);
    });
  });
});

describe("drafts of answers to surveys", () => {
  describeStores((bench) => {
    it("are kept sealed, one for each account, contract and survey, until their end", async () => {
      const { store, advance, database } = bench();
      const { id: accountId } = await anAccount(store);
      const place = { landlord: "cedre", accountId, contractKey: "C1", surveyKey: "Q1" };
      const { surveyDrafts } = store;
      await surveyDrafts.save(place, "canary one", later(bench(), day));
      advance(minute);
      await surveyDrafts.save(place, "canary two", later(bench(), day));
      const found = { content: "canary two", savedAt: bench().now() };
      expect(await surveyDrafts.find(place)).toEqual(found);
      expect(await surveyDrafts.find({ ...place, surveyKey: "Q2" })).toBeNull();
      expect(await surveyDrafts.find({ ...place, accountId: "other" })).toBeNull();
      const rows = await database.raw("select * from survey_drafts");
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain("canary");
      advance(day);
      expect(await surveyDrafts.find(place)).toBeNull();
      await store.purge();
      expect(await database.raw("select * from survey_drafts")).toEqual([]);
    });

    it("go when the answer has been sent", async () => {
      const { store } = bench();
      const { id: accountId } = await anAccount(store);
      const place = { landlord: "cedre", accountId, contractKey: "C1", surveyKey: "Q1" };
      await store.surveyDrafts.save(place, "x", later(bench(), day));
      await store.surveyDrafts.remove(place);
      expect(await store.surveyDrafts.find(place)).toBeNull();
    });
  });
});

describe("reminders of surveys", () => {
  describeStores((bench) => {
    it("look at each account in its turn, in one process", async () => {
      const { store, advance } = bench();
      const { id } = await anAccount(store);
      await anAccount(store, "tilleul");
      const { surveyReminders } = store;
      await surveyReminders.enlist("cedre", day);
      await surveyReminders.enlist("cedre", day);
      advance(day);
      const stores = [store, await bench().another()];
      const claims = await Promise.all(
        stores.map((one) => one.surveyReminders.claim("cedre", minute, 10)),
      );
      expect(claims.flat().map(({ accountId }) => accountId)).toEqual([id]);
      const [claimed] = claims.flat();
      expect(await surveyReminders.lookAgain(claimed!, later(bench(), day))).toBe(true);
      expect(await surveyReminders.lookAgain(claimed!, later(bench(), day))).toBe(false);
      expect(await surveyReminders.claim("cedre", minute, 10)).toEqual([]);
    });

    it("go out once each", async () => {
      const { store, advance } = bench();
      await anAccount(store);
      await store.surveyReminders.enlist("cedre", day);
      advance(day);
      const [claimed] = await store.surveyReminders.claim("cedre", minute, 10);
      const reminder = {
        contractKey: "C1",
        surveyKey: "Q1",
        days: 14,
        expiresAt: later(bench(), day),
      };
      const { surveyReminders } = store;
      expect(await surveyReminders.isFirst(claimed!, reminder)).toBe(true);
      expect(await surveyReminders.isFirst(claimed!, reminder)).toBe(false);
      expect(await surveyReminders.isFirst(claimed!, { ...reminder, days: 3 })).toBe(true);
    });
  });
});
