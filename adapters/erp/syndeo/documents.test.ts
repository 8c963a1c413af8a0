import { describe, expect, test } from "vitest";
import {
  assemblyMinutes,
  documentContents,
  fundsCalls,
  rentNotices,
  rentReceipts,
} from "../../ports/documents.ts";
import { call, changed, connected, fixture, replay, type Recorded } from "./replay.ts";

const { answers, paths } = replay();
const [lot, council, lease] = ["COP-000021", "COP-000026", "BAI-000014"];
const page = { first: 20, after: null };
const bad = { code: "BAD_RESPONSE" };
const read = "/Api/Documents/";

/** The first document of a recorded list, as an answer of its own. */
const first = (name: string): Recorded => changed(name, (list: object[]) => list[0]!);
const quittance = "QT-14-14043";

describe("the council's minutes", () => {
  const secret = first("pv");
  const reference = "PV-21-21004";

  test("are left out for a co-owner who does not sit there, and not counted", async () => {
    const { use } = await connected();
    const [found] = await use(assemblyMinutes).ofContracts([{ ...page, contractKey: lot }], call());
    expect(found!.items.map(({ zone }) => zone)).toEqual([
      "ALL_CO_OWNERS",
      "ALL_CO_OWNERS",
      "ALL_CO_OWNERS",
    ]);
    expect(found).toMatchObject({ hasNextPage: false, total: 3 });
  });

  test("are shown to one who does", async () => {
    const { use } = await connected();
    const asked = { ...page, contractKey: council };
    const [found] = await use(assemblyMinutes).ofContracts([asked], call());
    expect(new Set(found!.items.map(({ zone }) => zone))).toEqual(
      new Set(["COUNCIL", "ALL_CO_OWNERS"]),
    );
  });

  test("are null by key, and their file is not opened", async () => {
    answers(read + reference, secret);
    const { use } = await connected();
    const key = { contractKey: lot, key: reference };
    expect(await use(assemblyMinutes).byKeys([key], call())).toEqual([null]);
    const open = use(documentContents).open({ ...key, kind: "ASSEMBLY_MINUTES" }, call());
    await expect(open).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(paths()).not.toContain(`/Documents/${reference}.pdf`);
  });

  test("stay hidden where syndeo does not know the contract any more", async () => {
    answers(`/Api/Contrats/${lot}`, fixture("inconnu"));
    const { use } = await connected();
    const [found] = await use(assemblyMinutes).ofContracts([{ ...page, contractKey: lot }], call());
    expect(found!.items.map(({ zone }) => zone)).not.toContain("COUNCIL");
  });

  test("are never shown on the word of another contract", async () => {
    answers(`/Api/Contrats/${lot}`, fixture("contratConseil"));
    const { use } = await connected();
    const ask = use(assemblyMinutes).ofContracts([{ ...page, contractKey: lot }], call());
    await expect(ask).rejects.toMatchObject(bad);
  });

  test("are looked into only where there are some", async () => {
    const { use } = await connected();
    await use(fundsCalls).ofContracts([{ ...page, contractKey: lot }], call());
    expect(paths()).toHaveLength(2);
  });
});

describe("a document", () => {
  test("of another contract is null, as one that does not exist", async () => {
    const { use } = await connected();
    const keys = [
      { contractKey: "BAI-000001", key: quittance },
      { contractKey: lease, key: "QT-14-99999" },
      { contractKey: lease, key: "AL-14-14043" },
      { contractKey: lease, key: "../Contrats/BAI-000001" },
    ];
    expect(await use(rentReceipts).byKeys(keys, call())).toEqual([null, null, null, null]);
  });

  test("other than the one that was asked for makes the answer unusable", async () => {
    answers(`${read}QT-14-14001`, fixture("quittance"));
    const { use } = await connected();
    const ask = use(rentReceipts).byKeys([{ contractKey: lease, key: "QT-14-14001" }], call());
    await expect(ask).rejects.toMatchObject(bad);
  });

  test("of another kind than the one that was asked for makes the answer unusable", async () => {
    answers(`/Api/Contrats/${lease}/Documents`, fixture("appelsLoyer"));
    const { use } = await connected();
    const ask = use(rentReceipts).ofContracts([{ ...page, contractKey: lease }], call());
    await expect(ask).rejects.toMatchObject(bad);
  });

  test("in a list of another contract makes the answer unusable", async () => {
    answers("/Api/Contrats/BAI-000001/Documents", fixture("appelsLoyer"));
    const { use } = await connected();
    const ask = use(rentNotices).ofContracts([{ ...page, contractKey: "BAI-000001" }], call());
    await expect(ask).rejects.toMatchObject(bad);
  });
});

describe("a receipt", () => {
  test("for a part says nothing of rent and charges; a full one must", async () => {
    const { use } = await connected();
    const keys = ["QT-14-14039", quittance].map((key) => ({ contractKey: lease, key }));
    const found = await use(rentReceipts).byKeys(keys, call());
    const [part, full] = found[0]!.kind === "PARTIAL" ? found : found.toReversed();
    expect(part).toMatchObject({ kind: "PARTIAL", rent: null, charges: null });
    expect(full).toMatchObject({ kind: "FULL", rent: expect.anything() });
  });

  test("that is full and does not tell the rent makes the answer unusable", async () => {
    const without = (document: object) => ({ ...document, Loyer: undefined });
    answers(read + quittance, changed("quittance", without));
    const { use } = await connected();
    const ask = use(rentReceipts).byKeys([{ contractKey: lease, key: quittance }], call());
    await expect(ask).rejects.toMatchObject(bad);
  });
});
