import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { balances, accountEntries } from "../ports/billing.ts";
import { billingAddressChanges } from "../ports/contract-changes.ts";
import type { Changes, Submission } from "../ports/changes.ts";
import { news } from "../ports/contract.ts";
import { documentContents } from "../ports/documents.ts";
import { PortError, type ErrorCode, type PortErrorOptions } from "../ports/errors.ts";
import { serve, type Call, type Ports } from "../ports/port.ts";
import type { BreakerState } from "./breaker.ts";
import { guard } from "./guard.ts";

const breaker = {
  leastCalls: 4,
  failureRatio: 0.5,
  windowMs: 30_000,
  pauseMs: 1_000,
  longestPauseMs: 4_000,
  credentialsPauseMs: 60_000,
};

type Ask = (call: Call) => Promise<unknown>;
let erp: Record<"balances" | "entries" | "news" | "write" | "file", Ask>;
let asked: string[];
let states: BreakerState[];
let ports: Ports;

const file = {
  fileName: "a.pdf",
  mediaType: "application/pdf",
  sizeBytes: null,
  body: (async function* () {})(),
};
const empty = { items: [], endCursor: null, hasNextPage: false, total: 0 };
const fails = (code: ErrorCode, options: PortErrorOptions = {}) =>
  Promise.reject(new PortError(code, "as told", options));
const call = (signal = new AbortController().signal): Call => ({ signal, requestId: "r" });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  asked = [];
  states = [];
  const well = { state: "APPLIED", reference: null };
  erp = {
    balances: async () => [null],
    entries: async () => [empty],
    news: async () => [[]],
    write: async () => well,
    file: async () => file,
  };
  const told = (name: keyof typeof erp) => (_key: unknown, own: Call) => {
    asked.push(name);
    return erp[name](own) as Promise<never>;
  };
  const write = { repeat: "KEY", submit: told("write"), lookUp: told("write") } as const;
  ports = guard(
    [
      serve(balances, { ofContracts: told("balances") }),
      serve(accountEntries, { ofContracts: told("entries") }),
      serve(news, { ofPersons: told("news") }),
      serve(documentContents, { open: told("file") }),
      serve(billingAddressChanges, write as unknown as Changes<never>),
    ],
    {
      landlord: "here",
      deadlineMs: 200,
      log: () => {},
      onBreaker: (state) => states.push(state),
      restraint: { breaker, closedUntil: () => null },
    },
  );
});
afterEach(() => vi.useRealTimers());

const outcomeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => "OK",
    ({ code, reason }: PortError) => (reason === null ? code : `${code} ${reason}`),
  );
const page = { contractKey: "C", first: 1, after: null };
const readBalance = (own = call()) => outcomeOf(ports.use(balances).ofContracts(["C"], own));
const readEntries = () => outcomeOf(ports.use(accountEntries).ofContracts([page], call()));
const readNews = () => outcomeOf(ports.use(news).ofPersons(["P"], call()));
const submit = () =>
  outcomeOf(ports.use(billingAddressChanges).submit({} as Submission<never>, call()));

const times = async (count: number, ask: () => Promise<unknown>) => {
  const outcomes = [];
  for (let i = 0; i < count; i += 1) outcomes.push(await ask());
  return outcomes;
};
/** Lets everything go on that waits for no clock. */
const turn = () => new Promise((resolve) => setImmediate(resolve));
const breakAll = async () => {
  erp.balances = erp.entries = () => fails("UNAVAILABLE");
  await times(2, readBalance);
  await times(2, readEntries);
};

