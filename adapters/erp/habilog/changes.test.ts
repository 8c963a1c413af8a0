/** Every port that changes something, against the mock ERP over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOfContract, keyOfOccupant, keyOfPerson } from "../../../mocks/habilog/keys.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import * as billingChanges from "../../ports/billing-changes.ts";
import * as billing from "../../ports/billing.ts";
import type { ChangePort, Submission } from "../../ports/changes.ts";
import * as contractChanges from "../../ports/contract-changes.ts";
import * as contracts from "../../ports/contract.ts";
import { personChanges, type PersonChange } from "../../ports/identity-changes.ts";
import { persons } from "../../ports/identity.ts";
import type { BatchRead, Port } from "../../ports/port.ts";
import {
  call,
  change,
  fileOf,
  startHouse,
  today,
  usualContract,
  type House,
} from "./testing/house.ts";
import { address, addressTaken, bank, occupant } from "./testing/values.ts";

let house: House;
let contract: WorldContract;
let ended: WorldContract;
beforeAll(async () => {
  house = await startHouse();
  contract = usualContract(house);
  ended = house.erp.world.contracts.find(({ end }) => end !== null && end < today)!;
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);
const ofContract = async <A>(port: Port<{ ofContracts: BatchRead<string, A> }>) =>
  (await use(port).ofContracts([keyOfContract(contract)], call))[0]!;

/** Sends it, sees it wait, lets the night pass and sees it applied; gives what the ERP wrote. */
async function throughTheNight<P>(port: ChangePort<P>, asked: Submission<P>) {
  const pending = { state: "PENDING", reference: expect.stringMatching(/^D\d+$/) };
  expect(await use(port).submit(asked, call)).toMatchObject(pending);
  expect(await use(port).lookUp(asked, call)).toMatchObject(pending);
  expect(await house.applied(asked.operationId)).toEqual([]);
  expect(await house.night()).toEqual({ applied: 1, refused: 0 });
  expect(await use(port).lookUp(asked, call)).toMatchObject({ ...pending, state: "APPLIED" });
  const [write, ...others] = await house.applied(asked.operationId);
  expect([write!.kind, write!.reference, others]).toEqual([port.name, asked.operationId, []]);
  return write!;
}

async function refusedInTheNight<P>(port: ChangePort<P>, asked: Submission<P>) {
  expect(await use(port).submit(asked, call)).toMatchObject({ state: "PENDING" });
  expect(await house.night()).toEqual({ applied: 0, refused: 1 });
  expect(await house.applied(asked.operationId)).toEqual([]);
  return use(port).lookUp(asked, call);
}

describe("A change of a person", () => {
  const ofPerson = (payload: PersonChange) => change(contract, payload, { contractKey: null });
  const read = async () => {
    const key = keyOfPerson({ number: contract.signatories[0]! });
    return (await use(persons).byKeys([key], call))[0]!;
  };

  it("changes what it names and nothing else", async () => {
    const before = await read();
    const write = await throughTheNight(
      personChanges,
      ofPerson({ phones: ["+33149602100"], email: "a@example.org" }),
    );
    expect(write.content).toEqual({ phone: "01 49 60 21 00", email: "a@example.org" });
    const after = { phones: ["+33149602100"], email: "a@example.org" };
    expect(await read()).toEqual({ ...before, ...after });
  });

  it("changes all of it", async () => {
    const payload: PersonChange = {
      title: "MR",
      surname: "Cœur-Groß",
      givenName: "Anaïs",
      phones: ["+4915112345678"],
      address: { ...address, postalCode: "SW1A 1AA", country: "GB" },
    };
    await throughTheNight(personChanges, ofPerson(payload));
    expect(await read()).toMatchObject({
      ...payload,
      surname: "Coeur-Groß",
      address: { ...addressTaken, postalCode: "SW1A 1AA", country: "GB" },
    });
  });

  it("wipes the telephone out", async () => {
    await throughTheNight(personChanges, ofPerson({ phones: [] }));
    expect((await read()).phones).toEqual([]);
  });
});

describe("A change of an occupant", () => {
  const about = (payload: contractChanges.OccupantChange) => change(contract, payload);
  const read = () => ofContract(contracts.occupants);

  it("adds, changes and removes one", async () => {
    const before = await read();
    const { occupantChanges } = contractChanges;
    await throughTheNight(occupantChanges, about({ action: "ADD", occupant }));
    const added = (await read()).find(({ givenName }) => givenName === "Zoé")!;
    expect(added).toMatchObject({ ...occupant, surname: "L'OEillet" });

    const nobodyKnows = { givenName: null, birthDate: null, relationship: null, since: null };
    const other = { surname: "Autre", ...nobodyKnows };
    const { key } = added;
    await throughTheNight(occupantChanges, about({ action: "CHANGE", key, occupant: other }));
    expect((await read()).find((each) => each.key === key)).toMatchObject(other);

    await throughTheNight(occupantChanges, about({ action: "REMOVE", key, leftOn: today }));
    expect(await read()).toEqual(before);
    await throughTheNight(occupantChanges, about({ action: "ADD", occupant }));
    expect((await read()).map((each) => each.key)).not.toContain(key);
  });

  it("is refused in the night for a birth to come, and for somebody who is not there", async () => {
    const unborn = { ...occupant, birthDate: "2090-01-01", since: null };
    expect(
      await refusedInTheNight(
        contractChanges.occupantChanges,
        about({ action: "ADD", occupant: unborn }),
      ),
    ).toEqual({ state: "REJECTED", reason: "INVALID" });
    const gone = about({ action: "REMOVE", key: keyOfOccupant({ number: 1 }), leftOn: null });
    expect(await refusedInTheNight(contractChanges.occupantChanges, gone)).toEqual({
      state: "REJECTED",
      reason: "UNKNOWN_THING",
    });
  });
});

