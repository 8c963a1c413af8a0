import { describe, expect, test, vi } from "vitest";
import { PortError } from "../../ports/errors.ts";
import { balances } from "../../ports/billing.ts";
import { call, connected, fixture, login, replay } from "./replay.ts";
import { createSessions } from "./session.ts";

const { answers, asked, paths } = replay();
const contract = "BAI-000014";
const solde = `/Api/Contrats/${contract}/Solde`;
const logins = () => paths().filter((path) => path === login).length;
const ticketOf = (name: string) => ({
  body: { ...(fixture("session").body as object), Donnees: { Ticket: name } },
});

describe("a ticket", () => {
  test("is taken once for many calls at the same time, and kept for later ones", async () => {
    const { use } = await connected();
    const keys = Array.from({ length: 20 }, (_, i) => `BAI-${String(100 + i).padStart(6, "0")}`);
    await Promise.all(keys.map((key) => use(balances).ofContracts([key], call())));
    await use(balances).ofContracts([contract], call());
    expect(logins()).toBe(1);
    expect(asked).toHaveLength(22);
  });

  test("that has lapsed is renewed once, and the read is made again", async () => {
    answers(login, ticketOf("first"), ticketOf("second"));
    answers(solde, fixture("sessionPerdue"), fixture("solde"));
    const { use } = await connected();
    expect((await use(balances).ofContracts([contract], call()))[0]).not.toBeNull();
    expect(paths()).toEqual([login, solde, login, solde]);
    expect(asked.map(({ headers }) => headers.get("x-ticket"))).toEqual([
      null,
      "first",
      null,
      "second",
    ]);
  });

  test("that never holds makes it unavailable, without a loop", async () => {
    answers(solde, fixture("sessionPerdue"));
    const { use } = await connected();
    const ask = use(balances).ofContracts([contract], call());
    await expect(ask).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(paths()).toEqual([login, solde, login, solde]);
  });

  test("is not what a refused login gives, and the refusal is not tried again for a minute", async () => {
    let time = Date.parse("2026-11-20T08:00:00Z");
    const log = vi.fn();
    answers(login, fixture("identifiants"));
    const { use } = await connected({ now: () => new Date(time), log });
    const ask = () => use(balances).ofContracts([contract], call());
    await expect(ask()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(ask()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    time += 59_000;
    await expect(ask()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(paths()).toEqual([login]);
    expect(log).toHaveBeenCalledExactlyOnceWith("error", expect.any(String), expect.anything());
    time += 2000;
    answers(login, fixture("session"));
    expect((await ask())[0]).not.toBeNull();
  });

  test.each([
    ["with a line break", "a\r\nx-admin: 1"],
    ["that is empty", ""],
    ["that is too long", "t".repeat(501)],
  ])("%s is unusable", async (_, ticket) => {
    answers(login, ticketOf(ticket));
    const { use } = await connected();
    const ask = use(balances).ofContracts([contract], call());
    await expect(ask).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});

describe("sessions", () => {
  const now = () => new Date(0);

  /** Logins that end when told. */
  function slowly() {
    const waiting: {
      give(ticket: string | null): void;
      fail(error: Error): void;
      signal: AbortSignal;
    }[] = [];
    const sessions = createSessions(
      ({ signal }) =>
        new Promise((give, fail) => {
          waiting.push({ give, fail, signal });
        }),
      now,
    );
    return { sessions, waiting };
  }

  test("renew one ticket for all whose ticket lapsed together, however late they say so", async () => {
    const { sessions, waiting } = slowly();
    const first = sessions.ticket(call());
    waiting[0]!.give("A");
    await first;
    const early = [sessions.renewed("A", call()), sessions.renewed("A", call())];
    await Promise.resolve();
    waiting[1]!.give("B");
    expect(await Promise.all(early)).toEqual(["B", "B"]);
    expect(await sessions.renewed("A", call())).toBe("B");
    expect(waiting).toHaveLength(2);
  });

  test("go on with a login whose first caller gave up, for the others", async () => {
    const { sessions, waiting } = slowly();
    const caller = new AbortController();
    const gone = sessions.ticket(call(caller.signal));
    const other = sessions.ticket(call());
    caller.abort();
    await expect(gone).rejects.toMatchObject({ code: "TIMEOUT" });
    expect(waiting[0]!.signal.aborted).toBe(false);
    waiting[0]!.give("A");
    expect(await other).toBe("A");
    expect(waiting).toHaveLength(1);
  });

  test("try again at once after a login that failed for another reason than a refusal", async () => {
    const { sessions, waiting } = slowly();
    const first = sessions.ticket(call());
    waiting[0]!.fail(new PortError("TIMEOUT", "slow"));
    await expect(first).rejects.toMatchObject({ code: "TIMEOUT" });
    const second = sessions.ticket(call());
    waiting[1]!.give("A");
    expect(await second).toBe("A");
  });
});
