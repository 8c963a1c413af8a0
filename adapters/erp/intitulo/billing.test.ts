import { beforeEach, describe, expect, it } from "vitest";
import { accountEntries, balances, payments } from "../../ports/billing.ts";
import { call, recorded, replayIntitulo, type Replay } from "./replay.ts";

let erp: Replay;
beforeEach(async () => {
  erp = await replayIntitulo();
});

const contractKey = "C2400005";
const euros = (amount: string) => ({ amount, currency: "EUR" });
const balance = async () => (await erp.use(balances).ofContracts([contractKey], call))[0];
const entries = async (first = 10, after: string | null = null) =>
  (await erp.use(accountEntries).ofContracts([{ contractKey, first, after }], call))[0]!;
const paid = async () =>
  (await erp.use(payments).ofContracts([{ contractKey, first: 10, after: null }], call))[0]!;

describe("A balance", () => {
  it("tells when it was computed, by the clock in Paris whatever its Z says", async () => {
    expect(await balance()).toEqual({
      owed: euros("0.00"),
      late: false,
      asOf: "2026-11-20T03:30:00+01:00",
    });
    erp.change("lireSolde", (body) => body.replace("2026-11-20T", "2026-07-20T"));
    expect((await balance())!.asOf).toBe("2026-07-20T03:30:00+02:00");
  });

  it("is positive when the tenant owes, and may be late", async () => {
    erp.change("lireSolde", (body) =>
      body.replace(">0,00<", ">610,68<").replace("<echu>0", "<echu>1"),
    );
    expect(await balance()).toMatchObject({ owed: euros("610.68"), late: true });
  });

  it("of nothing has no sign, though Intitulo may write one", async () => {
    erp.change("lireSolde", (body) => body.replace(">0,00<", ">-0,00<"));
    expect((await balance())!.owed).toEqual(euros("0.00"));
  });

  it("of another contract is none of this one", async () => {
    erp.change("lireSolde", (body) => body.replace(contractKey, "C2400006"));
    expect(await balance()).toBeNull();
  });

  it.each([
    ["an amount with a point", ">0,00<", ">610.68<"],
    ["no amount", ">0,00<", "><"],
    ["a flag that is none", "<echu>0", "<echu>O"],
    ["a day that cannot be", "2026-11-20T", "2026-02-31T"],
  ])("with %s is BAD_RESPONSE", async (_, from, to) => {
    erp.change("lireSolde", (body) => body.replace(from, to));
    await expect(balance()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});

describe("Entries", () => {
  it("come newest first, though Intitulo has the oldest first, with days in three ways", async () => {
    const { items, total } = await entries();
    expect(total).toBe(8);
    expect(items.slice(0, 2)).toEqual([
      {
        key: "E00005074",
        date: "2026-10-24",
        label: "Prélèvement automatique",
        owed: euros("-696.43"),
        period: null,
      },
      {
        key: "E00005073",
        date: "2026-10-24",
        label: "Avis d’échéance novembre 2026",
        owed: euros("696.43"),
        period: { from: "2026-11-01", to: "2026-11-30" },
      },
    ]);
  });

  it("are cut into pages here, for Intitulo gives them whole", async () => {
    const first = await entries(3);
    expect([first.hasNextPage, first.endCursor]).toEqual([true, "E00005072"]);
    const rest = await entries(100, first.endCursor);
    expect(rest.items.map(({ key }) => key)).toEqual([
      "E00005071",
      "E00005070",
      "E00005069",
      "E00005068",
      "E00005067",
    ]);
    await expect(entries(3, "3")).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("are read once for all pages of a contract", async () => {
    const pages = [1, 2, 3].map((first) => ({ contractKey, first, after: null }));
    await erp.use(accountEntries).ofContracts(pages, call);
    expect(erp.asked).toHaveLength(1);
  });

  it.each([
    ["a credit and a debit", "<credit/>", "<credit>1,00</credit>"],
    ["neither", /<debit>[^<]*<\/debit>/, "<debit/>"],
    ["slashes in its day", /<date_ecriture>\d{8}/, "<date_ecriture>24/10/2026"],
  ])("with %s are BAD_RESPONSE", async (_, from, to) => {
    erp.change("listerEcritures", (body) => body.replace(from, to));
    await expect(entries()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});

describe("Payments", () => {
  /** The recording is of T10005; what T10006 paid is made of it. */
  const bothPaid = () =>
    erp.change("listerReglements", (body, { parts }) =>
      parts[1]!.text === "T10005"
        ? body
        : body
            .replaceAll("T10005", "T10006")
            .replace(/R0000503(\d)/g, (_, digit) => `R0000503${Number(digit) + 1}`)
            .replaceAll("/10/2026", "/11/2026"),
    );

  it("hang on whoever paid, so that those of all signatories are put together", async () => {
    bothPaid();
    const { items } = await paid();
    expect(items.map(({ key }) => key)).toEqual(
      ["37", "36", "35", "34", "33", "32"].map((end) => `R000050${end}`),
    );
    expect(items.at(-1)).toEqual({
      key: "R00005032",
      date: "2026-06-24",
      amount: euros("704.34"),
      method: "DIRECT_DEBIT",
      status: "RECEIVED",
    });
    expect(erp.asked.map(({ operation }) => operation)).toEqual([
      "listerContrats",
      "listerReglements",
      "listerReglements",
    ]);
  });

  it("of somebody else, or for another contract, are left out", async () => {
    erp.change("listerReglements", (body) => body.replace(contractKey, "C2400006"));
    const { items } = await paid();
    const before = erp.asked.length;
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    erp.change("listerReglements", (body) => body.replaceAll(contractKey, "C2400006"));
    expect((await paid()).items).toEqual([]);
    expect(erp.asked.length).toBe(before * 2);
  });

  it("have a state and a mode", async () => {
    erp.change("listerReglements", (body) =>
      body.replaceAll("<etat>1", "<etat>9").replaceAll(">PRE<", ">LIQ<"),
    );
    expect((await paid()).items[0]).toMatchObject({ status: "REJECTED", method: "OTHER" });
    erp.change("listerReglements", (body) => body.replace("<etat>1", "<etat>2"));
    await expect(paid()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("of a contract that Intitulo does not know are none, and nobody is asked for them", async () => {
    erp.change("listerContrats", () =>
      recorded("introuvable").body.replaceAll("lireSolde", "listerContrats"),
    );
    expect(await paid()).toEqual({ items: [], endCursor: null, hasNextPage: false, total: 0 });
    expect(erp.asked).toHaveLength(1);
  });
});