describe("A change of the contract", () => {
  it("changes the billing address", async () => {
    const { billingAddressChanges } = contractChanges;
    await throughTheNight(billingAddressChanges, change(contract, { recipient: "SCI", address }));
    expect(await ofContract(contracts.billingAddresses)).toEqual({
      recipient: "SCI",
      address: { ...addressTaken, postalCode: "94200" },
    });
    const unknown = { ...address, postalCode: "99999" };
    const asked = change(contract, { recipient: "SCI", address: unknown });
    expect(await refusedInTheNight(billingAddressChanges, asked)).toEqual({
      state: "REJECTED",
      reason: "INVALID",
    });
  });

  const policy = {
    insurer: "Mutuelle de l'Œuvre",
    policyNumber: "P-12/34",
    holder: null,
    validFrom: "2031-01-01",
    validTo: "2031-12-31",
  };

  it("renews the insurance, with a certificate of ten megabytes", async () => {
    const { insuranceRenewals } = contractChanges;
    const bytes = Buffer.alloc(10 * 1024 * 1024, "%PDF-1.4 attestation\n");
    const { ref, taken } = fileOf("attestation 2031.pdf", "application/pdf", bytes);
    const asked = change(contract, { ...policy, certificate: ref });
    const write = await throughTheNight(insuranceRenewals, asked);
    expect(write.content).toMatchObject({ certificate: taken });
    expect(await ofContract(contracts.insurancePolicies)).toEqual({
      ...policy,
      insurer: "Mutuelle de l'OEuvre",
    });
  });

  it("is not sent with a certificate of a kind or size that Habilog does not take", async () => {
    const { insuranceRenewals } = contractChanges;
    const heic = fileOf("a.heic", "image/heic", Buffer.from("x")).ref;
    const big = fileOf("a.pdf", "application/pdf", Buffer.alloc(10 * 1024 * 1024 + 1)).ref;
    for (const certificate of [heic, big]) {
      const asked = change(contract, { ...policy, certificate });
      expect(await use(insuranceRenewals).submit(asked, call)).toEqual({
        state: "REJECTED",
        reason: "INVALID",
      });
      expect(await use(insuranceRenewals).lookUp(asked, call)).toEqual({ state: "ABSENT" });
    }
  });

  it("is certainly not applied when its file cannot be read", async () => {
    const { ref } = fileOf("a.png", "image/png", Buffer.from("four"));
    for (const certificate of [
      { ...ref, uploadId: "gone" },
      { ...ref, sizeBytes: 5 },
    ]) {
      const asked = change(contract, { ...policy, certificate });
      const sent = use(contractChanges.insuranceRenewals).submit(asked, call);
      await expect(sent).rejects.toMatchObject({ code: "INTERNAL", notApplied: true });
    }
  });

  it("gives a file a name that its column can hold", async () => {
    const name = `${"é😀".repeat(60)}.png`;
    const { ref } = fileOf(name, "image/png", Buffer.from("four"));
    const asked = change(contract, { ...policy, certificate: ref });
    const write = await throughTheNight(contractChanges.insuranceRenewals, asked);
    expect(write.content).toMatchObject({ certificate: { name: `${"é_".repeat(48)}.png` } });
  });

  it("is refused in the night when the contract has ended", async () => {
    expect(await refusedInTheNight(billingChanges.bankAccountChanges, change(ended, bank))).toEqual(
      { state: "REJECTED", reason: "NOT_POSSIBLE" },
    );
  });
});

describe("Bank details and mandate", () => {
  const debit = (payload: billingChanges.DirectDebitChange) => change(contract, payload);
  const readMandate = () => ofContract(billing.directDebits);
  const { bankAccountChanges, directDebitChanges } = billingChanges;

  it("are changed", async () => {
    await throughTheNight(bankAccountChanges, change(contract, { ...bank, bic: null }));
    expect(await ofContract(billing.bankAccounts)).toEqual({ ...bank, bic: null });
  });

  it("are subscribed to, moved to another day and stopped", async () => {
    contract.directDebit = null;
    const mandate = { mandateReference: "RUM-2026-1", signedOn: today, day: 8 };
    const subscribing = debit({ action: "SUBSCRIBE", ...mandate, ...bank });
    await throughTheNight(directDebitChanges, subscribing);
    expect(await readMandate()).toEqual({ ...mandate, status: "ACTIVE" });
    expect(await ofContract(billing.bankAccounts)).toEqual(bank);

    const again = debit({ action: "SUBSCRIBE", ...mandate, ...bank, day: null });
    expect(await refusedInTheNight(directDebitChanges, again)).toEqual({
      state: "REJECTED",
      reason: "ALREADY_EXISTS",
    });

    await throughTheNight(directDebitChanges, debit({ action: "CHANGE_DAY", day: 10 }));
    expect(await readMandate()).toEqual({ ...mandate, day: 10, status: "ACTIVE" });
    await throughTheNight(directDebitChanges, debit({ action: "STOP" }));
    expect(await readMandate()).toEqual({ ...mandate, day: 10, status: "ENDED" });
    expect(await refusedInTheNight(directDebitChanges, debit({ action: "STOP" }))).toEqual({
      state: "REJECTED",
      reason: "UNKNOWN_THING",
    });
    await throughTheNight(directDebitChanges, again);
    expect(await readMandate()).toMatchObject({ day: null, status: "ACTIVE" });
  });
});
