import { beforeEach, describe, expect, test } from "vitest";
import { contracts, buildings } from "../ports/contract.ts";
import { balances, type Balance } from "../ports/billing.ts";
import { PortError, type ErrorCode } from "../ports/errors.ts";
import { freshnessOf, type Kept } from "../ports/freshness.ts";
import { credentials } from "../ports/identity.ts";
import { serve, type Call, type Ports } from "../ports/port.ts";
import { createCache, type KeepRules } from "./cache.ts";
import { guard } from "./guard.ts";
import { createMemoryShelf, type Shelf } from "./shelf.ts";

const balance = (amount: string): Balance => ({
  owed: { amount, currency: "EUR" },
  late: false,
  asOf: "2026-11-19T20:00:00+01:00",
});
const building = {
  key: "B",
  name: "Les Tamaris",
  address: { lines: ["1 rue X"], postalCode: "17000", city: "La Rochelle", country: "FR" },
  builtIn: null,
  units: null,
  notes: [],
};

let time: number;
let shelf: Shelf;
let amount: string;
let asked: string[];
/** What the ERP does before it answers. */
let erp: (call: Call) => Promise<void>;
let kept: [string, Kept["freshness"]][];

const now = () => new Date(time);
const down = (code: ErrorCode) => () => Promise.reject(new PortError(code, "as told"));
const up = () => Promise.resolve();

beforeEach(() => {
  time = Date.UTC(2026, 10, 20, 8);
  shelf = createMemoryShelf();
  amount = "1.00";
  asked = [];
  kept = [];
  erp = up;
});

function guarded(rules: KeepRules = {}): Ports {
  const landlord = "here";
  const answering =
    <A>(name: string, answer: (key: unknown) => A) =>
    async (keys: readonly unknown[], call: Call): Promise<A[]> => {
      asked.push(name);
      await erp(call);
      return keys.map(answer);
    };
  const served = [
    serve(balances, {
      ofContracts: answering("balances", (key) => (key === "none" ? null : balance(amount))),
    }),
    serve(buildings, { ofContracts: answering("buildings", () => building) }),
    serve(contracts, { ofPersons: answering("contracts", () => []) }),
    serve(credentials, { check: answering("credentials", () => null) }),
  ];
  const cache = createCache({ landlord, shelf, rules, now });
  return guard(served, { landlord, deadlineMs: 300, log: () => {}, cache });
}

const callOf = (account: string, own: Partial<Call> = {}, keptWillDo = true): Call => ({
  signal: new AbortController().signal,
  requestId: "r",
  reader: { account, keptWillDo, onKept: (place, mark) => kept.push([place, mark.freshness]) },
  ...own,
});
const read = (ports: Ports, account = "A", keys = ["C"]) =>
  ports.use(balances).ofContracts(keys, callOf(account));
const codeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => "OK",
    (error: PortError) => error.code,
  );

/** From now on the ERP answers a call only when it is told to: the calls in their order. */
function holdBack(signals: AbortSignal[] = []): (() => void)[] {
  const answers: (() => void)[] = [];
  erp = ({ signal }) => {
    signals.push(signal);
    return new Promise((resolve) => answers.push(resolve));
  };
  return answers;
}

