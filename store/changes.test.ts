import { describe, expect, it } from "vitest";
import type { NewChange } from "./changes.ts";
import { anAccount, day, describeStores, minute, type Bench } from "./testing/stores.ts";

const leaseMs = minute;

async function asker({ store }: Bench) {
  const account =
    (await store.accounts.byEmail("cedre", "a@example.org")) ?? (await anAccount(store));
  const basis: NewChange = {
    landlord: "cedre",
    accountId: account.id,
    personKey: "P1",
    contractKey: "C1",
    lane: "contract:C1",
    kind: "BILLING_ADDRESS",
    idempotencyKey: "key-1",
    request: '{"city":"Ivry"}',
    payload: '{"city":"Ivry, secret street"}',
    effectiveBy: null,
  };
  return (more: Partial<NewChange> = {}): NewChange => ({ ...basis, ...more });
}

const later = (bench: Bench, ms: number) => new Date(bench.now().getTime() + ms);

describe("changes", () => {
  describeStores((bench) => {
    it("H-03 are kept once per key, and the repeat gets the first answer", async () => {
      const change = await asker(bench());
      const { changes } = bench().store;
      const first = await changes.submit(change());
      expect(first).toMatchObject({ change: { status: "ACCEPTED", attempts: 0 }, repeated: null });
      const second = await changes.submit(change());
      expect(second.change.id).toBe(first.change.id);
      expect(second.repeated).toMatchObject({ sameRequest: true });
      const other = await changes.submit(change({ request: '{"city":"Vitry"}' }));
      expect(other.repeated).toMatchObject({ sameRequest: false });
      expect(
        await changes.ofAccount("cedre", change().accountId, { limit: 10, before: null }),
      ).toHaveLength(1);
    });

    it("H-02 have keys of each account's own", async () => {
      const change = await asker(bench());
      const other = await anAccount(bench().store, "cedre", "b@example.org");
      const { changes } = bench().store;
      const first = await changes.submit(change());
      const second = await changes.submit(change({ accountId: other.id }));
      expect(second.repeated).toBeNull();
      expect(second.change.id).not.toBe(first.change.id);
      expect(await changes.byId("cedre", other.id, first.change.id)).toBeNull();
      expect(await changes.byId("tilleul", change().accountId, first.change.id)).toBeNull();
    });

    it("H-01 are kept once where twenty ask at once, from two processes", async () => {
      const change = await asker(bench());
      const stores = [bench().store, await bench().another()];
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, i) => stores[i % 2]!.changes.submit(change())),
      );
      expect(new Set(outcomes.map((outcome) => outcome.change.id)).size).toBe(1);
      expect(outcomes.filter((outcome) => outcome.repeated === null)).toHaveLength(1);
    });

    it("stand in their lane in the order in which they were kept", async () => {
      const change = await asker(bench());
      const stores = [bench().store, await bench().another()];
      await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          stores[i % 2]!.changes.submit(change({ idempotencyKey: `key-${i}` })),
        ),
      );
      const positions = await bench().database.raw(
        "select lane_position from changes order by lane_position",
      );
      expect(positions.map((row) => (row as { lane_position: number }).lane_position)).toEqual(
        Array.from({ length: 12 }, (_, i) => i + 1),
      );
    });

    it("leave no payload, key or request to be read at rest", async () => {
      const change = await asker(bench());
      await bench().store.changes.submit(change({ idempotencyKey: "canary-key" }));
      const content = (await bench().database.content()).toString("latin1");
      for (const canary of ["secret street", "canary-key", '"city"']) {
        expect(content).not.toContain(canary);
      }
    });

    it("are gone with the transaction that is rolled back", async () => {
      const change = await asker(bench());
      const { store } = bench();
      const failed = store.transaction(async (bound) => {
        await bound.changes.submit(change());
        throw new Error("after all not");
      });
      await expect(failed).rejects.toThrow("after all not");
      expect(await store.changes.claim("cedre", leaseMs)).toBeNull();
    });

    it("tell whoever delivers, after the commit", async () => {
      const change = await asker(bench());
      const { store } = bench();
      const heard: string[] = [];
      store.changes.onSubmitted(() => heard.push("submitted"));
      await store.transaction(async (bound) => {
        await bound.changes.submit(change());
        expect(heard).toEqual([]);
      });
      expect(heard).toEqual(["submitted"]);
    });
  });
});

