/** What goes wrong while a change is sent: it is never lost, and never applied twice. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { oddities } from "../../../mocks/world/oddities.ts";
import { cardPayments, type CardPayment } from "../../ports/billing-changes.ts";
import { occupantChanges } from "../../ports/contract-changes.ts";
import { serviceRequestCreations } from "../../ports/request-changes.ts";
import type { Ports } from "../../ports/port.ts";
import { call, change, fileOf, startHouse, type House } from "./testing/house.ts";

let house: House;
let hasty: { ports: Ports; close(): Promise<void> };
let batch = false;
beforeAll(async () => {
  house = await startHouse({ inBatch: () => batch });
  hasty = await house.connect(400);
  // So that no deadline passes while the schema is read for the first time.
  await house.ports.use(occupantChanges).submit(addition(), call);
  await house.ports.use(cardPayments).submit(payment(), call);
});
afterAll(async () => {
  await hasty.close();
  await house.close();
});
afterEach(async () => {
  batch = false;
  await house.door("/faults", "DELETE");
});

const somebody = {
  surname: "Müller",
  givenName: "Théo",
  birthDate: "2020-02-29",
  relationship: "Enfant",
  since: null,
};
const addition = () =>
  change(
    { contract: house.contractOf(oddities.accents) },
    { action: "ADD" as const, occupant: somebody },
  );

const paid = (): CardPayment => ({
  amount: { amount: "10.00", currency: "EUR" },
  paidAt: new Date().toISOString(),
  provider: "LYRA",
  providerReference: "ipn-1",
});
const payment = () => change({ contract: house.contractOf(oddities.debt) }, paid());

/** Each kind of failure, and whether the ERP has applied the change by then. */
const failures = [
  ["cut-after", true],
  ["cut-middle", true],
  ["garbage", true],
  ["empty", true],
  ["cut-before", false],
  ["hang", false],
  ["html", false],
  ["html-202", false],
  ["closed", false],
  ["fault", false],
] as const;

describe.each(failures)("After %s, nobody knows, and then Pavois tells:", (kind, done) => {
  it("a change that it keeps under our id", async () => {
    const sent = addition();
    const port = hasty.ports.use(occupantChanges);
    await house.door("/faults", "PUT", { kind, operation: "DeclarerOccupant", times: 1 });
    await expect(port.submit(sent, call)).rejects.toMatchObject({
      code: "OUTCOME_UNKNOWN",
      notApplied: false,
    });
    const found = await port.lookUp(sent, call);
    expect(found.state).toBe(done ? "APPLIED" : "ABSENT");
    if (!done) expect(await port.submit(sent, call)).toMatchObject({ state: "APPLIED" });
    expect(await house.applied(sent.operationId)).toHaveLength(1);
    expect(await port.lookUp(sent, call)).toMatchObject({ state: "APPLIED" });
  });

  it("a payment, which it takes once however often it is sent", async () => {
    const sent = payment();
    const port = hasty.ports.use(cardPayments);
    const fault = { kind, operation: "EnregistrerReglementCarte", times: 1 };
    await house.door("/faults", "PUT", fault);
    await expect(port.submit(sent, call)).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect((await port.lookUp(sent, call)).state).toBe(done ? "APPLIED" : "ABSENT");
    const again = await port.submit(sent, call);
    expect(again).toEqual({ state: "APPLIED", reference: expect.stringMatching(/^R\d+$/) });
    expect(await port.submit(sent, call)).toEqual(again);
    expect(await port.lookUp(sent, call)).toEqual(again);
    expect(await house.applied(sent.operationId)).toHaveLength(1);
  });
});

describe("It is certain that nothing was applied", () => {
  const certain = (code: string) => ({ code, notApplied: true });

  it("when the port is closed", async () => {
    await house.door("/faults", "PUT", { kind: "refuse" });
    const sent = house.ports.use(cardPayments).submit(payment(), call);
    await expect(sent).rejects.toMatchObject(certain("UNAVAILABLE"));
  });

  it("when the evening's batch has closed the accounts", async () => {
    batch = true;
    const sent = payment();
    const port = house.ports.use(cardPayments);
    await expect(port.submit(sent, call)).rejects.toMatchObject(certain("UNAVAILABLE"));
    expect(await port.lookUp(sent, call)).toEqual({ state: "ABSENT" });
    batch = false;
    expect(await port.submit(sent, call)).toMatchObject({ state: "APPLIED" });
  });

  it("when a file of ours cannot be read, or is cut", async () => {
    const contract = house.contractOf(oddities.accents);
    const { ref } = fileOf("a.jpg", "image/jpeg", new Uint8Array([0xff, 0xd8, 0xff, 0xe0]));
    const lost = { ...ref, uploadId: "nowhere" };
    const cut = { ...ref, sizeBytes: 5 };
    for (const photo of [lost, cut]) {
      const payload = {
        reasonKey: "M04",
        placeKey: null,
        description: "Ascenseur",
        availabilities: [],
        contactPhone: null,
        photos: [photo],
      };
      const sent = change({ contract }, payload);
      const port = house.ports.use(serviceRequestCreations);
      await expect(port.submit(sent, call)).rejects.toMatchObject(certain("INTERNAL"));
    }
  });
});

describe("What Pavois refused", () => {
  it("is found refused, for the same reason", async () => {
    const contract = house.contractOf(oddities.accents);
    const born = { ...somebody, birthDate: "2099-01-01" };
    const sent = change({ contract }, { action: "ADD" as const, occupant: born });
    const port = house.ports.use(occupantChanges);
    const refused = { state: "REJECTED", reason: "INVALID" };
    expect(await port.submit(sent, call)).toEqual(refused);
    expect(await port.lookUp(sent, call)).toEqual(refused);
    expect(await house.applied(sent.operationId)).toEqual([]);
  });

  it("is one thing; that it never heard of something is another", async () => {
    expect(await house.ports.use(occupantChanges).lookUp(addition(), call)).toEqual({
      state: "ABSENT",
    });
  });

  it("cannot be asked while it is closed: that is an error, and no answer", async () => {
    await house.door("/faults", "PUT", { kind: "closed" });
    const asked = house.ports.use(occupantChanges).lookUp(addition(), call);
    await expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
