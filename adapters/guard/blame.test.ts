/** One person's record that the ERP fails on takes nothing from the others. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { accountEntries, balances, payments } from "../ports/billing.ts";
import { PortError, type ErrorCode, type PortErrorOptions } from "../ports/errors.ts";
import { serve, type Call, type Ports } from "../ports/port.ts";
import { guard } from "./guard.ts";

const breaker = {
  leastCalls: 4,
  failureRatio: 0.5,
  windowMs: 30_000,
  pauseMs: 1_000,
  longestPauseMs: 4_000,
  credentialsPauseMs: 60_000,
};

const empty = { items: [], endCursor: null, hasNextPage: false, total: 0 };
const fails = (code: ErrorCode, options: PortErrorOptions = {}) =>
  Promise.reject(new PortError(code, "as told", options));
const answered = { answered: true };

/** What is wrong with a contract's record; the others are all right. */
let wrong: Map<string, () => Promise<never>>;
let asked: string[];
let ports: Ports;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  wrong = new Map();
  asked = [];
  const answer = async <T>(keys: readonly string[], good: T): Promise<T[]> => {
    asked.push(keys.join());
    for (const key of keys) await wrong.get(key)?.();
    return keys.map(() => good);
  };
  const pages = (keys: readonly { contractKey: string }[]) =>
    answer(
      keys.map(({ contractKey }) => contractKey),
      empty,
    );
  ports = guard(
    [
      serve(balances, { ofContracts: (keys) => answer(keys, null) }),
      serve(accountEntries, { ofContracts: pages }),
      serve(payments, { ofContracts: pages }),
    ],
    {
      landlord: "here",
      deadlineMs: 200,
      log: () => {},
      restraint: { breaker, closedUntil: () => null },
    },
  );
});
afterEach(() => vi.useRealTimers());

const callOf = (account?: string): Call => ({
  signal: new AbortController().signal,
  requestId: "r",
  ...(account !== undefined && { reader: { account, keptWillDo: true } }),
});
const outcomeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => "OK",
    ({ code, reason }: PortError) => (reason === null ? code : `${code} ${reason}`),
  );
const balance = (contract: string | string[], account?: string) =>
  outcomeOf(ports.use(balances).ofContracts([contract].flat(), callOf(account)));
const page = (contractKey: string, after: string | null = null) => ({
  contractKey,
  first: 1,
  after,
});
const entries = (contract: string, after?: string) =>
  outcomeOf(ports.use(accountEntries).ofContracts([page(contract, after)], callOf()));
const paid = (contract: string) =>
  outcomeOf(ports.use(payments).ofContracts([page(contract)], callOf()));

describe.each<[string, () => Promise<never>]>([
  ["cannot be read", () => fails("BAD_RESPONSE")],
  ["makes the ERP fail", () => fails("UNAVAILABLE", answered)],
])("a record that %s", (_what, way) => {
  test("I-04 does not take the method from the others, however often it is asked for", async () => {
    wrong.set("A", way);
    for (let i = 0; i < 20; i += 1) {
      await entries("A", `page ${i}`);
      vi.setSystemTime(Date.now() + 20_000);
    }
    expect(await entries("B")).toBe("OK");
    expect(ports.pausedUntil!("accountEntries.ofContracts")).toBeNull();
  });

  test("I-04 does not take the ERP from the others, though all its methods fail on it", async () => {
    wrong.set("A", way);
    for (let i = 0; i < 5; i += 1)
      await Promise.all([balance("A"), entries("A", `page ${i}`), paid("A")]);
    expect(await Promise.all([balance("B"), entries("B"), paid("B")])).toEqual(["OK", "OK", "OK"]);
  });
});

test("one account asks for its contracts together and apart: it is one all the same", async () => {
  wrong.set("A", () => fails("BAD_RESPONSE"));
  for (const keys of [["A"], ["A", "B"], ["B", "A", "C"], ["C", "A"], ["A", "D"]])
    await balance(keys, "the account");
  expect(await balance("E")).toBe("OK");
});

test("nor do two tenants of one contract make two of it", async () => {
  wrong.set("A", () => fails("BAD_RESPONSE"));
  for (const account of ["1", "2", "3", "4", "5", "6"]) await balance("A", account);
  expect(await balance("E")).toBe("OK");
});

test("I-04 a method that fails on as many persons as it takes is not asked in vain", async () => {
  for (const key of ["A", "B", "C", "D", "E"]) wrong.set(key, () => fails("BAD_RESPONSE"));
  for (const key of ["A", "B", "C", "D"]) expect(await balance(key)).toBe("BAD_RESPONSE");
  expect(await balance("E")).toBe("UNAVAILABLE BROKEN");
  expect(asked).not.toContain("E");
});

test("I-04 nor is one of which a single person learns that it cannot be reached", async () => {
  wrong.set("A", () => fails("UNAVAILABLE"));
  for (let i = 0; i < 4; i += 1) expect(await balance("A")).toBe("UNAVAILABLE");
  expect(await balance("B")).toBe("UNAVAILABLE BROKEN");
});

describe("a question that is answered with a failure, again and again", () => {
  test("is not asked for a while, then with one call; others are asked as before", async () => {
    wrong.set("A", () => fails("BAD_RESPONSE"));
    for (let i = 0; i < 4; i += 1) expect(await balance("A")).toBe("BAD_RESPONSE");
    asked = [];
    expect(await balance("A")).toBe("UNAVAILABLE BROKEN");
    expect(await balance("B")).toBe("OK");
    expect(asked).toEqual(["B"]);
    for (const pause of [1_000, 2_000, 4_000, 4_000]) {
      vi.setSystemTime(Date.now() + pause - 10);
      expect(await balance("A")).toBe("UNAVAILABLE BROKEN");
      vi.setSystemTime(Date.now() + 20);
      expect(await balance("A")).toBe("BAD_RESPONSE");
    }
  });

  test("is asked as before once it was answered", async () => {
    wrong.set("A", () => fails("BAD_RESPONSE"));
    for (let i = 0; i < 4; i += 1) await balance("A");
    wrong.clear();
    vi.setSystemTime(Date.now() + 1_010);
    expect(await balance("A")).toBe("OK");
    wrong.set("A", () => fails("BAD_RESPONSE"));
    for (let i = 0; i < 4; i += 1) expect(await balance("A")).toBe("BAD_RESPONSE");
  });

  test("says when it may be tried again", async () => {
    wrong.set("A", () => fails("BAD_RESPONSE"));
    for (let i = 0; i < 4; i += 1) await balance("A");
    const refused = await ports
      .use(balances)
      .ofContracts(["A"], callOf())
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ notApplied: true, retryAt: new Date(Date.now() + 1_000) });
  });
});
