import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bankAccounts, directDebits, paymentPlans } from "../../ports/billing.ts";
import { call, replayHabilog, type Replay } from "./replay.ts";

const keys = ["L1200227"];
const euros = (amount: string) => ({ amount, currency: "EUR" });

describe("Bank details at Habilog", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayHabilog();
  });
  afterEach(() => erp.close());

  const bank = async () => (await erp.use(bankAccounts).ofContracts(keys, call))[0];
  const mandate = async () => (await erp.use(directDebits).ofContracts(keys, call))[0];
  const plan = async () => (await erp.use(paymentPlans).ofContracts(keys, call))[0];

  it("have an IBAN without the spaces between its groups", async () => {
    expect(await bank()).toEqual({
      iban: "FR74992073224680510K0940217",
      bic: "CRTSFR20",
      holder: "Océane Kowalski",
    });
  });

  it("may be without BIC and holder", async () => {
    erp.change("LireRib", (text) => text.replace(/(<(BIC|Titulaire)>)[^<]*/g, "$1    "));
    expect(await bank()).toMatchObject({ bic: null, holder: null });
  });

  it("tell the mandate, its day and its state", async () => {
    expect(await mandate()).toEqual({
      mandateReference: "RUM-000227-20240429",
      day: 8,
      signedOn: "2024-04-29",
      status: "ACTIVE",
    });
  });

  it("have no day of the month where it is 00", async () => {
    erp.change("LirePrelevement", (text) => text.replace("<Jour>08", "<Jour>00"));
    expect((await mandate())!.day).toBeNull();
  });

  it.each([
    ["<Jour>08", "<Jour>8,"],
    ["<Etat>A", "<Etat>P"],
    [/(<RUM>)[^<]*/, "$1   "],
  ])("with %s as %s are refused", async (from, to) => {
    erp.change("LirePrelevement", (text) => text.replace(from, to));
    await expect(mandate()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("tell the payment plan, its instalments oldest first", async () => {
    erp.change("LireEcheancier", (text) =>
      text.replace(/<Echeance>.*<\/Echeance>/s, (all) =>
        all
          .split(/(?=<Echeance>)/)
          .toReversed()
          .join(""),
      ),
    );
    const found = await plan();
    expect(found).toMatchObject({ agreedOn: "2026-08-01", total: euros("831.47") });
    expect(found!.instalments).toHaveLength(7);
    expect(found!.instalments[0]).toEqual({
      dueDate: "2026-08-08",
      amount: euros("291.01"),
      status: "PAID",
    });
    expect(found!.instalments[6]).toEqual({
      dueDate: "2027-02-08",
      amount: euros("90.11"),
      status: "DUE",
    });
    expect(found!.instalments[1]!.status).toBe("MISSED");
  });

  it("may have a plan of one instalment, which is a list too", async () => {
    erp.change("LireEcheancier", (text) =>
      text.replace(/<Echeance>.*<\/Echeance>(?=<Echeance>)/s, ""),
    );
    expect((await plan())!.instalments).toHaveLength(1);
  });

  it("are null where Habilog has none", async () => {
    for (const name of ["LireRib", "LirePrelevement", "LireEcheancier"])
      erp.instead(name, "rien.xml");
    expect([await bank(), await mandate(), await plan()]).toEqual([null, null, null]);
  });
});
