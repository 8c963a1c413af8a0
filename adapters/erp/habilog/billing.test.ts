import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountEntries, balances, payments } from "../../ports/billing.ts";
import { call, replayHabilog, type Replay } from "./replay.ts";

const contractKey = "L1200227";
const euros = (amount: string) => ({ amount, currency: "EUR" });
const page = { contractKey, first: 100, after: null };

describe("Accounts at Habilog", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayHabilog();
  });
  afterEach(() => erp.close());

  const balance = async () => (await erp.use(balances).ofContracts([contractKey], call))[0];
  const entries = async () => (await erp.use(accountEntries).ofContracts([page], call))[0]!;

  it("owe what Habilog shows with a minus, as of the evening before", async () => {
    expect(await balance()).toEqual({
      owed: euros("3034.87"),
      late: true,
      asOf: "2026-11-19T22:15:00+01:00",
    });
  });

  it.each([
    ["12,50", "-12.50"],
    ["0,00", "0.00"],
    ["-0,00", "0.00"],
    ["1\u00A0234,56-", "1234.56"],
  ])("with a balance of %j owe %s", async (written, owed) => {
    erp.change("LireSolde", (text) => text.replace(/(<Montant>)[^<]*/, `$1${written}`));
    expect((await balance())!.owed).toEqual(euros(owed));
  });

  it.each([
    ["no amount", /(<Montant>)[^<]*/, "$1"],
    ["an amount with a point", /(<Montant>)[^<]*/, "$11234.56"],
    ["neither O nor N", "<EnRetard>O", "<EnRetard>1"],
    ["a day that cannot be", "19/11/2026", "31/11/2026"],
    ["no hour", "22:15", ""],
    ["the amount twice", "<EnRetard>", "<Montant>1,00</Montant><EnRetard>"],
  ])("with %s are refused", async (_, from, to) => {
    erp.change("LireSolde", (text) => text.replace(from, to));
    await expect(balance()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("have entries newest first, payments with the minus that Habilog puts behind", async () => {
    const { items, total } = await entries();
    expect(items.map(({ key }) => key)).toEqual([
      "E227071",
      "E227070",
      "E227069",
      "E227068",
      "E227067",
    ]);
    expect(total).toBe(5);
    expect(items.slice(3)).toEqual([
      {
        key: "E227068",
        date: "2026-08-08",
        label: "Prélèvement automatique",
        owed: euros("-291.01"),
        period: null,
      },
      {
        key: "E227067",
        date: "2026-07-24",
        label: "Avis d’échéance août 2026",
        owed: euros("831.47"),
        period: { from: "2026-08-01", to: "2026-08-31" },
      },
    ]);
  });

  it("are asked for their entries with the base under its other name", async () => {
    await entries();
    expect(erp.requests[0]).toContain(":BaseDonnees>IVRY<");
    expect(erp.requests[0]).not.toContain(":Base>");
  });

  it("may have one entry, which is a list too", async () => {
    erp.change("ListerEcritures", (text) =>
      text.replace(/<Ecriture>.*<\/Ecriture>(?=<Ecriture>)/s, ""),
    );
    expect((await entries()).items).toHaveLength(1);
  });

  it("give pages of a list that is asked for once", async () => {
    const pages = await erp.use(accountEntries).ofContracts(
      [
        { contractKey, first: 2, after: null },
        { contractKey, first: 2, after: "E227070" },
        { contractKey: "L/1200227", first: 2, after: null },
      ],
      call,
    );
    expect(pages.map(({ items }) => items.map(({ key }) => key))).toEqual([
      ["E227071", "E227070"],
      ["E227069", "E227068"],
      [],
    ]);
    expect(pages.map(({ hasNextPage }) => hasNextPage)).toEqual([true, true, false]);
    expect(erp.requests).toHaveLength(1);
  });

  it("have payments newest first, with what is still on its way", async () => {
    const [found] = await erp.use(payments).ofContracts([page], call);
    expect(found!.items.slice(0, 2)).toEqual([
      {
        key: "R227034",
        date: "2026-11-19",
        amount: euros("50.05"),
        method: "CARD",
        status: "PENDING",
      },
      {
        key: "R227033",
        date: "2026-08-08",
        amount: euros("291.01"),
        method: "DIRECT_DEBIT",
        status: "RECEIVED",
      },
    ]);
  });

  it("with a payment in an unknown state are refused", async () => {
    erp.change("ListerReglements", (text) => text.replace("<Etat>E", "<Etat>X"));
    const asked = erp.use(payments).ofContracts([page], call);
    await expect(asked).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});
