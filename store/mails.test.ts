import { describe, expect, it } from "vitest";
import type { NewMail, QueuedMail } from "./mails.ts";
import { day, describeStores, hour, minute } from "./testing/stores.ts";

const mail = (n: number): NewMail => ({
  landlord: "cedre",
  to: `tenant${n}@example.org`,
  from: "Cèdre <no-reply@cedre.example>",
  subject: `Bonjour ${n}`,
  text: "Votre lien",
  html: "<p>Votre lien</p>",
});

function outbox() {
  const sent: QueuedMail[] = [];
  return { sent, send: async (message: QueuedMail) => void sent.push(message) };
}

const refuse = async () => {
  throw new Error("451 try later");
};

describe("mails", () => {
  describeStores((bench) => {
    it("are sent once each, as they were queued", async () => {
      const { mails } = bench().store;
      const { sent, send } = outbox();
      for (let n = 0; n < 7; n++) await mails.queue(mail(n));
      expect(await mails.deliver(send)).toEqual({ sent: 7, postponed: 0, failed: 0 });
      expect(await mails.deliver(send)).toEqual({ sent: 0, postponed: 0, failed: 0 });
      const byAddress = sent.sort((a, b) => a.to.localeCompare(b.to));
      expect(byAddress).toMatchObject([0, 1, 2, 3, 4, 5, 6].map(mail));
      expect(new Set(sent.map(({ id }) => id)).size).toBe(7);
    });

    it("leave nothing of their content once they are sent, and go after a month", async () => {
      const { store, database, advance } = bench();
      await store.mails.queue(mail(1));
      await store.mails.deliver(outbox().send);
      const kept = await database.raw("select content, status from mails");
      expect(kept).toMatchObject([{ content: null, status: "SENT" }]);
      advance(30 * day);
      await store.purge();
      expect(await database.raw("select id from mails")).toHaveLength(1);
      advance(1);
      await store.purge();
      expect(await database.raw("select id from mails")).toEqual([]);
    });

    it("are sent once each by two processes that deliver side by side", async () => {
      const { store, another } = bench();
      const other = await another();
      const { sent, send } = outbox();
      for (let n = 0; n < 24; n++) await store.mails.queue(mail(n));
      const counts = await Promise.all([
        store.mails.deliver(send),
        other.mails.deliver(send),
        other.mails.deliver(send),
      ]);
      expect(counts.reduce((sum, count) => sum + count.sent, 0)).toBe(24);
      expect(new Set(sent.map(({ id }) => id)).size).toBe(24);
      expect(sent).toHaveLength(24);
    });

    it("are queued only if the transaction is kept, and announced only then", async () => {
      const { store } = bench();
      const { sent, send } = outbox();
      let heard = 0;
      const unsubscribe = store.mails.onQueued(() => void (heard += 1));
      const failing = store.transaction(async (within) => {
        await within.mails.queue(mail(1));
        throw new Error("no");
      });
      await expect(failing).rejects.toThrow("no");
      expect(heard).toBe(0);
      await store.transaction(async (within) => {
        await within.mails.queue(mail(2));
        expect(heard).toBe(0);
      });
      expect(heard).toBe(1);
      await store.mails.deliver(send);
      expect(sent.map(({ to }) => to)).toEqual(["tenant2@example.org"]);
      unsubscribe();
      await store.mails.queue(mail(3));
      expect(heard).toBe(1);
    });

    it("J-12 are tried again, later and later, under the same id, until they are accepted", async () => {
      const { store, advance } = bench();
      await store.mails.queue(mail(1));
      const ids = new Set<string>();
      const attempts: number[] = [];
      const onError = (_: unknown, of: { id: string; attempts: number }) => {
        ids.add(of.id);
        attempts.push(of.attempts);
      };
      const postponed = { sent: 0, postponed: 1, failed: 0 };
      expect(await store.mails.deliver(refuse, { onError })).toEqual(postponed);
      advance(2_499);
      expect((await store.mails.deliver(refuse, { onError })).postponed).toBe(0);
      advance(2_501);
      expect(await store.mails.deliver(refuse, { onError })).toEqual(postponed);
      advance(4_999);
      expect((await store.mails.deliver(refuse, { onError })).postponed).toBe(0);
      advance(5_001);
      const { sent, send } = outbox();
      expect((await store.mails.deliver(send)).sent).toBe(1);
      expect(attempts).toEqual([1, 2]);
      expect([...ids]).toEqual(sent.map(({ id }) => id));
    });

    it("are given up after a day of trying", async () => {
      const { store, advance, now } = bench();
      await store.mails.queue(mail(1));
      const begun = now().getTime();
      let counts = await store.mails.deliver(refuse);
      while (counts.failed === 0 && now().getTime() < begun + 3 * day) {
        advance(5 * minute);
        counts = await store.mails.deliver(refuse);
      }
      expect((now().getTime() - begun) / hour).toBeGreaterThan(23);
      expect((now().getTime() - begun) / hour).toBeLessThan(24.5);
      advance(day);
      expect(await store.mails.deliver(refuse)).toEqual({ sent: 0, postponed: 0, failed: 0 });
    });

    it("are given up at once when the refusal is final", async () => {
      const { store, advance } = bench();
      await store.mails.queue(mail(1));
      const counts = await store.mails.deliver(refuse, { isFinal: () => true });
      expect(counts).toEqual({ sent: 0, postponed: 0, failed: 1 });
      advance(hour);
      expect((await store.mails.deliver(outbox().send)).sent).toBe(0);
    });

    it("J-12 are taken over from a process that died while sending, and not before", async () => {
      const { store, another, advance } = bench();
      const other = await another();
      const { sent, send } = outbox();
      await store.mails.queue(mail(1));
      let answer = () => {};
      const sending = new Promise<void>((resolve) => (answer = resolve));
      let begun = () => {};
      const begins = new Promise<void>((resolve) => (begun = resolve));
      const first = store.mails.deliver(() => {
        begun();
        return sending;
      });
      await begins;
      advance(3 * minute - 1);
      expect((await other.mails.deliver(send)).sent).toBe(0);
      advance(1);
      expect((await other.mails.deliver(send)).sent).toBe(1);
      answer();
      await first;
      advance(hour);
      expect((await store.mails.deliver(send)).sent).toBe(0);
      expect(sent).toHaveLength(1);
    });

    it("are begun no more once the signal has fired", async () => {
      const { store } = bench();
      for (let n = 0; n < 12; n++) await store.mails.queue(mail(n));
      const stopping = new AbortController();
      const { sent, send } = outbox();
      const stopAfter = async (message: QueuedMail) => {
        await send(message);
        stopping.abort();
      };
      await store.mails.deliver(stopAfter, { signal: stopping.signal });
      expect(sent.length).toBeLessThan(12);
      await store.mails.deliver(send);
      expect(sent).toHaveLength(12);
    });
  });
});
