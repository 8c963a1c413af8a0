/** What Pavois refuses, and why. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oddities } from "../../../mocks/world/oddities.ts";
import {
  bankAccountChanges,
  directDebitChanges,
  type DirectDebitChange,
} from "../../ports/billing-changes.ts";
import { insuranceRenewals, occupantChanges } from "../../ports/contract-changes.ts";
import { personChanges, professionalSituationChanges } from "../../ports/identity-changes.ts";
import { serviceRequestCreations } from "../../ports/request-changes.ts";
import { surveyAnswers } from "../../ports/surveys.ts";
import { call, change, fileOf, startHouse, type House } from "./testing/house.ts";
import { add, address, iban, policy, request } from "./testing/samples.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

describe("Pavois refuses", () => {
  const subscribe = {
    action: "SUBSCRIBE" as const,
    mandateReference: "RUM-9",
    signedOn: "2026-11-01",
    iban,
    bic: null,
    holder: "Léa",
    day: 5,
  };
  const refused = (reason: string) => ({ state: "REJECTED", reason });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      "an IBAN whose digits do not add up",
      () =>
        house.submit(bankAccountChanges, {
          iban: iban.replace("0185", "0186"),
          bic: null,
          holder: "Léa",
        }),
      "INVALID",
    ],
    [
      "a contract that has ended",
      () => house.submit(bankAccountChanges, { iban, bic: null, holder: "Léa" }, oddities.ended),
      "NOT_POSSIBLE",
    ],
    [
      "a day on which nobody is debited",
      () => house.submit(directDebitChanges, { ...subscribe, day: 7 }),
      "INVALID",
    ],
    [
      "an occupant whom it does not know",
      () => house.submit(occupantChanges, { action: "REMOVE", key: "O00099999", leftOn: null }),
      "UNKNOWN_THING",
    ],
    [
      "an occupant who is not born",
      () => house.submit(occupantChanges, add({ birthDate: "2099-01-01" })),
      "INVALID",
    ],
    [
      "an insurance that has ended",
      () => house.submit(insuranceRenewals, { ...policy, validTo: "2026-02-01" }),
      "INVALID",
    ],
    [
      "a file that is not of its type",
      () =>
        house.submit(insuranceRenewals, {
          ...policy,
          certificate: fileOf("a.pdf", "application/pdf", new Uint8Array(4)).ref,
        }),
      "INVALID",
    ],
    [
      "a reason without its place",
      () => house.submit(serviceRequestCreations, { ...request, reasonKey: "M01" }),
      "INVALID",
    ],
    [
      "a French postal code of three figures",
      () => house.submit(personChanges, { address: { ...address, postalCode: "170" } }),
      "INVALID",
    ],
    [
      "a situation that begins later",
      () =>
        house.submit(professionalSituationChanges, {
          label: "Salarié",
          employer: null,
          since: "2099-01-01",
        }),
      "INVALID",
    ],
    [
      "the answer to another contract's survey",
      () =>
        house.submit(surveyAnswers, {
          surveyKey: "Q00099001",
          householdStatus: "SINGLE",
          members: [
            {
              key: null,
              surname: "X",
              givenName: "Y",
              birthDate: "1990-01-01",
              occupation: null,
              taxIncome: null,
              taxNotice: null,
            },
          ],
        }),
      "UNKNOWN_THING",
    ],
  ])("%s", async (_, sent, reason) => {
    expect(await sent()).toEqual(refused(reason));
  });

  it("a second mandate beside the first, and a mandate of the same name", async () => {
    const contract = house.erp.world.contracts.find(
      ({ directDebit, end }) => directDebit === null && end === null,
    )!;
    const send = (payload: DirectDebitChange) =>
      house.ports.use(directDebitChanges).submit(change({ contract }, payload), call);
    expect(await send({ action: "STOP" })).toEqual(refused("UNKNOWN_THING"));
    expect(await send(subscribe)).toMatchObject({ state: "APPLIED" });
    expect(await send({ ...subscribe, mandateReference: "RUM-10" })).toEqual(
      refused("ALREADY_EXISTS"),
    );
    expect(await send({ action: "STOP" })).toMatchObject({ state: "APPLIED" });
    expect(await send(subscribe)).toEqual(refused("ALREADY_EXISTS"));
  });

  it("I-10 to move somebody out twice", async () => {
    const contract = house.contractOf(oddities.everything);
    const key = `O${String(contract.occupants[0]!.number).padStart(8, "0")}`;
    const remove = () =>
      house.submit(
        occupantChanges,
        { action: "REMOVE", key, leftOn: "2026-11-01" },
        oddities.everything,
      );
    expect(await remove()).toMatchObject({ state: "APPLIED" });
    expect(await remove()).toEqual(refused("CHANGED_MEANWHILE"));
  });
});
