import { getEventListeners } from "node:events";
import {
  InMemorySpanExporter,
  BasicTracerProvider,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { trace } from "@opentelemetry/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { guard } from "./guard.ts";
import { balances, payments, type Balance, type Balances } from "../ports/billing.ts";
import { documentContents, type DocumentContents } from "../ports/documents.ts";
import { occupants } from "../ports/contract.ts";
import { PortError } from "../ports/errors.ts";
import { persons } from "../ports/identity.ts";
import { notYet, serve, type Call, type Served } from "../ports/port.ts";
import { rentNotices, type RentNotice } from "../ports/documents.ts";

const call = (signal = new AbortController().signal): Call => ({ signal, requestId: "r1" });
const log = vi.fn();
const guarded = (...served: Served[]) => guard(served, { landlord: "here", deadlineMs: 200, log });
const balance: Balance = {
  owed: { amount: "12.50", currency: "EUR" },
  late: false,
  asOf: "2026-11-19T20:00:00+01:00",
};
const withBalances = (ofContracts: Balances["ofContracts"]) =>
  guarded(serve(balances, { ofContracts })).use(balances);

beforeEach(() => log.mockClear());

describe("what a landlord offers", () => {
  test("is the ports that its adapter serves", () => {
    const ports = guarded(serve(balances, { ofContracts: async () => [] }));
    expect(ports.served).toEqual(["balances"]);
    expect(() => ports.use(payments)).toThrow(expect.objectContaining({ code: "NOT_SUPPORTED" }));
  });
});

test("a port that is still to be written is none of them", () => {
  const ports = guarded(notYet(balances, "adapters/erp/new/billing.ts"));
  expect(ports.served).toEqual([]);
  expect(() => ports.use(balances)).toThrow(expect.objectContaining({ code: "NOT_SUPPORTED" }));
});

describe("a read", () => {
  test("passes answers that fit, in the order of the keys", async () => {
    const answers = withBalances(async (keys) => keys.map((key) => (key === "A" ? balance : null)));
    expect(await answers.ofContracts(["A", "B"], call())).toEqual([balance, null]);
  });

  test.each([
    ["no list", () => ({}), "no list"],
    ["fewer answers than keys", () => [], "1 keys, but 0 answers"],
    [
      "an amount that is a number",
      () => [{ ...balance, owed: { amount: 12.5, currency: "EUR" } }],
      "owed.amount invalid_type",
    ],
    [
      "a date without zone",
      () => [{ ...balance, asOf: "2026-11-19T20:00:00" }],
      "asOf invalid_format",
    ],
    ["a field too many", () => [{ ...balance, iban: "FR76" }], "unrecognized_keys"],
  ])("refuses %s, without repeating what stood there", async (_what, answer, expected) => {
    const answers = withBalances(async () => answer() as never);
    const error = await answers.ofContracts(["A"], call()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "BAD_RESPONSE" });
    expect((error as Error).message).toContain(expected);
    expect((error as Error).message).not.toContain("12.5");
  });

  test("refuses what belongs to another contract than the one that was asked for", async () => {
    const notice = { key: "n", contractKey: "B" } as RentNotice;
    const complete = {
      ...notice,
      title: "Avis",
      issuedOn: "2026-11-01",
      period: { from: "2026-11-01", to: "2026-11-30" },
      dueDate: "2026-11-05",
      total: { amount: "1.00", currency: "EUR" as const },
      lines: [],
    };
    const page = { items: [complete], endCursor: "1", hasNextPage: false, total: 1 };
    const notices = guarded(
      serve(rentNotices, { ofContracts: async () => [page], byKeys: async () => [complete] }),
    ).use(rentNotices);
    const asked = { contractKey: "A", first: 1, after: null };
    await expect(notices.ofContracts([asked], call())).rejects.toMatchObject({
      code: "BAD_RESPONSE",
    });
    await expect(notices.byKeys([{ contractKey: "A", key: "n" }], call())).rejects.toMatchObject({
      code: "BAD_RESPONSE",
    });
    expect(await notices.byKeys([{ contractKey: "B", key: "n" }], call())).toEqual([complete]);
  });

  test("refuses another person, and another contract's things in a plain list, with an alarm", async () => {
    const foreign: string[] = [];
    const person = { key: "Q", title: null, surname: "Martin", birthSurname: null } as const;
    const unknown = { givenName: null, birthDate: null, email: null, phones: [], address: null };
    const policy = { key: "o", contractKey: "B", surname: "Martin", givenName: null };
    const occupant = { ...policy, birthDate: null, relationship: null, since: null };
    const ports = guard(
      [
        serve(persons, { byKeys: async () => [{ ...person, ...unknown }] }),
        serve(occupants, { ofContracts: async () => [[occupant]] }),
      ],
      { landlord: "here", deadlineMs: 200, log, onForeign: (place) => foreign.push(place) },
    );
    const refused = { code: "BAD_RESPONSE" };
    await expect(ports.use(persons).byKeys(["P"], call())).rejects.toMatchObject(refused);
    await expect(ports.use(occupants).ofContracts(["A"], call())).rejects.toMatchObject(refused);
    expect(foreign).toEqual(["persons.byKeys", "occupants.ofContracts"]);
    expect(await ports.use(persons).byKeys(["Q"], call())).toHaveLength(1);
    expect(await ports.use(occupants).ofContracts(["B"], call())).toEqual([[occupant]]);
  });

  test("ends with TIMEOUT at the deadline, even when the adapter listens to nothing", async () => {
    const answers = withBalances(() => new Promise(() => {}));
    await expect(answers.ofContracts(["A"], call())).rejects.toMatchObject({ code: "TIMEOUT" });
  });

  test("tells the adapter by its signal that the deadline has passed", async () => {
    let heard = false;
    const answers = withBalances(
      (_keys, { signal }) =>
        new Promise(() => signal.addEventListener("abort", () => (heard = true))),
    );
    await answers.ofContracts(["A"], call()).catch(() => {});
    expect(heard).toBe(true);
  });

  test("ends at once when the caller has gone", async () => {
    const gone = new AbortController();
    const answer = withBalances(() => new Promise(() => {})).ofContracts(["A"], call(gone.signal));
    gone.abort();
    await expect(answer).rejects.toMatchObject({ code: "TIMEOUT" });
  });

  test("leaves nothing on the signal of a caller who goes on", async () => {
    const { signal } = new AbortController();
    const answers = withBalances(async () => [balance]);
    for (let i = 0; i < 5; i += 1) await answers.ofContracts(["A"], call(signal));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("passes the codes of the table, and calls everything else INTERNAL", async () => {
    const known = withBalances(() => Promise.reject(new PortError("UNAVAILABLE", "closed")));
    await expect(known.ofContracts(["A"], call())).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const defect = withBalances(() => Promise.reject(new TypeError("M. Dupont is undefined")));
    const error = await defect.ofContracts(["A"], call()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "INTERNAL", cause: expect.any(TypeError) });
    expect((error as Error).message).not.toContain("Dupont");
    expect(log).toHaveBeenLastCalledWith(
      "error",
      expect.any(String),
      expect.objectContaining({ code: "INTERNAL", port: "balances.ofContracts" }),
    );
  });
});

describe("a stream", () => {
  let given: AbortSignal;
  const open = (
    head: object,
    { asking = call(), body = chunks() as AsyncIterable<Uint8Array> } = {},
  ) => {
    const contents = {
      open: async (_key: unknown, { signal }: Call) => {
        given = signal;
        return { ...head, body };
      },
    } as unknown as DocumentContents;
    return guarded(serve(documentContents, contents))
      .use(documentContents)
      .open({ kind: "RENT_NOTICE", contractKey: "A", key: "n" }, asking);
  };
  async function* chunks() {
    yield Buffer.from("%PDF");
  }

  test("gives a head that fits, and the body", async () => {
    const content = await open({
      fileName: "avis.pdf",
      mediaType: "application/pdf",
      sizeBytes: 4,
    });
    const read = await Array.fromAsync(content.body);
    expect(Buffer.concat(read).toString()).toBe("%PDF");
  });

  test("is read for as long as it takes, and ends when its reader leaves", async () => {
    const reader = new AbortController();
    const head = { fileName: "avis.pdf", mediaType: "application/pdf", sizeBytes: 4 };
    await open(head, { asking: call(reader.signal) });
    expect(given.aborted).toBe(false);
    reader.abort();
    expect(given.aborted).toBe(true);
  });

  test("refuses a name with a path in it, and types that are no documents", async () => {
    const wrongName = { fileName: "../avis.pdf", mediaType: "application/pdf", sizeBytes: 4 };
    await expect(open(wrongName)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    const wrongType = { fileName: "avis.html", mediaType: "text/html", sizeBytes: 4 };
    await expect(open(wrongType)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    let left = 0;
    const chunksOf = () => ({
      next: async () => ({ done: true, value: undefined }) as const,
      return: async () => ({ done: true, value: void left++ }) as const,
    });
    const body = { [Symbol.asyncIterator]: chunksOf };
    await expect(open(wrongType, { body })).rejects.toThrow();
    expect(left).toBe(1);
  });
});

describe("the trace", () => {
  const exporter = new InMemorySpanExporter();
  beforeAll(() => {
    trace.setGlobalTracerProvider(
      new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
    );
  });
  afterAll(() => trace.disable());

  test("has a span for each call, with the landlord and how it ended", async () => {
    exporter.reset();
    await withBalances(async () => [balance]).ofContracts(["A"], call());
    await withBalances(() => Promise.reject(new PortError("UNAVAILABLE", "closed")))
      .ofContracts(["A"], call())
      .catch(() => {});
    const [good, bad] = exporter.getFinishedSpans();
    expect(good).toMatchObject({
      name: "balances.ofContracts",
      attributes: { "trousseau.landlord": "here", "trousseau.keys": 1 },
    });
    expect(bad!.attributes["trousseau.error_code"]).toBe("UNAVAILABLE");
    expect(JSON.stringify(good!.attributes)).not.toContain('"A"');
  });
});