describe("an ERP that fails", () => {
  test("I-04 is left alone after too many failures: everything is answered at once, and not applied", async () => {
    await breakAll();
    asked = [];
    expect(await readBalance()).toBe("UNAVAILABLE BROKEN");
    expect(await readNews()).toBe("UNAVAILABLE BROKEN");
    expect(await submit()).toBe("UNAVAILABLE BROKEN");
    expect(asked).toEqual([]);
    expect(ports.pausedUntil!()?.getTime()).toBeGreaterThan(Date.now());
    const refused = await ports
      .use(billingAddressChanges)
      .submit({} as Submission<never>, call())
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ notApplied: true, retryAt: expect.any(Date) });
    expect(states).toEqual(["CLOSED", "OPEN"]);
  });

  test("I-04 is tried with one call after the pause, the others do not wait for it", async () => {
    await breakAll();
    vi.setSystemTime(Date.now() + 1_100);
    let answer = (_answers: unknown[]) => {};
    erp.balances = () => new Promise((resolve) => (answer = resolve));
    asked = [];
    const probe = readBalance();
    expect(await times(3, readBalance)).toEqual(Array(3).fill("UNAVAILABLE BROKEN"));
    expect(await readNews()).toBe("UNAVAILABLE BROKEN");
    expect(asked).toEqual(["balances"]);
    answer([null]);
    expect(await probe).toBe("OK");
    expect(states).toEqual(["CLOSED", "OPEN", "HALF_OPEN", "CLOSED"]);
    expect(await readNews()).toBe("OK");
    expect(ports.pausedUntil!()).toBeNull();
  });

  test("I-04 is left alone for longer after each probe that failed", async () => {
    await breakAll();
    for (const pause of [1_000, 2_000, 4_000, 4_000]) {
      vi.setSystemTime(Date.now() + pause - 50);
      expect(await readNews()).toBe("UNAVAILABLE BROKEN");
      vi.setSystemTime(Date.now() + 100);
      erp.news = () => fails("TIMEOUT");
      expect(await readNews()).toBe("TIMEOUT");
    }
  });

  test("I-04 stays so when the probe tells nothing, because its caller left", async () => {
    await breakAll();
    vi.setSystemTime(Date.now() + 1_100);
    const leaving = new AbortController();
    erp.balances = () => new Promise(() => {});
    const probe = readBalance(call(leaving.signal));
    leaving.abort();
    expect(await probe).toBe("TIMEOUT");
    expect(await readNews()).toBe("UNAVAILABLE BROKEN");
  });

  test("I-04 is found to be back by a probe whose caller left: nobody keeps it away by leaving", async () => {
    await breakAll();
    vi.setSystemTime(Date.now() + 1_100);
    const leaving = new AbortController();
    let answer = (_answers: unknown[]) => {};
    let given: AbortSignal | undefined;
    erp.balances = ({ signal }) => {
      given = signal;
      return new Promise((resolve) => (answer = resolve));
    };
    const probe = readBalance(call(leaving.signal));
    await turn();
    leaving.abort();
    expect(await probe).toBe("TIMEOUT");
    expect(given!.aborted).toBe(false);
    answer([null]);
    await turn();
    expect(states.at(-1)).toBe("CLOSED");
    expect(await readNews()).toBe("OK");
  });

  test("I-04 is found to be back by a file whose reader left, and the file is let go of", async () => {
    await breakAll();
    vi.setSystemTime(Date.now() + 1_100);
    const leaving = new AbortController();
    let answer = (_content: unknown) => {};
    let given: AbortSignal | undefined;
    erp.file = ({ signal }) => {
      given = signal;
      return new Promise((resolve) => (answer = resolve));
    };
    const place = { contractKey: "C", key: "D", kind: "RENT_NOTICE" } as const;
    const probe = outcomeOf(ports.use(documentContents).open(place, call(leaving.signal)));
    await turn();
    leaving.abort();
    expect(await probe).toBe("TIMEOUT");
    expect(given!.aborted).toBe(false);
    answer(file);
    await turn();
    expect(states.at(-1)).toBe("CLOSED");
    expect(given!.aborted).toBe(true);
  });

  test("I-04 is known by writes as well, though of these nobody knows the outcome", async () => {
    erp.write = erp.balances = () => fails("BAD_RESPONSE");
    await times(3, submit);
    expect(await readBalance()).toBe("BAD_RESPONSE");
    expect(await readNews()).toBe("UNAVAILABLE BROKEN");
  });

  test("answers a probe as well as anything when it refuses what was asked", async () => {
    await breakAll();
    vi.setSystemTime(Date.now() + 1_100);
    erp.balances = () => fails("NOT_FOUND");
    expect(await readBalance()).toBe("NOT_FOUND");
    expect(await readNews()).toBe("OK");
  });
});

