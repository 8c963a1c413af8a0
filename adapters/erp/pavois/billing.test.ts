import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountEntries, balances, payments } from "../../ports/billing.ts";
import { call, replayPavois, type Replay } from "./replay.ts";

const contractKey = "L/2013949";
const euros = (amount: string) => ({ amount, currency: "EUR" });

describe("Accounts at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  const balance = async () => (await erp.use(balances).ofContracts([contractKey], call))[0];

  it("show the balance of the evening before, with the zone that Pavois leaves out", async () => {
    expect(await balance()).toEqual({
      owed: euros("0.00"),
      late: false,
      asOf: "2026-11-19T20:30:00+01:00",
    });
  });

  it("give the sign that Pavois puts into Sens", async () => {
    erp.change("LireSoldes", (text) =>
      text.replace("Montant>0<", "Montant>1234.5<").replace("Sens>D<", "Sens>C<"),
    );
    expect((await balance())!.owed).toEqual(euros("-1234.50"));
  });

  it("give a balance of nothing without a sign", async () => {
    erp.change("LireSoldes", (text) => text.replace("Sens>D<", "Sens>C<"));
    expect((await balance())!.owed).toEqual(euros("0.00"));
  });

  it("keep amounts that a number would not", async () => {
    erp.change("LireSoldes", (text) => text.replace("Montant>0<", "Montant>999999999999.99<"));
    expect((await balance())!.owed).toEqual(euros("999999999999.99"));
  });

  it.each([
    ["an amount with a comma", "Montant>0<", "Montant>1 234,56<"],
    ["no amount", "Montant>0<", "Montant><"],
    ["another direction", "Sens>D<", "Sens>X<"],
    ["a day that cannot be", "2026-11-19T", "2026-02-31T"],
    ["the amount twice", "<cpt:Sens>", "<cpt:Montant>5</cpt:Montant><cpt:Sens>"],
  ])("with %s are refused", async (_, from, to) => {
    erp.change("LireSoldes", (text) => text.replace(from, to));
    await expect(balance()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("are asked for in one call, and an unknown contract has none", async () => {
    const keys = ["L/2013950", contractKey, contractKey, "2013949"];
    const found = await erp.use(balances).ofContracts(keys, call);
    expect(found.map((each) => each?.owed.amount ?? null)).toEqual([null, "0.00", "0.00", null]);
    expect(erp.operations()).toEqual(["LireSoldes"]);
  });

  it("list entries, newest first, with what each adds to what is owed", async () => {
    const keys = [{ contractKey, first: 3, after: null }];
    const [page] = await erp.use(accountEntries).ofContracts(keys, call);
    expect(page).toMatchObject({ endCursor: "3", hasNextPage: true, total: 74 });
    expect(page!.items.slice(0, 2)).toEqual([
      {
        key: "E14074",
        date: "2026-11-05",
        label: "Paiement par carte",
        owed: euros("-617.92"),
        period: null,
      },
      {
        key: "E14073",
        date: "2026-10-24",
        label: "Avis d’échéance novembre 2026",
        owed: euros("617.92"),
        period: { from: "2026-11-01", to: "2026-11-30" },
      },
    ]);
  });

  it("have an empty page for a contract that Pavois calls unknown", async () => {
    erp.always("erreur-404.xml");
    const keys = [{ contractKey: "L/9999999", first: 3, after: null }];
    expect(await erp.use(accountEntries).ofContracts(keys, call)).toEqual([
      { items: [], endCursor: null, hasNextPage: false, total: 0 },
    ]);
  });

  it("list payments with their state", async () => {
    erp.change("ListerReglements", (text) =>
      text.replace(">ENCAISSE<", ">IMPAYE<").replace(">CARTE<", ">ESPECES<"),
    );
    const keys = [{ contractKey, first: 3, after: "0" }];
    const [page] = await erp.use(payments).ofContracts(keys, call);
    expect(page!.items.slice(0, 2)).toEqual([
      {
        key: "R14036",
        date: "2026-11-05",
        amount: euros("617.92"),
        method: "OTHER",
        status: "REJECTED",
      },
      {
        key: "R14035",
        date: "2026-10-05",
        amount: euros("617.92"),
        method: "CARD",
        status: "RECEIVED",
      },
    ]);
  });
});
