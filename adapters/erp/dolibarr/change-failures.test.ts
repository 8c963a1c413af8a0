/** What becomes of a change when the ERP fails in the middle of it. */
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { oddities } from "../../../mocks/world/oddities.ts";
import { bankAccountChanges, cardPayments } from "../../ports/billing-changes.ts";
import type { ChangePort, Submission } from "../../ports/changes.ts";
import { insuranceRenewals } from "../../ports/contract-changes.ts";
import type { Port } from "../../ports/port.ts";
import { serviceRequestCreations } from "../../ports/request-changes.ts";
import { settle } from "../../transport/fixtures/settle.ts";
import {
  asking,
  bank,
  call,
  change,
  now,
  partiesOf,
  paying,
  renewing,
  world,
} from "./testing/changes.ts";
import { startHouse, type House } from "./testing/house.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse({ world, now });
  // From now on there is an account to change.
  await use(bankAccountChanges).submit(change(bank), call);
});
afterAll(() => house.close());
afterEach(() => house.door("/faults", "DELETE"));

const use = <I>(port: Port<I>): I => house.ports.use(port);

let turn = 0;
const someone = partiesOf(oddities.everything);
/** Operation of the ERP, how a repeat is made safe, what the ERP notes; each time another change. */
const writes: [string, string, string, ChangePort<never>, () => Submission<never>][] = [
  [
    "thirdpartiesUpdateCompanyBankAccount",
    "COMPARE",
    "bankAccountChanges",
    bankAccountChanges as never,
    () => change({ ...bank, holder: `Léa ${++turn}` }) as never,
  ],
  [
    "updateContracts",
    "COMPARE",
    "insuranceRenewals",
    insuranceRenewals as never,
    () => renewing({ policyNumber: `P${++turn}` }, someone) as never,
  ],
  [
    "invoicesAddPaymentDistributed",
    "STORED_ID",
    "cardPayments",
    cardPayments as never,
    () => paying() as never,
  ],
  [
    "createTickets",
    "KEY",
    "serviceRequestCreations",
    serviceRequestCreations as never,
    () => asking() as never,
  ],
];
const kinds = [
  ["cut-after", true],
  ["empty", true],
  ["garbage", true],
  ["cut-before", false],
  ["html", false],
  ["html-202", false],
  ["closed", false],
] as const;
const cases = writes.flatMap((write) => kinds.map((kind) => [...kind, ...write] as const));

async function countOf(kind: string, { operationId }: Submission<never>): Promise<number> {
  const references = new Set([operationId, operationId.replaceAll("-", "")]);
  const made = await house.applied(kind);
  return made.filter(({ reference }) => reference !== null && references.has(reference)).length;
}

describe("when a change goes wrong", () => {
  test.each(cases)(
    "by %s (applied: %s) in %s (%s), it is found or sent again, and applied once",
    async (kind, isApplied, operation, repeat, name, port, make) => {
      const asked = make();
      expect(use(port).repeat).toBe(repeat);
      await house.door("/faults", "PUT", { kind, operation, times: 1 });
      const submitted = use(port).submit(asked, call);
      await expect(submitted).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN", notApplied: false });
      const found = await use(port).lookUp(asked, call);
      // A ticket whose photos are missing is not done yet.
      const isDone = isApplied && repeat !== "KEY";
      expect(found.state).toBe(isDone ? "APPLIED" : "ABSENT");
      if (!isDone || repeat === "STORED_ID") await use(port).submit(asked, call);
      expect(await use(port).lookUp(asked, call)).toMatchObject({ state: "APPLIED" });
      if (repeat !== "COMPARE") expect(await countOf(name, asked)).toBe(1);
    },
  );

  test.each(writes)(
    "by no answer to %s within the deadline, nobody knows",
    async (operation, _repeat, _name, port, make) => {
      const hasty = await house.connect("dolibarr-demo", 400);
      await house.door("/faults", "PUT", { kind: "hang", operation, times: 1 });
      const asked = make();
      const submitted = hasty.ports.use(port).submit(asked, call);
      await expect(submitted).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
      expect(await use(port).lookUp(asked, call)).toEqual({ state: "ABSENT" });
      await hasty.close();
    },
  );

  test.each(writes)(
    "by a deadlock in %s, it was certainly not applied",
    async (operation, _repeat, _name, port, make) => {
      await house.door("/faults", "PUT", { kind: "fault", operation, times: 1 });
      const asked = make();
      const certain = { code: "UNAVAILABLE", notApplied: true };
      await expect(use(port).submit(asked, call)).rejects.toMatchObject(certain);
      expect(await use(port).lookUp(asked, call)).toEqual({ state: "ABSENT" });
    },
  );

  test.each(writes)(
    "before %s is sent, it was certainly not applied",
    async (_operation, _repeat, _name, port, make) => {
      const certain = { notApplied: true };
      const stranger = await house.connect("wrong", 5000);
      await expect(stranger.ports.use(port).submit(make(), call)).rejects.toMatchObject(certain);
      await stranger.close();
      for (const operation of ["retrieveContacts", "retrieveContracts"]) {
        await house.door("/faults", "PUT", { kind: "html", operation, times: 1 });
        await expect(use(port).submit(make(), call)).rejects.toMatchObject(certain);
      }
      await house.door("/faults", "PUT", { kind: "refuse" });
      await expect(use(port).submit(make(), call)).rejects.toMatchObject(certain);
    },
  );

  test("between two photos, the ticket stands, and the missing photo is added to it", async () => {
    const asked = asking();
    await house.door("/faults", "PUT", [
      { kind: "slow", ms: 0, operation: "createDocuments", times: 1 },
      { kind: "cut-before", operation: "createDocuments", times: 1 },
    ]);
    const port = use(serviceRequestCreations);
    await expect(port.submit(asked, call)).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(await port.lookUp(asked, call)).toEqual({ state: "ABSENT" });
    expect(await port.submit(asked, call)).toMatchObject({ state: "APPLIED" });
    expect(await port.lookUp(asked, call)).toMatchObject({ state: "APPLIED" });
    expect(await countOf("serviceRequestCreations", asked as never)).toBe(1);
  });

  test("in any way and any number of times, what was asked is applied, and once", async () => {
    const faults = fc.array(
      fc.record({
        kind: fc.constantFrom("cut-after", "cut-before", "empty", "html", "closed", "fault"),
        operation: fc.constantFrom(
          "invoicesAddPaymentDistributed",
          "invoicesRetrievePayments",
          "listInvoices",
          "createTickets",
          "ticketsRetrieveByTrackId",
          "createDocuments",
          "listDocuments",
          "retrieveContracts",
        ),
        times: fc.constant(1),
      }),
      { maxLength: 5 },
    );
    const once = writes.filter(([, repeat]) => repeat !== "COMPARE");
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...once), faults, async ([, , name, port, make], list) => {
        await house.door("/faults", "PUT", list);
        const asked = make();
        expect(await settle(use(port), asked, call)).toMatchObject({ state: "APPLIED" });
        expect(await countOf(name, asked)).toBe(1);
      }),
      { numRuns: 12 },
    );
  });
});
