import { describe, expect, it } from "vitest";
import { fillFor } from "./testing/everything.ts";
import { anAccount, day, describeStores, hour, minute } from "./testing/stores.ts";

const landlord = "cedre";

describe("a store that a back-up brought back", () => {
  describeStores((bench) => {
    const later = () => new Date(bench().now().getTime() + hour);
    const submit = async (accountId: string, idempotencyKey: string) =>
      (
        await bench().store.changes.submit({
          landlord,
          accountId,
          personKey: "P1",
          contractKey: null,
          lane: idempotencyKey,
          kind: "PERSONAL_DATA",
          idempotencyKey,
          request: "{}",
          payload: "{}",
          effectiveBy: null,
        })
      ).change.id;

    it("J-10 has nobody signed in, and no link that may have been used since", async () => {
      const { store } = bench();
      const { id } = await anAccount(store);
      const expiresAt = later();
      const session = await store.sessions.start(landlord, id, { expiresAt, remember: true });
      const link = { purpose: "PASSWORD" as const, subject: id, payload: "x", expiresAt };
      const token = await store.links.create(landlord, link);
      expect(await store.settleRestored()).toMatchObject({ sessions: 1, links: 1 });
      expect(await store.sessions.alive(landlord, session.sessionId)).toBeNull();
      const refreshed = await store.sessions.refresh(landlord, session.refreshToken);
      expect(refreshed.outcome).toBe("UNKNOWN");
      expect(await store.links.use(landlord, "PASSWORD", token)).toEqual({ outcome: "EXPIRED" });
    });

    it("J-10 sends no change that was open before the ERP was asked for it", async () => {
      const { store } = bench();
      const { id: account } = await anAccount(store);
      const [accepted, sending, ended] = [
        await submit(account, "key-0001"),
        await submit(account, "key-0002"),
        await submit(account, "key-0003"),
      ];
      const claims = [];
      for (const _ of [1, 2, 3]) claims.push((await store.changes.claim(landlord, minute))!);
      await store.changes.sending(claims[1]!);
      await store.changes.settle(claims[2]!, { status: "APPLIED", reference: null });

      expect(await store.settleRestored()).toMatchObject({ changes: 2 });
      const held = await store.changes.settle(claims[1]!, { status: "APPLIED", reference: null });
      expect(held, "a delivery of before").toBe(false);
      for (const id of [accepted, sending]) {
        const claimed = await store.changes.claim(landlord, minute);
        expect(claimed).toMatchObject({ change: { id }, maybeSent: true, restored: true });
        const [last] = (await store.changes.history(id)).slice(-1);
        expect(last).toMatchObject({ to: "UNKNOWN", error: "OUTCOME_UNKNOWN" });
      }
      expect(await store.changes.claim(landlord, minute)).toBeNull();
      expect((await store.changes.byId(landlord, account, ended))!.status).toBe("APPLIED");
    });

    it("J-10 lets a person have such a change sent after all, like any other", async () => {
      const { store } = bench();
      const { id: accountId } = await anAccount(store);
      const id = await submit(accountId, "key-0001");
      await store.settleRestored();
      const claimed = (await store.changes.claim(landlord, minute))!;
      await store.changes.settle(claimed, { status: "NEEDS_ATTENTION", error: "OUTCOME_UNKNOWN" });
      const actor = { accountId, reason: "not there" };
      const decided = { id, decision: "SEND_AGAIN" as const, actor, overdueSince: new Date(0) };
      await store.changes.settleByHand(landlord, decided);
      const again = await store.changes.claim(landlord, minute);
      expect(again).toMatchObject({ maybeSent: false, restored: false });
    });

    it("J-10 asks the provider at once, and numbers payments on behind what it may have seen", async () => {
      const { store, now } = bench();
      const { id: accountId } = await anAccount(store);
      const begin = async (idempotencyKey: string) => {
        const made = await store.payments.create({
          landlord,
          accountId,
          personKey: "P1",
          contractKey: "C1",
          label: "C1",
          amount: "12.50",
          provider: "lyra",
          idempotencyKey,
        });
        if (made.outcome !== "NEW") throw new Error(made.outcome);
        return made;
      };
      const page = { redirect: "{}", expiresAt: later() };
      const shown = await begin("shown");
      const nextAskAt = new Date(now().getTime() + day);
      await store.payments.redirected(shown, { ...page, providerReference: "R1" }, nextAskAt);
      const beginning = await begin("beginning");

      expect(await store.settleRestored()).toMatchObject({ payments: 2 });
      const late = { ...page, providerReference: "R2" };
      expect(await store.payments.redirected(beginning, late, nextAskAt)).toBeNull();
      expect(await store.payments.dueIds(landlord, 5)).toEqual([shown.payment.id]);
      expect(await store.payments.find(landlord, beginning.payment.id)).toMatchObject({
        state: "UNKNOWN",
        problem: "BEGIN_UNKNOWN",
        restored: true,
      });
      expect((await begin("next")).payment).toMatchObject({ dayNumber: 100_003, restored: false });
    });

    it("J-10 is settled whole or not at all, whatever stands in it", async () => {
      const { store } = bench();
      await fillFor(bench(), "martin");
      const failing = store.transaction(async (within) => {
        await within.settleRestored();
        throw new Error("cut off");
      });
      await expect(failing).rejects.toThrow("cut off");
      const counts = await store.settleRestored();
      expect(counts).toEqual({ sessions: 1, links: 2, changes: 3, payments: 0 });
      expect(await store.settleRestored()).toMatchObject({ sessions: 0, links: 0, changes: 3 });
    });
  });
});
