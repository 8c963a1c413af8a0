import { describe, expect, it } from "vitest";
import { retention } from "./retention.ts";
import { fillFor, readable } from "./testing/everything.ts";
import { day, describeStores, hour } from "./testing/stores.ts";

describe("retention", () => {
  describeStores((bench) => {
    it("K-12 has a line for each table of the database, and for no other", async () => {
      const tables = await bench().database.tables();
      expect(retention.map(({ table }) => table).sort()).toEqual(tables.sort());
    });

    it("K-12 by the clock: tokens, links, drafts and texts of mails go, then what was asked, then the rest", async () => {
      const t1 = await fillFor(bench(), "t1");
      const { store } = bench();
      await store.mails.deliver(async () => {});
      for (let left = 0; left < 3; left += 1) {
        const claimed = await store.changes.claim("cedre", hour);
        if (claimed) await store.changes.settle(claimed, { status: "REJECTED", reason: "OTHER" });
      }
      const after = async (ms: number) => {
        bench().advance(ms);
        await store.purge();
        const text = await readable(bench());
        const tables = new Set(text.split("\n").map((line) => line.split(" ")[0]));
        return { text, tables };
      };
      const hours = await after(2 * hour);
      expect(hours.text).not.toContain("t1-link-canary");
      expect(hours.text).not.toContain("t1-newEmail-canary");
      expect(hours.tables).not.toContain("throttles");
      const month = await after(31 * day);
      for (const gone of [
        "sessions",
        "refresh_tokens",
        "links",
        "mails",
        "survey_drafts",
        "survey_reminders",
        "held_contracts",
        "payment_days",
      ]) {
        expect(month.tables).not.toContain(gone);
      }
      expect(month.text).toContain("t1-act-canary");
      const year = await after(401 * day);
      expect(year.tables).not.toContain("payment_events");
      expect(year.text.split("\n").filter((line) => line.startsWith("payments "))).toHaveLength(1);
      const applied = year.text.includes(t1.changes.applied + '","landlord');
      expect(applied).toBe(false);
      expect((await after(3 * 366 * day)).tables).not.toContain("support_acts");
      expect((await after(10 * 366 * day)).tables).not.toContain("payments");
    });

    it("K-12 deletes the rest where one table cannot be got at, and says so", async () => {
      await fillFor(bench(), "t1");
      const { database, store, advance } = bench();
      await database.raw("alter table throttles rename to away");
      advance(31 * day);
      await expect(store.purge()).rejects.toThrow("throttles");
      await database.raw("alter table away rename to throttles");
      expect(await database.raw("select * from mails where status = 'SENT'")).toEqual([]);
      expect(await database.raw("select * from survey_drafts")).toEqual([]);
    });

    it("K-12 keeps the list of erasures longer than any back-up, and then forgets it", async () => {
      const t1 = await fillFor(bench(), "t1");
      const { store } = bench();
      await store.erasures.erase("cedre", t1.accountId, { mustBeSent: [] });
      bench().advance(399 * day);
      await store.purge();
      expect(await store.erasures.list()).toHaveLength(1);
    });
  });
});
