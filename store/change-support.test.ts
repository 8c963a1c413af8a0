import { describe, expect, it } from "vitest";
import type { ChangeStatus } from "./change-row.ts";
import type { Decision } from "./change-support.ts";
import { anAccount, day, describeStores, hour, minute, type Bench } from "./testing/stores.ts";

const leaseMs = minute;

/** Submits a change of the account, in the lane of its contract. */
async function submit(bench: Bench, idempotencyKey: string, landlord = "cedre"): Promise<string> {
  const { store } = bench;
  const account =
    (await store.accounts.byEmail(landlord, "a@example.org")) ?? (await anAccount(store, landlord));
  const { change } = await store.changes.submit({
    landlord,
    accountId: account.id,
    personKey: "P1",
    contractKey: "C1",
    lane: "contract:C1",
    kind: "BILLING_ADDRESS",
    idempotencyKey,
    request: "{}",
    payload: '{"city":"Ivry, secret street"}',
    effectiveBy: null,
  });
  return change.id;
}

describe("changes, as the landlord's people see them", () => {
  describeStores((bench) => {
    /** Takes the next one as far as needing a person. */
    const giveUp = async () => {
      const { changes } = bench().store;
      const claimed = (await changes.claim("cedre", leaseMs))!;
      await changes.sending(claimed);
      await changes.settle(claimed, { status: "NEEDS_ATTENTION", error: "OUTCOME_UNKNOWN" });
    };
    const decide = async (id: string, decision: Decision, landlord = "cedre") => {
      const settled = await bench().store.changes.settleByHand(landlord, {
        id,
        decision,
        actor: { accountId: "S1", reason: "Seen in the ERP, says Mme Kaplan." },
        overdueSince: new Date(bench().now().getTime() - 48 * hour),
      });
      if (settled) expect(settled.payload).toContain("secret street");
      return settled && settled.change;
    };
    const standing = async (id: string) =>
      (await bench().store.changes.ofAnybody("cedre", id))?.change.status;
    const searched = async (statuses: ChangeStatus[], more: object = {}) => {
      const search = { statuses, submittedBefore: null, limit: 10, after: null, ...more };
      const found = await bench().store.changes.search("cedre", search);
      return found.map(({ change }) => change.id);
    };

    it("are found by where they stand and how old they are, page by page, of one landlord", async () => {
      const first = await submit(bench(), "key-1");
      await giveUp();
      bench().advance(hour);
      const second = await submit(bench(), "key-2");
      const third = await submit(bench(), "key-3");
      await submit(bench(), "key-4", "tilleul");
      expect(await searched([])).toEqual([first, second, third]);
      expect(await searched(["NEEDS_ATTENTION"])).toEqual([first]);
      expect(await searched(["ACCEPTED"], { limit: 1, after: second })).toEqual([third]);
      const before = new Date(bench().now().getTime() - minute);
      expect(await searched([], { submittedBefore: before })).toEqual([first]);
      expect(await bench().store.changes.ofAnybody("tilleul", first)).toBeNull();
    });

    it("tell which of a lane holds up the others", async () => {
      await submit(bench(), "key-1");
      await giveUp();
      await submit(bench(), "key-2");
      const search = { statuses: [], submittedBefore: null, limit: 10, after: null };
      const found = await bench().store.changes.search("cedre", search);
      expect(found.map(({ firstInLane }) => firstInLane)).toEqual([true, false]);
    });

    it("hold up their lane until somebody decides", async () => {
      const first = await submit(bench(), "key-1");
      const second = await submit(bench(), "key-2");
      await giveUp();
      const { changes } = bench().store;
      bench().advance(hour);
      expect(await changes.claim("cedre", leaseMs)).toBeNull();
      expect(await decide(first, "APPLIED")).toMatchObject({
        status: "APPLIED",
        endedAt: bench().now(),
      });
      expect((await changes.claim("cedre", leaseMs))?.change.id).toBe(second);
      expect(await decide(first, "REJECTED")).toBeNull();
    });

    it("hold one that may be sent by itself before they have it sent again", async () => {
      const id = await submit(bench(), "key-1");
      const { changes } = bench().store;
      const claimed = (await changes.claim("cedre", leaseMs))!;
      await changes.sending(claimed);
      const nextAttemptAt = bench().now();
      await changes.settle(claimed, { status: "UNKNOWN", error: "TIMEOUT", nextAttemptAt });
      bench().advance(3 * day);
      expect(await decide(id, "SEND_AGAIN")).toMatchObject({ status: "NEEDS_ATTENTION" });
      expect(await changes.claim("cedre", leaseMs)).toBeNull();
      expect(await decide(id, "SEND_AGAIN")).toMatchObject({ status: "ACCEPTED" });
      expect(await changes.claim("cedre", leaseMs)).toMatchObject({ maybeSent: false });
    });

    it("can be refused by hand, and sent again without a look", async () => {
      const first = await submit(bench(), "key-1");
      await giveUp();
      expect(await decide(first, "SEND_AGAIN")).toMatchObject({ status: "ACCEPTED", attempts: 1 });
      const { changes } = bench().store;
      const again = (await changes.claim("cedre", leaseMs))!;
      expect(again).toMatchObject({ change: { id: first }, maybeSent: false });
      await changes.sending(again);
      await changes.settle(again, { status: "NEEDS_ATTENTION", error: "OUTCOME_UNKNOWN" });
      expect(await decide(first, "REJECTED")).toMatchObject({
        status: "REJECTED",
        reason: "OTHER",
      });
    });

    it("on their way are sent again once they are late, and whoever held them has lost them", async () => {
      const first = await submit(bench(), "key-1");
      const { changes } = bench().store;
      expect(await decide(first, "SEND_AGAIN")).toBeNull();
      bench().advance(49 * hour);
      const held = (await changes.claim("cedre", leaseMs))!;
      expect(await decide(first, "APPLIED")).toBeNull();
      expect(await decide(first, "SEND_AGAIN", "tilleul")).toBeNull();
      expect(await decide(first, "SEND_AGAIN")).toMatchObject({ status: "ACCEPTED" });
      expect(await changes.sending(held)).toBe(false);
      expect(await changes.settle(held, { status: "APPLIED", reference: null })).toBe(false);
      expect(await standing(first)).toBe("ACCEPTED");
    });

    it("are decided once where two decide at once, from two processes", async () => {
      const first = await submit(bench(), "key-1");
      await giveUp();
      const stores = [bench().store, await bench().another()];
      const settled = await Promise.all(
        stores.map((store, i) =>
          store.changes.settleByHand("cedre", {
            id: first,
            decision: i === 0 ? "APPLIED" : "REJECTED",
            actor: { accountId: `S${i}`, reason: "Looked." },
            overdueSince: bench().now(),
          }),
        ),
      );
      expect(settled.filter((one) => one !== null)).toHaveLength(1);
      expect(await bench().store.changes.history(first)).toHaveLength(2);
    });

    it("have a history: each step in order, equal ones in a row as one, who and why where by hand", async () => {
      const first = await submit(bench(), "key-1");
      const { changes } = bench().store;
      const start = bench().now();
      for (let i = 0; i < 3; i += 1) {
        const claimed = (await changes.claim("cedre", leaseMs))!;
        await changes.sending(claimed);
        bench().advance(minute);
        const nextAttemptAt = bench().now();
        await changes.settle(claimed, { status: "ACCEPTED", error: "UNAVAILABLE", nextAttemptAt });
      }
      await giveUp();
      await decide(first, "APPLIED");
      const after = (minutes: number) => new Date(start.getTime() + minutes * minute);
      const step = { times: 1, error: null, byHand: null };
      expect(await changes.history(first)).toEqual([
        {
          ...step,
          at: after(1),
          lastAt: after(3),
          times: 3,
          from: "SENDING",
          to: "ACCEPTED",
          error: "UNAVAILABLE",
          attempt: 3,
        },
        {
          ...step,
          at: after(3),
          lastAt: after(3),
          from: "SENDING",
          to: "NEEDS_ATTENTION",
          error: "OUTCOME_UNKNOWN",
          attempt: 4,
        },
        {
          ...step,
          at: after(3),
          lastAt: after(3),
          from: "NEEDS_ATTENTION",
          to: "APPLIED",
          attempt: 4,
          byHand: { accountId: "S1", reason: "Seen in the ERP, says Mme Kaplan." },
        },
      ]);
      expect(JSON.stringify(await bench().database.raw("select * from change_events"))).not.toMatch(
        /Kaplan/,
      );
      bench().advance(401 * day);
      await bench().store.purge();
      expect(await bench().database.raw("select * from change_events")).toEqual([]);
    });

    it("have no step in their history that was not kept", async () => {
      const first = await submit(bench(), "key-1");
      const { store } = bench();
      const claimed = (await store.changes.claim("cedre", leaseMs))!;
      const undone = store.transaction(async (bound) => {
        await bound.changes.settle(claimed, { status: "APPLIED", reference: null });
        throw new Error("undone");
      });
      await expect(undone).rejects.toThrow("undone");
      expect(await store.changes.history(first)).toEqual([]);
    });

    it("are told once when they are late, by whichever process asks", async () => {
      const first = await submit(bench(), "key-1");
      bench().advance(hour);
      const stores = [bench().store, await bench().another()];
      const take = async () => {
        const taken = await Promise.all(
          stores.map((store) => store.changes.takeOverdue("cedre", bench().now())),
        );
        return taken.flat().map(({ id }) => id);
      };
      expect(await take()).toEqual([first]);
      expect(await take()).toEqual([]);
    });
  });
});