describe("what is of one person", () => {
  test("I-01 is asked each time, and shown as it was when the ERP cannot be asked, with when that was", async () => {
    const ports = guarded();
    const [live] = await read(ports);
    expect(freshnessOf(live)).toEqual({ freshness: "LIVE", readAt: null });
    amount = "2.00";
    expect(await read(ports)).toEqual([balance("2.00")]);
    const readAt = now().toISOString();
    time += 3_600_000;
    for (const code of ["UNAVAILABLE", "TIMEOUT", "BAD_RESPONSE", "RATE_LIMITED"] as const) {
      erp = down(code);
      const [stale] = await read(ports);
      expect(stale).toEqual(balance("2.00"));
      expect(freshnessOf(stale)).toEqual({ freshness: "STALE", readAt });
    }
    expect(kept.map((told) => told.join())).toEqual(Array(4).fill("balances.ofContracts,STALE"));
    expect(asked).toHaveLength(6);
  });

  test("that there is none is kept as well, so that a page with it is shown", async () => {
    const ports = guarded();
    await read(ports, "A", ["C", "none"]);
    erp = down("UNAVAILABLE");
    expect(await read(ports, "A", ["C", "none"])).toEqual([balance("1.00"), null]);
    expect(await codeOf(read(ports, "A", ["C", "never seen"]))).toBe("UNAVAILABLE");
  });

  test("is not shown for longer than a day", async () => {
    const ports = guarded();
    await read(ports);
    time += 86_400_001;
    erp = down("UNAVAILABLE");
    expect(await codeOf(read(ports))).toBe("UNAVAILABLE");
  });

  test("is never given to another account, though it asks the same", async () => {
    const ports = guarded();
    await read(ports, "A");
    erp = down("UNAVAILABLE");
    expect(await codeOf(read(ports, "B"))).toBe("UNAVAILABLE");
    expect(await codeOf(read(ports, "A"))).toBe("OK");
  });

  test("is not given to whoever is about to change something, but kept of what they read", async () => {
    const ports = guarded();
    const ofPersons = (keptWillDo: boolean) =>
      codeOf(ports.use(contracts).ofPersons(["P"], callOf("A", {}, keptWillDo)));
    expect(await ofPersons(false)).toBe("OK");
    erp = down("UNAVAILABLE");
    expect(await ofPersons(false)).toBe("UNAVAILABLE");
    expect(await ofPersons(true)).toBe("OK");
  });

  test("is not shown any more once a change of it was applied, even if it was under way then", async () => {
    const ports = guarded();
    const answers = holdBack();
    const before = read(ports);
    time += 5;
    ports.forget!(["C"]);
    time += 5;
    erp = down("UNAVAILABLE");
    const joined = codeOf(read(ports));
    expect(asked).toHaveLength(2);
    answers.shift()!();
    expect(await before).toEqual([balance("1.00")]);
    expect(await joined).toBe("UNAVAILABLE");
    expect(await codeOf(read(ports))).toBe("UNAVAILABLE");
    erp = up;
    await read(ports);
    erp = down("UNAVAILABLE");
    expect(await codeOf(read(ports))).toBe("OK");
  });

  test("K-08 is gone with the account", async () => {
    const ports = guarded();
    await read(ports, "A");
    await read(ports, "B");
    await ports.forgetAccount!("A");
    erp = down("UNAVAILABLE");
    expect(await codeOf(read(ports, "A"))).toBe("UNAVAILABLE");
    expect(await codeOf(read(ports, "B"))).toBe("OK");
  });

  test("K-08 what was under way for an account that goes is not kept either", async () => {
    const ports = guarded();
    let answer = () => {};
    erp = () => new Promise((resolve) => (answer = resolve));
    const under = read(ports, "A");
    await expect.poll(() => asked).toHaveLength(1);
    await ports.forgetAccount!("A");
    answer();
    expect(await codeOf(under)).toBe("OK");
    erp = down("UNAVAILABLE");
    expect(await codeOf(read(ports, "A"))).toBe("UNAVAILABLE");
  });

  test("a refusal is a refusal, whatever was kept", async () => {
    const ports = guarded();
    await read(ports);
    erp = down("FORBIDDEN");
    expect(await codeOf(read(ports))).toBe("FORBIDDEN");
  });

  test("what does not fit, or is somebody else's, is never kept", async () => {
    const ports = guarded();
    amount = "12.5";
    expect(await codeOf(read(ports))).toBe("BAD_RESPONSE");
    amount = "1.00";
    erp = down("UNAVAILABLE");
    expect(await codeOf(read(ports))).toBe("UNAVAILABLE");
  });

  test("nothing of checks of identity is kept", async () => {
    const ports = guarded();
    const key = { identifier: "1", password: "2" };
    const check = () => codeOf(ports.use(credentials).check([key], callOf("A")));
    expect(await check()).toBe("OK");
    erp = down("UNAVAILABLE");
    expect(await check()).toBe("UNAVAILABLE");
  });
});

describe("what many people are told alike", () => {
  const readBuilding = async (ports: Ports, account: string) => {
    const [answer] = await ports.use(buildings).ofContracts(["C"], callOf(account));
    return freshnessOf(answer).freshness;
  };

  test("is asked once in a while, for all of them", async () => {
    const ports = guarded();
    expect(await readBuilding(ports, "A")).toBe("LIVE");
    expect(await readBuilding(ports, "B")).toBe("CACHED");
    time += 300_001;
    expect(await readBuilding(ports, "B")).toBe("LIVE");
    expect(asked).toHaveLength(2);
  });

  test("a landlord's file may say how long", async () => {
    const ports = guarded({ buildings: { freshSeconds: 0, staleSeconds: 0 } });
    await readBuilding(ports, "A");
    expect(await readBuilding(ports, "A")).toBe("LIVE");
    erp = down("UNAVAILABLE");
    await expect(readBuilding(ports, "A")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("equal reads under way", () => {
  test("are one call for one account; none has what another one alters", async () => {
    const ports = guarded();
    const answers = holdBack();
    const both = [read(ports, "A"), read(ports, "A")];
    const other = read(ports, "B");
    expect(asked).toHaveLength(2);
    for (const answer of answers) answer();
    const [first, second] = await Promise.all(both);
    expect(first).toEqual(second);
    expect(first![0]).not.toBe(second![0]);
    expect(await other).toEqual(first);
  });

  test("C-10 who leaves takes nothing from who waits; when all have left the call is given up", async () => {
    const ports = guarded();
    const signals: AbortSignal[] = [];
    const answers = holdBack(signals);
    const [one, two, three] = [1, 2, 3].map(() => new AbortController());
    const ask = ({ signal }: AbortController) =>
      codeOf(ports.use(balances).ofContracts(["C"], callOf("A", { signal })));
    const [leaves, waits] = [ask(one!), ask(two!)];
    one!.abort();
    expect(await leaves).toBe("TIMEOUT");
    answers[0]!();
    expect(await waits).toBe("OK");
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    ports.forget!(["C"]);
    const [next, last] = [ask(two!), ask(three!)];
    two!.abort();
    expect(await next).toBe("TIMEOUT");
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    three!.abort();
    expect(await last).toBe("TIMEOUT");
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
  });
});

test("what two pages share is asked once, and each gets its own", async () => {
  const ports = guarded();
  const [first, second] = await Promise.all([
    read(ports, "A", ["C", "D"]),
    read(ports, "A", ["D", "E"]),
  ]);
  expect([first, second].flat()).toEqual(Array(4).fill(balance("1.00")));
  expect(asked).toHaveLength(2);
});
