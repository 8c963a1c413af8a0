import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chargeRegularisations, rentNotices, rentReceipts } from "../../ports/documents.ts";
import { call, replayPavois, type Replay } from "./replay.ts";

const contractKey = "L/2013949";
const euros = (amount: string) => ({ amount, currency: "EUR" });
const page = [{ contractKey, first: 3, after: null }];

describe("Documents at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  it("are rent notices with their lines", async () => {
    const [found] = await erp.use(rentNotices).ofContracts(page, call);
    expect(found).toMatchObject({ endCursor: "3", hasNextPage: true, total: 36 });
    expect(found!.items[0]).toEqual({
      key: "AE-00014036",
      contractKey,
      title: "Avis d'échéance novembre 2026",
      issuedOn: "2026-10-24",
      period: { from: "2026-11-01", to: "2026-11-30" },
      dueDate: "2026-11-05",
      total: euros("617.92"),
      lines: [
        { label: "Loyer principal", amount: euros("574.69") },
        { label: "Provision charges générales", amount: euros("26.05") },
        { label: "Provision eau & assainissement", amount: euros("17.18") },
      ],
    });
  });

  it("may have a line that lowers the total, or one line only", async () => {
    erp.change("LireAvisEcheance", (text) =>
      text
        .replace(/(<doc:Ligne>.*?<\/doc:Ligne>).*<\/doc:Ligne>/, "$1")
        .replace(/(574\.69<\/doc:Montant><doc:Sens>)D/, "$1C"),
    );
    const keys = [{ contractKey, key: "AE-00014036" }];
    const [notice] = await erp.use(rentNotices).byKeys(keys, call);
    expect(notice!.lines).toEqual([{ label: "Loyer principal", amount: euros("-574.69") }]);
  });

  it("are receipts that tell rent from charges", async () => {
    const [found] = await erp.use(rentReceipts).ofContracts(page, call);
    expect(found!.items[0]).toEqual({
      key: "QT-00014043",
      contractKey,
      title: "Quittance novembre 2026",
      issuedOn: "2026-11-05",
      kind: "FULL",
      period: { from: "2026-11-01", to: "2026-11-30" },
      paid: euros("617.92"),
      rent: euros("574.69"),
      charges: euros("43.23"),
    });
  });

  it("are partial receipts whose parts are nil or absent", async () => {
    erp.change("LireQuittances", (text) =>
      text
        .replace(">QUITTANCE<", ">RECU<")
        .replace(/<doc:PartLoyer>.*?<\/doc:PartLoyer>/, '<doc:PartLoyer xsi:nil="true"/>')
        .replace(/<doc:PartCharges>.*?<\/doc:PartCharges>/, ""),
    );
    const keys = [{ contractKey, key: "QT-00014043" }];
    const [receipt] = await erp.use(rentReceipts).byKeys(keys, call);
    expect(receipt).toMatchObject({ kind: "PARTIAL", rent: null, charges: null });
  });

  it("are charge regularisations, owed by one or the other", async () => {
    const [found] = await erp.use(chargeRegularisations).ofContracts(page, call);
    expect(found!.items).toMatchObject([
      { year: 2025, actual: euros("526.08"), difference: euros("15.12") },
      { year: 2024, provisions: euros("503.28"), difference: euros("-73.83") },
    ]);
    expect(found).toMatchObject({ endCursor: "2", hasNextPage: false, total: 2 });
  });

  it("of several contracts are asked for in one call", async () => {
    const keys = [contractKey, "L/2013950"].map((each) => ({ ...page[0]!, contractKey: each }));
    const found = await erp.use(rentNotices).ofContracts(keys, call);
    expect(found.map(({ items }) => items.length)).toEqual([3, 0]);
    expect(erp.operations()).toEqual(["ListerAvisEcheance"]);
  });

  it("are nobody's but their contract's, though Pavois gives them to whoever asks", async () => {
    const key = "AE-00014036";
    const keys = [
      { contractKey: "L/2013950", key },
      { contractKey, key },
      { contractKey, key: "AE-00014001" },
      { contractKey, key: "QT-00014043" },
      { contractKey, key: "../../etc" },
    ];
    const found = await erp.use(rentNotices).byKeys(keys, call);
    expect(found.map((notice) => notice?.key ?? null)).toEqual([null, key, null, null, null]);
    expect(erp.requests).toHaveLength(1);
    expect(erp.requests[0]!.match(/NumeroDocument>AE/g)).toHaveLength(2);
  });
});