test("I-04 one broken method is not asked in vain, and the others are asked as before", async () => {
  erp.balances = () => fails("UNAVAILABLE");
  expect(await times(4, readBalance)).toEqual(Array(4).fill("UNAVAILABLE"));
  expect(await readBalance()).toBe("UNAVAILABLE BROKEN");
  expect(await times(3, readEntries)).toEqual(["OK", "OK", "OK"]);
  expect(ports.pausedUntil!()).toBeNull();
  expect(ports.pausedUntil!("balances.ofContracts")).not.toBeNull();
  vi.setSystemTime(Date.now() + 1_100);
  erp.balances = async () => [null];
  expect(await times(2, readBalance)).toEqual(["OK", "OK"]);
});

test("I-04 an ERP that served well until now is left alone as soon as enough calls in a row fail", async () => {
  await times(200, readBalance);
  await times(200, readEntries);
  erp.balances = erp.entries = () => fails("UNAVAILABLE");
  expect(await times(2, readBalance)).toEqual(Array(2).fill("UNAVAILABLE"));
  expect(await times(2, readEntries)).toEqual(Array(2).fill("UNAVAILABLE"));
  expect(await readBalance()).toBe("UNAVAILABLE BROKEN");
});

test("a landlord whose ERP mostly answers is served, whatever fails now and then", async () => {
  for (let i = 0; i < 20; i += 1) {
    erp.balances = () => (i % 3 === 0 ? fails("TIMEOUT") : Promise.resolve([null]));
    erp.entries = () => (i % 3 === 1 ? fails("TIMEOUT") : Promise.resolve([empty]));
    await readBalance();
    await readEntries();
  }
  expect(asked).toHaveLength(40);
});

test.each(["INVALID_INPUT", "NOT_FOUND", "FORBIDDEN", "CONFLICT", "NOT_SUPPORTED"] as const)(
  "I-04 faults of our own input do not open it: %s",
  async (code) => {
    erp.balances = erp.entries = () => fails(code);
    await times(10, readBalance);
    expect(await times(10, readEntries)).toEqual(Array(10).fill(code));
  },
);

test("neither a full queue of ours nor callers who leave open it", async () => {
  erp.balances = () => fails("UNAVAILABLE", { notApplied: true, reason: "BUSY" });
  await times(6, readBalance);
  erp.balances = () => new Promise(() => {});
  for (let i = 0; i < 6; i += 1) {
    const leaving = new AbortController();
    const answer = readBalance(call(leaving.signal));
    leaving.abort();
    await answer;
  }
  erp.balances = async () => [null];
  expect(await readBalance()).toBe("OK");
});

test("a request whose time is up tells of the ERP only where the call had a fair part of it", async () => {
  erp.balances = erp.entries = () => new Promise(() => {});
  await times(4, () => readBalance(call(AbortSignal.timeout(5))));
  expect(await readBalance(call(AbortSignal.timeout(5)))).toBe("TIMEOUT");
  await times(6, () => readBalance(call(AbortSignal.timeout(150))));
  expect(await readBalance()).toBe("UNAVAILABLE BROKEN");
});

test("refused credentials are not tried again for long: asking might lock them", async () => {
  erp.balances = () => fails("UNAVAILABLE", { notApplied: true, reason: "CREDENTIALS" });
  expect(await readBalance()).toBe("UNAVAILABLE CREDENTIALS");
  erp.balances = async () => [null];
  vi.setSystemTime(Date.now() + 59_000);
  expect(await readNews()).toBe("UNAVAILABLE BROKEN");
  vi.setSystemTime(Date.now() + 1_100);
  expect(await readBalance()).toBe("OK");
});
