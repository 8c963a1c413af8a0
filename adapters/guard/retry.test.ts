import { expect, test } from "vitest";
import { balances } from "../ports/billing.ts";
import { billingAddressChanges } from "../ports/contract-changes.ts";
import type { Changes, Submission } from "../ports/changes.ts";
import { documentContents } from "../ports/documents.ts";
import { PortError, type ErrorCode, type PortErrorOptions } from "../ports/errors.ts";
import { serve, type Call, type Served } from "../ports/port.ts";
import { guard } from "./guard.ts";

const breaker = {
  leastCalls: 10_000,
  failureRatio: 0.99,
  windowMs: 30_000,
  pauseMs: 1_000,
  longestPauseMs: 1_000,
  credentialsPauseMs: 1_000,
};
const guarded = (...served: Served[]) =>
  guard(served, {
    landlord: "here",
    deadlineMs: 2_000,
    log: () => {},
    restraint: { breaker, closedUntil: () => null },
  });
const call: Call = { signal: new AbortController().signal, requestId: "r" };
const fails = (code: ErrorCode, options: PortErrorOptions = {}) =>
  Promise.reject(new PortError(code, "as told", options));

/** An ERP that answers, until it is told otherwise. */
function anErp() {
  const erp = { asked: 0, answer: (): Promise<null[]> => Promise.resolve([null]) };
  const ports = guarded(
    serve(balances, {
      ofContracts: () => {
        erp.asked += 1;
        return erp.answer();
      },
    }),
  );
  return { erp, read: () => ports.use(balances).ofContracts(["C"], call) };
}

test("I-05 a read that fails at once is tried once more, and nobody notices", async () => {
  const { erp, read } = anErp();
  for (let i = 0; i < 10; i += 1) await read();
  const answers = [() => fails("UNAVAILABLE"), () => Promise.resolve([null])];
  erp.answer = () => answers.shift()!();
  expect(await read()).toEqual([null]);
  expect(erp.asked).toBe(12);
});

test("I-05 an ERP that is down is asked at most 1.2 times as often as in health", async () => {
  const { erp, read } = anErp();
  erp.answer = () => fails("UNAVAILABLE");
  const storm = Array.from({ length: 400 }, () => read().catch(() => null));
  await Promise.all(storm);
  expect(erp.asked).toBeGreaterThan(400);
  expect(erp.asked).toBeLessThanOrEqual(480);
});

test.each<[string, () => Promise<never>]>([
  ["a refusal", () => fails("NOT_FOUND")],
  ["an ERP that took too long", () => fails("TIMEOUT")],
  ["an ERP that asks for fewer calls", () => fails("RATE_LIMITED")],
  ["refused credentials", () => fails("UNAVAILABLE", { reason: "CREDENTIALS" })],
  ["a full queue of our own", () => fails("UNAVAILABLE", { reason: "BUSY" })],
])("is of no use after %s", async (_what, answer) => {
  const { erp, read } = anErp();
  for (let i = 0; i < 10; i += 1) await read();
  erp.answer = answer;
  await read().catch(() => null);
  expect(erp.asked).toBe(11);
});

test("I-05 neither a write nor a stream is ever sent again", async () => {
  let asked = 0;
  const failing = () => {
    asked += 1;
    return fails("UNAVAILABLE");
  };
  const write = { repeat: "KEY", submit: failing, lookUp: failing } as unknown as Changes<never>;
  const ports = guarded(
    serve(billingAddressChanges, write),
    serve(documentContents, { open: failing }),
  );
  for (let i = 0; i < 20; i += 1) {
    const change = {} as Submission<never>;
    await ports
      .use(billingAddressChanges)
      .submit(change, call)
      .catch(() => null);
    const key = { kind: "RENT_NOTICE", contractKey: "C", key: "n" } as const;
    await ports
      .use(documentContents)
      .open(key, call)
      .catch(() => null);
  }
  expect(asked).toBe(40);
});
