import { describe, expect, it } from "vitest";
import type { RefreshOutcome } from "./sessions.ts";
import { anAccount, day, describeStores, hour, type Bench } from "./testing/stores.ts";

async function signIn({ store, now }: Bench, remember = false) {
  const account =
    (await store.accounts.byEmail("cedre", "a@example.org")) ?? (await anAccount(store));
  const expiresAt = new Date(now().getTime() + 12 * hour);
  return {
    account,
    expiresAt,
    ...(await store.sessions.start("cedre", account.id, { expiresAt, remember })),
  };
}

function ok(outcome: RefreshOutcome) {
  if (outcome.outcome !== "OK") throw new Error(outcome.outcome);
  return outcome;
}

describe("sessions", () => {
  describeStores((bench) => {
    it("says whose a live session is, and for which persons", async () => {
      const { account, sessionId } = await signIn(bench());
      expect(await bench().store.sessions.alive("cedre", sessionId)).toEqual({
        accountId: account.id,
        email: "a@example.org",
        personKeys: ["person of a@example.org"],
      });
    });

    it("knows a session of an account that stands for nobody", async () => {
      const { store, now } = bench();
      const created = await store.accounts.create(
        { landlord: "cedre", email: "n@example.org", passwordHash: "x", language: "fr" },
        [],
        [],
      );
      if (created.outcome !== "OK") throw new Error(created.outcome);
      const expiresAt = new Date(now().getTime() + hour);
      const options = { expiresAt, remember: false };
      const { sessionId } = await store.sessions.start("cedre", created.account.id, options);
      expect((await store.sessions.alive("cedre", sessionId))?.personKeys).toEqual([]);
    });

    it("does not know a session at another landlord, nor refreshes or ends it there", async () => {
      const { sessions } = bench().store;
      const { account, sessionId, refreshToken } = await signIn(bench());
      expect(await sessions.alive("tilleul", sessionId)).toBeNull();
      expect(await sessions.refresh("tilleul", refreshToken)).toEqual({ outcome: "UNKNOWN" });
      await sessions.end("tilleul", sessionId);
      await sessions.endAll("tilleul", account.id);
      expect(await sessions.alive("cedre", sessionId)).not.toBeNull();
      expect((await sessions.refresh("cedre", refreshToken)).outcome).toBe("OK");
    });

    it("does not start a session for another landlord's account", async () => {
      const { store, now } = bench();
      const account = await anAccount(store, "tilleul");
      const started = store.sessions.start("cedre", account.id, {
        expiresAt: new Date(now().getTime() + hour),
        remember: false,
      });
      await expect(started).rejects.toThrow(/foreign key/i);
    });

    it("is over at its end, to the millisecond", async () => {
      const { store, advance, now } = bench();
      const { sessionId, refreshToken, expiresAt } = await signIn(bench());
      advance(expiresAt.getTime() - now().getTime() - 1);
      expect(await store.sessions.alive("cedre", sessionId)).not.toBeNull();
      advance(1);
      expect(await store.sessions.alive("cedre", sessionId)).toBeNull();
      expect(await store.sessions.refresh("cedre", refreshToken)).toEqual({ outcome: "EXPIRED" });
    });

    it("gives the next refresh token for each, with the session's own end", async () => {
      const { sessions } = bench().store;
      const { account, sessionId, refreshToken, expiresAt } = await signIn(bench(), true);
      const tokens = new Set([refreshToken]);
      let token = refreshToken;
      for (let round = 0; round < 5; round++) {
        bench().advance(hour);
        const next = ok(await sessions.refresh("cedre", token));
        expect(next).toMatchObject({ sessionId, accountId: account.id, expiresAt, remember: true });
        tokens.add((token = next.refreshToken));
      }
      expect(tokens.size).toBe(6);
    });

    it("ends the session when a token comes back after its use", async () => {
      const { sessions } = bench().store;
      const { sessionId, refreshToken } = await signIn(bench());
      const next = ok(await sessions.refresh("cedre", refreshToken));
      bench().advance(10_000);
      expect(await sessions.refresh("cedre", refreshToken)).toEqual({ outcome: "REUSED" });
      expect(await sessions.alive("cedre", sessionId)).toBeNull();
      expect(await sessions.refresh("cedre", next.refreshToken)).toEqual({ outcome: "UNKNOWN" });
    });

    it("lets two tabs refresh with one token within ten seconds", async () => {
      const { sessions } = bench().store;
      const { sessionId, refreshToken } = await signIn(bench());
      const first = ok(await sessions.refresh("cedre", refreshToken));
      bench().advance(9_999);
      const second = ok(await sessions.refresh("cedre", refreshToken));
      expect(second.refreshToken).not.toBe(first.refreshToken);
      bench().advance(hour);
      expect((await sessions.refresh("cedre", second.refreshToken)).outcome).toBe("OK");
      expect(await sessions.alive("cedre", sessionId)).not.toBeNull();
    });

    it("goes on with one of the tokens given in those seconds; the other shows a thief", async () => {
      const { sessions } = bench().store;
      const { sessionId, refreshToken } = await signIn(bench());
      const mine = ok(await sessions.refresh("cedre", refreshToken));
      const thiefs = ok(await sessions.refresh("cedre", refreshToken));
      bench().advance(hour);
      ok(await sessions.refresh("cedre", mine.refreshToken));
      bench().advance(hour);
      const outcome = await sessions.refresh("cedre", thiefs.refreshToken);
      expect(outcome).toEqual({ outcome: "REUSED" });
      expect(await sessions.alive("cedre", sessionId)).toBeNull();
    });

    it("survives parallel refreshes from two processes", async () => {
      const stores = [bench().store, await bench().another()];
      const { sessionId, refreshToken } = await signIn(bench());
      const outcomes = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          stores[index % 2]!.sessions.refresh("cedre", refreshToken),
        ),
      );
      const tokens = outcomes.map((outcome) => ok(outcome).refreshToken);
      expect(new Set(tokens).size).toBe(6);
      expect(await stores[0]!.sessions.alive("cedre", sessionId)).not.toBeNull();
    });

    it("knows nothing of a token that it never gave", async () => {
      await signIn(bench());
      const outcome = await bench().store.sessions.refresh("cedre", "A".repeat(43));
      expect(outcome).toEqual({ outcome: "UNKNOWN" });
    });

    it("ends one session, or all of an account but one", async () => {
      const { sessions } = bench().store;
      const [one, two, three] = [
        await signIn(bench()),
        await signIn(bench()),
        await signIn(bench()),
      ];
      const alive = async (of: { sessionId: string }) =>
        (await sessions.alive("cedre", of.sessionId)) !== null;
      await sessions.end("cedre", one.sessionId);
      expect([await alive(one), await alive(two), await alive(three)]).toEqual([false, true, true]);
      await sessions.endAll("cedre", one.account.id, three.sessionId);
      expect([await alive(two), await alive(three)]).toEqual([false, true]);
      await sessions.endAll("cedre", one.account.id);
      expect(await alive(three)).toBe(false);
      expect((await sessions.refresh("cedre", three.refreshToken)).outcome).toBe("UNKNOWN");
    });

    it("purges the sessions that are over and keeps the others", async () => {
      const { store, advance } = bench();
      const over = await signIn(bench());
      advance(day);
      const live = await signIn(bench());
      await store.purge();
      expect(await store.sessions.refresh("cedre", over.refreshToken)).toEqual({
        outcome: "UNKNOWN",
      });
      expect((await store.sessions.refresh("cedre", live.refreshToken)).outcome).toBe("OK");
    });
  });
});