describe("the queue of changes", () => {
  describeStores((bench) => {
    async function submitted(...more: Partial<NewChange>[]) {
      const change = await asker(bench());
      const ids: string[] = [];
      for (const [i, one] of more.entries()) {
        const outcome = await bench().store.changes.submit(
          change({ idempotencyKey: `key-${i}`, ...one }),
        );
        ids.push(outcome.change.id);
      }
      return ids;
    }

    it("gives one change to one delivery, whoever asks", async () => {
      await submitted({}, { lane: "contract:C2" }, { lane: "contract:C3" });
      const stores = [bench().store, await bench().another()];
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, i) => stores[i % 2]!.changes.claim("cedre", leaseMs)),
      );
      const ids = claims.flatMap((claim) => (claim ? [claim.change.id] : []));
      expect(ids).toHaveLength(3);
      expect(new Set(ids).size).toBe(3);
    });

    it("keeps the order within a lane, and lets lanes go side by side", async () => {
      const [first, second, aside] = await submitted({}, {}, { lane: "contract:C2" });
      const { changes } = bench().store;
      const claimed = (await changes.claim("cedre", leaseMs))!;
      expect(claimed).toMatchObject({ change: { id: first }, maybeSent: false });
      expect((await changes.claim("cedre", leaseMs))?.change.id).toBe(aside);
      expect(await changes.claim("cedre", leaseMs)).toBeNull();
      expect(await changes.sending(claimed)).toBe(true);
      await changes.settle(claimed, { status: "APPLIED", reference: "R1" });
      expect((await changes.claim("cedre", leaseMs))?.change.id).toBe(second);
    });

    it.each(["UNKNOWN", "ACCEPTED"] as const)(
      "lets nothing pass one that is %s",
      async (status) => {
        const [first] = await submitted({}, {});
        const { changes } = bench().store;
        const claimed = (await changes.claim("cedre", leaseMs))!;
        const nextAttemptAt = later(bench(), 5 * minute);
        await changes.settle(claimed, { status, error: "TIMEOUT", nextAttemptAt });
        expect(await changes.claim("cedre", leaseMs)).toBeNull();
        bench().advance(5 * minute);
        const again = await changes.claim("cedre", leaseMs);
        expect(again).toMatchObject({ change: { id: first }, maybeSent: status === "UNKNOWN" });
      },
    );

    it("lets nothing pass one that a person must look at, nor gives it out again", async () => {
      await submitted({}, {});
      const { changes } = bench().store;
      const claimed = (await changes.claim("cedre", leaseMs))!;
      await changes.settle(claimed, { status: "NEEDS_ATTENTION", error: "OUTCOME_UNKNOWN" });
      bench().advance(day);
      expect(await changes.claim("cedre", leaseMs)).toBeNull();
    });

    it("lets others pass one that the ERP has and will apply later", async () => {
      const [first, second] = await submitted({}, {});
      const { changes } = bench().store;
      const claimed = (await changes.claim("cedre", leaseMs))!;
      const sent = {
        status: "SENT",
        reference: "LOT 7",
        effectiveBy: later(bench(), day),
      } as const;
      await changes.settle(claimed, { ...sent, nextAttemptAt: later(bench(), minute) });
      expect((await changes.claim("cedre", leaseMs))?.change.id).toBe(second);
      bench().advance(minute);
      const again = await changes.claim("cedre", leaseMs);
      expect(again).toMatchObject({
        change: { id: first, status: "SENT", reference: "LOT 7", effectiveBy: sent.effectiveBy },
        maybeSent: true,
      });
    });

    it("J-02 takes a change whose delivery died for one that may have been sent", async () => {
      const [first] = await submitted({});
      const { changes } = bench().store;
      const dead = (await changes.claim("cedre", leaseMs))!;
      expect(await changes.sending(dead)).toBe(true);
      expect(await changes.claim("cedre", leaseMs)).toBeNull();
      bench().advance(leaseMs);
      const next = (await changes.claim("cedre", leaseMs))!;
      expect(next).toMatchObject({ change: { id: first, attempts: 1 }, maybeSent: true });
      expect(await changes.settle(dead, { status: "REJECTED", reason: "OTHER" })).toBe(false);
      expect(await changes.settle(next, { status: "APPLIED", reference: null })).toBe(true);
    });

    it("takes one that was claimed and not sent for what it is", async () => {
      await submitted({});
      const { changes } = bench().store;
      const dead = (await changes.claim("cedre", leaseMs))!;
      bench().advance(leaseMs);
      expect(await changes.sending(dead)).toBe(false);
      expect(await changes.claim("cedre", leaseMs)).toMatchObject({ maybeSent: false });
    });

    it("says when the next is due", async () => {
      await submitted({}, { lane: "contract:C2" });
      const { changes } = bench().store;
      const oldest = bench().now();
      const claimed = (await changes.claim("cedre", leaseMs))!;
      await changes.settle(claimed, { status: "APPLIED", reference: null });
      expect(await changes.nextDue("cedre")).toEqual(oldest);
      expect(await changes.nextDue("tilleul")).toBeNull();
    });

    it("I-11 are found again once they were applied, page by page, and which one wrote over which", async () => {
      const elsewhere = { lane: "contract:C2" };
      const ids = await submitted({}, {}, elsewhere, { ...elsewhere, kind: "OCCUPANTS" });
      const { changes } = bench().store;
      const since = bench().now();
      for (const _id of ids) {
        const claimed = (await changes.claim("cedre", leaseMs))!;
        await changes.settle(claimed, { status: "APPLIED", reference: null });
      }
      const found = async (limit: number, after: string | null) =>
        (await changes.appliedSince("cedre", since, { limit, after })).map(
          ({ change, followed, payload }) => [change.id, followed, JSON.parse(payload!).city],
        );
      const city = "Ivry, secret street";
      const all = ids.map((id, index) => [id, index === 0, city]);
      expect(await found(2, null)).toEqual(all.slice(0, 2));
      expect(await found(2, ids[1]!)).toEqual(all.slice(2));
      const none = { limit: 10, after: null };
      expect(await changes.appliedSince("cedre", later(bench(), 1), none)).toEqual([]);
      expect(await changes.appliedSince("tilleul", since, none)).toEqual([]);
    });

    it("forgets what was asked for a month after its end, and all after a year", async () => {
      const [id] = await submitted({});
      const { store } = bench();
      const claimed = (await store.changes.claim("cedre", leaseMs))!;
      await store.changes.settle(claimed, { status: "APPLIED", reference: null });
      bench().advance(31 * day);
      await store.purge();
      const rows = await bench().database.raw("select payload from changes");
      expect(rows).toEqual([{ payload: null }]);
      bench().advance(400 * day);
      await store.purge();
      expect(await store.changes.byId("cedre", claimed.change.accountId, id!)).toBeNull();
    });
  });
});
