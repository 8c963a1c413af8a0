import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requestCatalogues } from "../../ports/request-changes.ts";
import { Survey, surveys } from "../../ports/surveys.ts";
import { call, replayPavois, type Replay } from "./replay.ts";

const contractKey = "L/2013949";

describe("Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  const listed = async () => (await erp.use(surveys).ofContracts([contractKey], call))[0]!;
  const catalogue = async () =>
    (await erp.use(requestCatalogues).ofContracts([contractKey], call))[0]!;

  it("has the oldest survey first; here it is the newest", async () => {
    const found = await listed();
    expect(found.map((survey) => Survey.parse(survey).key)).toEqual([
      "Q00014003",
      "Q00014002",
      "Q00014001",
    ]);
    expect(found[2]).toMatchObject({ kind: "SLS", year: 2025, status: "VALIDATED" });
    expect(found[2]!.members[0]).toEqual({
      key: "Q00014001-01",
      surname: "Léger",
      givenName: "Hélène",
      birthDate: "1982-12-24",
      occupation: "EMPLOYED",
      taxIncome: { amount: "30119.00", currency: "EUR" },
      taxNoticeNeeded: true,
      taxNoticeReceived: true,
    });
  });

  it("may know nothing of what somebody does or earns", async () => {
    const [open] = await listed();
    expect(open!.members[0]).toMatchObject({ occupation: null, taxIncome: null });
  });

  it.each([
    ["an unknown state", (text: string) => text.replace("VALIDEE", "PERDUE")],
    ["an unknown occupation", (text: string) => text.replace("SALARIE", "PIRATE")],
    [
      "no members",
      (text: string) => text.replace(/<enq:Membre>.*?<\/enq:Enquete>/, "</enq:Enquete>"),
    ],
    ["a year that is none", (text: string) => text.replace(">2025<", ">l'an dernier<")],
    ["no birth date", (text: string) => text.replace(/<enq:DateN.*?<\/enq:DateNaissance>/, "")],
  ])("whose survey has %s answers something unusable", async (_, spoil) => {
    erp.change("ListerEnquetes", spoil);
    await expect(listed()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("says what a request may be about, and where a place is needed", async () => {
    const { places, reasons } = await catalogue();
    expect(places).toContainEqual({ key: "L02", label: "Salle de bains" });
    expect(reasons.filter(({ placeNeeded }) => placeNeeded).map(({ key }) => key)).toEqual([
      "M01",
      "M02",
      "M03",
    ]);
    expect(reasons.at(-1)).toEqual({
      key: "M52",
      label: "Demande d’attestation",
      category: "ADMINISTRATIVE",
      placeNeeded: false,
    });
  });

  it("has no catalogue for a contract that it does not know", async () => {
    erp.change("LireReferentielDemandes", (text) => text.replaceAll("L/2013949", "L/2013950"));
    await expect(catalogue()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
