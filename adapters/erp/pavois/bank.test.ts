import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bankAccounts, directDebits } from "../../ports/billing.ts";
import { call, replayPavois, type Replay } from "./replay.ts";

const contractKey = "L/2013936";

describe("The bank at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  const details = async () => (await erp.use(bankAccounts).ofContracts([contractKey], call))[0];
  const mandate = async () => (await erp.use(directDebits).ofContracts([contractKey], call))[0];

  it("has the IBAN without the spaces of its groups of four", async () => {
    expect(await details()).toEqual({
      iban: "FR7699207489493058476111959",
      bic: "CRTSFR20",
      holder: null,
    });
  });

  it.each([
    ["nil", '<cpt:Bic xsi:nil="true"/>'],
    ["empty", "<cpt:Bic></cpt:Bic>"],
    ["absent", ""],
  ])("may know no BIC, which is then %s", async (_, bic) => {
    erp.change("LireCoordonneesBancaires", (text) => text.replace(/<cpt:Bic>.*<\/cpt:Bic>/, bic));
    expect((await details())!.bic).toBeNull();
  });

  it("is asked once for many contracts, and has nothing for some", async () => {
    const keys = ["L/2013949", contractKey, contractKey, "2013936"];
    const found = await erp.use(bankAccounts).ofContracts(keys, call);
    expect(found.map((each) => each?.bic ?? null)).toEqual([null, "CRTSFR20", "CRTSFR20", null]);
    expect(erp.operations()).toEqual(["LireCoordonneesBancaires"]);
  });

  it("names the newest mandate, wherever it stands among those of the past", async () => {
    const newest = {
      mandateReference: "++RUM-000001-2022052500000000000000",
      day: 15,
      signedOn: "2022-05-25",
      status: "ACTIVE",
    };
    expect(await mandate()).toEqual(newest);
    erp.change("ListerMandats", (text) =>
      text.replace(/(<cpt:Mandat>.*?<\/cpt:Mandat>)(<cpt:Mandat>.*<\/cpt:Mandat>)/s, "$2$1"),
    );
    expect(await mandate()).toEqual(newest);
  });

  it("prefers the mandate that has not ended, of two that were signed the same day", async () => {
    erp.change("ListerMandats", (text) => text.replace("2021-11-06", "2022-05-25"));
    expect((await mandate())!.status).toBe("ACTIVE");
  });

  it("takes a mandate that was never signed for the oldest, and day 0 for none", async () => {
    erp.change("ListerMandats", (text) =>
      text
        .replace("<cpt:SigneLe>2022-05-25</cpt:SigneLe>", '<cpt:SigneLe xsi:nil="true"/>')
        .replace("ACTIF", "SUSPENDU"),
    );
    expect(await mandate()).toMatchObject({ status: "ENDED", day: null, signedOn: "2021-11-06" });
  });

  it("has no mandate for a contract that Pavois leaves out", async () => {
    expect(await erp.use(directDebits).ofContracts(["L/2013949", "x"], call)).toEqual([null, null]);
    expect(erp.requests).toHaveLength(1);
  });

  it.each([
    ["an unknown state", "ACTIF", "PERDU"],
    ["a day that is no number", "JourPrelevement>15<", "JourPrelevement>le 15<"],
    ["no reference", "++RUM-000001-2022052500000000000000", ""],
  ])("refuses a mandate with %s", async (_, from, to) => {
    erp.change("ListerMandats", (text) => text.replace(from, to));
    await expect(mandate()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});
