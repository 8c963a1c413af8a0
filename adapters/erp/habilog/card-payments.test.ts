/** Payments by card, which are booked at once, against the mock ERP over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOfContract } from "../../../mocks/habilog/keys.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import { cardPayments } from "../../ports/billing-changes.ts";
import * as billing from "../../ports/billing.ts";
import type { Port } from "../../ports/port.ts";
import { call, paying, startHouse, today, usualContract, type House } from "./testing/house.ts";

let house: House;
let contract: WorldContract;
beforeAll(async () => {
  house = await startHouse();
  contract = usualContract(house);
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);

describe("A card payment", () => {
  const endedOne = () => house.erp.world.contracts.find(({ end }) => end !== null && end < today)!;
  const page = () => [{ contractKey: keyOfContract(contract), first: 5, after: null }];

  it("is booked at once, and in the balance by the evening", async () => {
    const before = contract.balanceCents;
    const asked = paying(contract, { amount: { amount: "1234.50", currency: "EUR" } });
    const outcome = await use(cardPayments).submit(asked, call);
    expect(outcome).toEqual({ state: "APPLIED", reference: expect.stringMatching(/^R\d+$/) });
    expect(await use(cardPayments).lookUp(asked, call)).toEqual(outcome);
    const key = (outcome as { reference: string }).reference;
    const [listed] = await use(billing.payments).ofContracts(page(), call);
    expect(listed!.items.find((payment) => payment.key === key)).toEqual({
      key,
      date: today,
      amount: { amount: "1234.50", currency: "EUR" },
      method: "CARD",
      status: "RECEIVED",
    });
    const [entries] = await use(billing.accountEntries).ofContracts(page(), call);
    expect(entries!.items.map(({ owed }) => owed.amount)).toContain("-1234.50");
    expect(contract.balanceCents).toBe(before);
    await house.night();
    expect(contract.balanceCents).toBe(before - 123_450);
    const [write, ...others] = await house.applied(asked.operationId);
    expect([write!.kind, others]).toEqual(["cardPayments", []]);
    expect(write!.content).toMatchObject({
      providerReference: asked.payload.providerReference,
    });
  });

  it("sent again is the same payment", async () => {
    const asked = paying(contract);
    const first = await use(cardPayments).submit(asked, call);
    expect(await use(cardPayments).submit(asked, call)).toEqual(first);
    expect(await house.applied(asked.operationId)).toHaveLength(1);
  });

  it("is taken for a contract that has ended", async () => {
    expect(await use(cardPayments).submit(paying(endedOne()), call)).toMatchObject({
      state: "APPLIED",
    });
  });

  it("is told at the hour of Habilog's clocks, on both sides of midnight", async () => {
    const asked = paying(contract, { paidAt: "2026-07-01T22:30:00Z" });
    await use(cardPayments).submit(asked, call);
    const [write] = await house.applied(asked.operationId);
    expect(write!.content).toMatchObject({ paidAt: "2026-07-02T00:30" });
  });
});
