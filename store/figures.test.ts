import { describe, expect, it } from "vitest";
import { anAccount, describeStores, hour, minute } from "./testing/stores.ts";

describe("figures", () => {
  describeStores((bench) => {
    const submit = async (idempotencyKey: string, landlord = "cedre") => {
      const { store } = bench();
      const account =
        (await store.accounts.byEmail(landlord, "a@example.org")) ??
        (await anAccount(store, landlord));
      await store.changes.submit({
        landlord,
        accountId: account.id,
        personKey: "P1",
        contractKey: null,
        lane: `lane ${idempotencyKey}`,
        kind: "PERSONAL_DATA",
        idempotencyKey,
        request: "{}",
        payload: "{}",
        effectiveBy: null,
      });
    };
    const ofChanges = (landlord = "cedre") =>
      bench().store.figures.changes(landlord, new Date(bench().now().getTime() - 48 * hour));

    it("count a landlord's changes by where they stand, and those that somebody must look at", async () => {
      const { changes } = bench().store;
      const start = bench().now();
      await submit("key-1");
      await submit("key-2");
      await submit("key-3");
      await submit("key-4", "tilleul");
      const applied = (await changes.claim("cedre", minute))!;
      await changes.settle(applied, { status: "APPLIED", reference: null });
      const stuck = (await changes.claim("cedre", minute))!;
      await changes.settle(stuck, { status: "NEEDS_ATTENTION", error: "OUTCOME_UNKNOWN" });
      const counts = { APPLIED: 1, NEEDS_ATTENTION: 1, ACCEPTED: 1 };
      expect(await ofChanges()).toEqual({
        counts,
        oldestOpen: start,
        needAttention: 1,
        unconfirmed: 0,
      });
      const unseen = (await changes.claim("cedre", minute))!;
      await changes.settle(unseen, {
        status: "UNKNOWN",
        error: "OUTCOME_UNKNOWN",
        nextAttemptAt: start,
        reference: null,
        unconfirmedSince: start,
      });
      expect(await ofChanges()).toMatchObject({ unconfirmed: 1 });
      bench().advance(49 * hour);
      expect(await ofChanges()).toMatchObject({ needAttention: 2 });
      const nothing = { counts: {}, oldestOpen: null, needAttention: 0, unconfirmed: 0 };
      expect(await ofChanges("hetre")).toEqual(nothing);
    });

    it("count mails that wait or were given up, and files that wait", async () => {
      const { store } = bench();
      const mail = { from: "a", to: "b", subject: "c", text: "d", html: "e", landlord: "cedre" };
      await store.mails.queue(mail);
      await store.mails.deliver(() => Promise.reject(new Error("no")), { isFinal: () => true });
      await store.mails.queue(mail);
      expect(await store.figures.mails("cedre")).toEqual({ QUEUED: 1, FAILED: 1 });
      expect(await store.figures.mails("tilleul")).toEqual({});
      await store.uploads.start("cedre", {
        accountId: "A",
        purpose: "TAX_NOTICE",
        fileName: "a.pdf",
        mediaType: "application/pdf",
        sizeBytes: 10,
        expiresAt: new Date(bench().now().getTime() + hour),
      });
      expect(await store.figures.uploads("cedre")).toEqual({ STARTED: 1 });
      expect(await store.figures.payments("cedre")).toEqual({});
    });
  });
});
