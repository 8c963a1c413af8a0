import { describe, expect, test } from "vitest";
import { endedFaults } from "./ended.ts";
import { insuranceFaults, type TypedInsurance } from "./insurance.ts";
import { departureFaults, occupantFaults, type TypedOccupant } from "./occupants.ts";

const day = "2026-11-21";

/** Code and path of each fault. */
const told = (faults: readonly { code: string; field: readonly string[] }[]) =>
  faults.map(({ code, field }) => `${code} ${field.join(".")}`);

describe("an occupant as typed", () => {
  const occupant: TypedOccupant = { surname: "El Haddad", givenName: "Léa" };

  test.each<[string, Partial<TypedOccupant>, string[]]>([
    ["is taken with names only", {}, []],
    ["is taken when born today", { birthDate: day, since: day }, []],
    ["is taken when moving in later", { since: "2026-12-24" }, []],
    ["needs a surname", { surname: "" }, ["REQUIRED occupant.surname"]],
    ["needs a letter in a name", { givenName: "12" }, ["INVALID_FORMAT occupant.givenName"]],
    ["has a short name", { surname: "a".repeat(51) }, ["TOO_LONG occupant.surname"]],
    [
      "has a relationship in few words",
      { relationship: "a".repeat(41) },
      ["TOO_LONG occupant.relationship"],
    ],
    ["is born", { birthDate: "2026-11-22" }, ["IN_THE_FUTURE occupant.birthDate"]],
    [
      "does not move in before being born",
      { birthDate: "2020-02-02", since: "2020-02-01" },
      ["BEFORE_BIRTH occupant.since"],
    ],
  ])("%s", (_what, more, faults) => {
    expect(told(occupantFaults({ ...occupant, ...more }, day))).toEqual(faults);
  });

  test.each([
    ["2020-01-01", "2020-01-02", ["BEFORE_ARRIVAL leftOn"]],
    ["2020-01-02", "2020-01-02", []],
    ["2020-01-01", null, []],
    [null, "2020-01-02", []],
  ])("who leaves on %s has come on %s at the latest", (leftOn, since, faults) => {
    expect(told(departureFaults(leftOn, since))).toEqual(faults);
  });
});

describe("an insurance as typed", () => {
  const insurance: TypedInsurance = {
    contractId: "c",
    insurer: "Mutuelle",
    policyNumber: "M-1",
    validFrom: "2026-12-01",
    validTo: "2027-11-30",
    certificateUploadId: "u",
    idempotencyKey: "k",
  };
  const faultsOf = (
    more: Partial<TypedInsurance>,
    certificate: "REQUIRED" | "OPTIONAL" = "REQUIRED",
  ) => told(insuranceFaults({ ...insurance, ...more }, { insurance: { certificate } }, day));

  test.each<[string, Partial<TypedInsurance>, string[]]>([
    ["is taken", {}, []],
    ["is taken on its last day", { validFrom: "2025-11-22", validTo: day }, []],
    ["needs an insurer", { insurer: " " }, ["REQUIRED insurer"]],
    ["needs a policy", { policyNumber: "" }, ["REQUIRED policyNumber"]],
    ["has a short policy number", { policyNumber: "1".repeat(31) }, ["TOO_LONG policyNumber"]],
    ["has one line for who is insured", { holder: "a\nb" }, ["INVALID_FORMAT holder"]],
    ["ends after it begins", { validTo: "2026-11-30" }, ["DATES_REVERSED validTo"]],
    ["is not over", { validFrom: "2025-01-01", validTo: "2026-11-20" }, ["ALREADY_OVER validTo"]],
    [
      "has its certificate with it",
      { certificateUploadId: null },
      ["CERTIFICATE_NEEDED certificateUploadId"],
    ],
  ])("%s", (_what, more, faults) => {
    expect(faultsOf(more)).toEqual(faults);
  });

  test("may come without its certificate where the landlord takes it so", () => {
    expect(faultsOf({ certificateUploadId: null }, "OPTIONAL")).toEqual([]);
  });
});

test("nothing is taken for a contract that has ended", () => {
  expect(told(endedFaults({ status: "ENDED" }, ["contractId"]))).toEqual([
    "CONTRACT_ENDED contractId",
  ]);
  expect(endedFaults({ status: "ACTIVE" }, ["contractId"])).toEqual([]);
  expect(endedFaults({ status: "UPCOMING" }, ["contractId"])).toEqual([]);
});
