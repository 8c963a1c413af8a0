import { describe, expect, it } from "vitest";
import { createCipher } from "./cipher.ts";
import { fillFor, readable } from "./testing/everything.ts";
import { describeStores, hour, testSecret } from "./testing/stores.ts";

const next = new Uint8Array(32).fill(9);

describe("a new secret", () => {
  describeStores((bench) => {
    it("K-03 reseals every column of every table, and then the former one is not needed", async () => {
      const t1 = await fillFor(bench(), "t1");
      await bench().store.keys.current();
      const former = createCipher(testSecret).sealedPrefix;
      const before = await bench().database.content();
      expect(before.includes(former)).toBe(true);
      const both = await bench().another({ secret: next, formerSecrets: [testSecret] });
      expect(await both.reseal()).toBeGreaterThan(15);
      expect(await both.reseal()).toBe(0);
      await both.close();
      const text = await readable(bench(), next);
      expect(text).not.toContain(`"${former}`);
      expect(Object.values(t1.canaries).filter((word) => !text.includes(word))).toEqual([]);
      const alone = await bench().another({ secret: next });
      expect(await alone.exports.ofAccount("cedre", t1.accountId)).not.toBeNull();
    });

    it("K-03 goes on past a value that cannot be opened, and says at the end where it is", async () => {
      const t1 = await fillFor(bench(), "t1");
      const broken = "1.gone.AAAA";
      await bench().database.raw(`update changes set payload = '${broken}'
        where id = '${t1.changes.applied}'`);
      const both = await bench().another({ secret: next, formerSecrets: [testSecret] });
      await expect(both.reseal()).rejects.toThrow("(changes.payload: 1)");
      await bench().database.raw(`delete from changes where id = '${t1.changes.applied}'`);
      expect(await readable(bench(), next)).not.toContain(createCipher(testSecret).sealedPrefix);
    });

    it("K-03 reseals more values than are read at once, and takes up again where it was stopped", async () => {
      const letter = { landlord: "cedre", to: "a@example.org", from: "x@example.org", html: "" };
      await bench().store.transaction(async (bound) => {
        for (let n = 0; n < 210; n += 1) {
          await bound.mails.queue({ ...letter, subject: `${n}`, text: "" });
        }
      });
      const both = await bench().another({ secret: next, formerSecrets: [testSecret] });
      let left = 50;
      const killed = {
        get aborted() {
          left -= 1;
          return left < 0;
        },
      } as AbortSignal;
      expect(await both.reseal(killed)).toBe(50);
      expect(await both.reseal()).toBe(160);
    });

    it("K-03 with both valid, two processes work on while one of them reseals: nothing fails", async () => {
      const { store: old } = bench();
      await old.close();
      const before = await bench().another({ secret: testSecret, formerSecrets: [next] });
      const after = await bench().another({ secret: next, formerSecrets: [testSecret] });
      const expiresAt = new Date(bench().now().getTime() + hour);
      const work = async (n: number) => {
        const [one, other] = n % 2 ? [before, after] : [after, before];
        const subject = `s${n}@example.org`;
        const link = { purpose: "PASSWORD" as const, subject, payload: n, expiresAt };
        const token = await one.links.create("cedre", link);
        expect(await other.links.newest("cedre", "PASSWORD", subject)).toBe(n);
        expect((await other.links.use("cedre", "PASSWORD", token)).outcome).toBe("OK");
        const hit = { points: 1, windowMs: hour };
        expect((await one.throttle.hit(subject, hit)).allowed).toBe(true);
        expect((await other.throttle.hit(subject, hit)).allowed).toBe(false);
      };
      await Promise.all([...Array.from({ length: 40 }, (_, n) => work(n)), after.reseal()]);
    });

    it("K-03 a change submitted under the former secret is known under the new one, not submitted twice", async () => {
      const t1 = await fillFor(bench(), "t1");
      const both = await bench().another({ secret: next, formerSecrets: [testSecret] });
      const asked = {
        landlord: "cedre",
        accountId: t1.accountId,
        idempotencyKey: "key of accepted",
        request: "{}",
      };
      expect(await both.changes.repeated(asked)).toMatchObject({
        sameRequest: true,
        change: { id: t1.changes.accepted },
      });
    });
  });
});
