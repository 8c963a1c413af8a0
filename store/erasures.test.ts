import { describe, expect, it } from "vitest";
import type { Erased } from "./erasures.ts";
import { fillFor, readable, type Marked } from "./testing/everything.ts";
import { day, describeStores, hour, type Bench } from "./testing/stores.ts";

const options = { mustBeSent: ["CARD_PAYMENT"] };

const found = (text: string, { canaries }: Marked) =>
  Object.entries(canaries).flatMap(([what, word]) => (text.includes(word) ? [what] : []));

const erase = ({ store }: Bench, { landlord, accountId }: Marked) =>
  store.erasures.erase(landlord, accountId, options);

/** Ends what was under way, as a delivery would. */
async function endAll({ store, advance }: Bench): Promise<void> {
  advance(11 * 60_000);
  for (;;) {
    const claimed = await store.changes.claim("cedre", hour);
    if (!claimed) return;
    await store.changes.settle(claimed, { status: "APPLIED", reference: null });
    await store.uploads.release("cedre", claimed.change.id);
  }
}

describe("an erasure", () => {
  describeStores((bench) => {
    it("K-08 leaves no canary in any table, once what was under way has ended, and all of the others'", async () => {
      const t1 = await fillFor(bench(), "t1");
      await fillFor(bench(), "t2");
      expect(found(await readable(bench()), t1)).toEqual(Object.keys(t1.canaries));
      const before = (await readable(bench())).split("\n").filter((line) => line.includes("t2-"));

      const outcome = await erase(bench(), t1);
      expect(outcome).toEqual({ cancelled: 1, underWay: 3, mayStillBePaid: 1, kept: 0 });
      const after = await readable(bench());
      expect(after.split("\n").filter((line) => line.includes("t2-"))).toEqual(before);
      // What the ERP may have got, the booking of what was paid, and the payment.
      const left = new Set(
        after.split("\n").flatMap((line) => (line.includes("t1-") ? [line.split(" ")[0]] : [])),
      );
      expect([...left].sort()).toEqual(["changes", "payments", "uploads"]);

      await bench().store.uploads.removed("t1-file-canary stored");
      await bench().store.uploads.removed("t1-loose-canary stored");
      await endAll(bench());
      await bench().store.purge();
      expect(found(await readable(bench()), t1)).toEqual(["payer"]);
      bench().advance(61 * day);
      await bench().store.purge();
      expect(found(await readable(bench()), t1)).toEqual([]);
    });

    it("K-08 keeps of what may still be paid what books it, for two months, and not what it was for", async () => {
      const t1 = await fillFor(bench(), "t1");
      await erase(bench(), t1);
      const text = await readable(bench());
      expect(text).toContain("t1-payer-canary");
      expect(text).not.toContain("t1-label-canary");
      expect(text).not.toContain("pay.example/" + t1.accountId);
    });

    it("K-08 keeps of what nobody knows to be paid or not as much as of what was paid", async () => {
      const t1 = await fillFor(bench(), "t1");
      const { store } = bench();
      const page = { limit: 20, before: null };
      const [refused] = await store.payments.ofAccount("cedre", t1.accountId, page);
      await store.payments.move(refused!.id, "REFUSED", { to: "UNKNOWN", nextAskAt: null });
      await erase(bench(), t1);
      await endAll(bench());
      bench().advance(61 * day);
      await store.purge();
      expect(await readable(bench())).not.toContain("t1-payer-canary");
      expect(await store.payments.find("cedre", refused!.id)).toMatchObject({
        state: "UNKNOWN",
        accountId: `erased:${refused!.id}`,
      });
    });

    it("K-08 keeps of what was paid the amount, the day and the references, and no name", async () => {
      const t1 = await fillFor(bench(), "t1");
      await erase(bench(), t1);
      await endAll(bench());
      bench().advance(61 * day);
      await bench().store.purge();
      const payments = (await readable(bench()))
        .split("\n")
        .filter((line) => line.startsWith("payments "));
      expect(payments).toHaveLength(1);
      expect(payments[0]).toContain('"12.50"');
      expect(payments[0]).toContain(`tx ${t1.accountId}`);
      expect(payments[0]).toContain('{"personKey":"","contractKey":"L/1","label":""}');
    });

    it("K-08 ends the sessions and frees the address and the person", async () => {
      const t1 = await fillFor(bench(), "t1");
      const { store } = bench();
      const expiresAt = new Date(bench().now().getTime() + day);
      const session = await store.sessions.start("cedre", t1.accountId, {
        expiresAt,
        remember: false,
      });
      await erase(bench(), t1);
      expect(await store.sessions.alive("cedre", session.sessionId)).toBeNull();
      expect(await store.sessions.refresh("cedre", session.refreshToken)).toEqual({
        outcome: "UNKNOWN",
      });
      expect(await erase(bench(), t1)).toBeNull();
      const account = {
        landlord: "cedre",
        email: t1.canaries["email"]!,
        passwordHash: "x",
        language: "fr" as const,
      };
      const made = await store.accounts.create(account, [t1.canaries["person"]!], []);
      expect(made.outcome).toBe("OK");
    });

    it("K-08 takes nothing from the people whose addresses the account had named as its next one", async () => {
      const { store } = bench();
      const named = "their-account@example.net";
      const other = { email: named, passwordHash: "x", language: "fr" as const };
      await store.accounts.create({ landlord: "cedre", ...other }, ["their-person"], []);
      const coming = "registering@example.net";
      const expiresAt = new Date(bench().now().getTime() + hour);
      const token = await store.links.create("cedre", {
        purpose: "REGISTRATION",
        subject: coming,
        payload: { email: coming, personKey: "another-person" },
        expiresAt,
      });
      for (const to of [named, coming]) {
        const leaving = await fillFor(bench(), `leaving for ${to}`);
        const { accountId } = leaving;
        const letter = { landlord: "cedre", from: "x@example.org", subject: "s", html: "" };
        await store.mails.queue({ ...letter, to, text: `letter for ${to}` });
        await store.links.create("cedre", {
          purpose: "EMAIL",
          subject: accountId,
          payload: { accountId, newEmail: to.toUpperCase() },
          expiresAt,
        });
        await erase(bench(), leaving);
        expect(await readable(bench())).toContain(`letter for ${to}`);
      }
      expect(await store.links.use("cedre", "REGISTRATION", token)).toMatchObject({
        outcome: "OK",
      });
    });

    it("K-10 takes back what was not sent, though a delivery holds it, and has the rest end first", async () => {
      const t1 = await fillFor(bench(), "t1");
      const { store } = bench();
      await erase(bench(), t1);
      const page = { limit: 20, before: null };
      const left = await store.changes.ofAccount("cedre", t1.accountId, page);
      expect(left.map(({ id }) => id).sort()).toEqual(
        [t1.changes.sending, t1.changes.booking].sort(),
      );
      expect(await store.uploads.stored("cedre", t1.attachedFile)).toBeNull();
      await endAll(bench());
      await store.purge();
      expect(await store.changes.ofAccount("cedre", t1.accountId, page)).toEqual([]);
    });

    it("K-10 a delivery that claimed the change before finds nothing to send", async () => {
      const { store } = bench();
      const t1 = await fillFor(bench(), "t1");
      bench().advance(11 * 60_000);
      const claims = [];
      for (
        let each = await store.changes.claim("cedre", hour);
        each;
        each = await store.changes.claim("cedre", hour)
      )
        claims.push(each);
      const mine = claims.find(({ change }) => change.id === t1.changes.accepted)!;
      await erase(bench(), t1);
      expect(await store.changes.sending(mine)).toBe(false);
    });

    it("K-10 what a request of just then left behind goes with the next purge", async () => {
      const t1 = await fillFor(bench(), "t1");
      const { store } = bench();
      await erase(bench(), t1);
      await store.heldContracts.remember("cedre", t1.canaries["person"]!, '["t1-held-canary"]');
      await store.purge();
      expect((await readable(bench())).includes("t1-held-canary")).toBe(false);
    });

    it("K-08 is done though nobody can open a mail, a link, a payment any more", async () => {
      const t1 = await fillFor(bench(), "t1");
      await fillFor(bench(), "t2");
      const { database, store } = bench();
      await database.raw(`update mails set content = '1.gone.AAAA' where content is not null
        and id = (select max(id) from mails)`);
      await database.raw(`update links set payload = '1.gone.AAAA' where token_hash =
        (select max(token_hash) from links where purpose = 'SOCIAL_HAND_OVER')`);
      expect(await store.exports.ofAccount("cedre", t1.accountId)).not.toBeNull();
      await database.raw(`update held_contracts set contracts = '1.gone.AAAA'
        where person_key = '${t1.canaries["person"]}'`);
      await database.raw(`update payments set content = '1.gone.AAAA'
        where account_id = '${t1.accountId}' and state = 'PAID'`);
      expect(await erase(bench(), t1)).toMatchObject({ kept: 0, mayStillBePaid: 1 });
      expect(await store.accounts.byId("cedre", t1.accountId)).toBeNull();
      await store.purge();
    });

    it("K-09 is done again after a back-up from before it was restored", async () => {
      const t1 = await fillFor(bench(), "t1");
      const t2 = await fillFor(bench(), "t2");
      const { store } = bench();
      // A back-up, taken by copying the account's row aside: the list is outside of it.
      const [row] = (await bench().database.raw(
        `select email, password_hash from accounts where id = '${t1.accountId}'`,
      )) as { email: string; password_hash: string }[];
      await erase(bench(), t1);
      const list = await store.erasures.list();
      expect(list).toHaveLength(1);
      expect(list[0]).not.toContain(t1.accountId);
      await restoreAccount(bench(), t1.accountId, row!);
      expect(await store.accounts.byId("cedre", t1.accountId)).not.toBeNull();
      expect(await store.erasures.eraseAgain(list, options)).toBe(1);
      expect(await store.accounts.byId("cedre", t1.accountId)).toBeNull();
      expect(await store.accounts.byId("cedre", t2.accountId)).not.toBeNull();
      expect(await store.erasures.eraseAgain([...list, "of a later one"], options)).toBe(0);
      expect((await store.erasures.list()).sort()).toEqual([...list, "of a later one"].sort());
    });

    it("is told to whoever holds copies, after the commit, and not where it was rolled back", async () => {
      const t1 = await fillFor(bench(), "t1");
      const { store } = bench();
      const told: Erased[] = [];
      store.erasures.onErased((erased) => told.push(erased));
      const rolledBack = store.transaction(async (within) => {
        await within.erasures.erase("cedre", t1.accountId, options);
        throw new Error("no");
      });
      await expect(rolledBack).rejects.toThrow("no");
      expect(told).toEqual([]);
      await store.transaction((within) => within.erasures.erase("cedre", t1.accountId, options));
      expect(told).toEqual([
        {
          landlord: "cedre",
          accountId: t1.accountId,
          personKeys: [t1.canaries["person"]],
          contractKeys: ["t1-person-canary/1"],
        },
      ]);
    });
  });
});

async function restoreAccount(
  { database }: Bench,
  id: string,
  { email, password_hash }: { email: string; password_hash: string },
): Promise<void> {
  await database.raw(
    `insert into accounts (id, landlord, email, email_key, password_hash, language, created_at)
     values ('${id}', 'cedre', '${email}', '${email}', '${password_hash}', 'fr', 0)`,
  );
  await database.raw(`delete from erasures`);
}
