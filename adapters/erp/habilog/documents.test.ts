import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { documentContents, rentNotices } from "../../ports/documents.ts";
import { call, replayHabilog, type Replay } from "./replay.ts";

const contractKey = "L1200227";
const euros = (amount: string) => ({ amount, currency: "EUR" });

describe("Rent notices at Habilog", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayHabilog();
  });
  afterEach(() => erp.close());

  it("are listed newest first, with their lines", async () => {
    const page = { contractKey, first: 1, after: null };
    const [found] = await erp.use(rentNotices).ofContracts([page], call);
    expect(found).toEqual({
      items: [
        {
          key: "AV000227036",
          contractKey,
          title: "Avis d'échéance novembre 2026",
          issuedOn: "2026-10-24",
          period: { from: "2026-11-01", to: "2026-11-30" },
          dueDate: "2026-11-08",
          total: euros("831.47"),
          lines: [
            { label: "Loyer principal", amount: euros("709.54") },
            { label: "Provision charges générales", amount: euros("52.92") },
            { label: "Provision eau & assainissement", amount: euros("17.79") },
            { label: "Provision chauffage", amount: euros("51.22") },
          ],
        },
      ],
      endCursor: "AV000227036",
      hasNextPage: true,
      total: 3,
    });
  });

  it("may have one line, which is a list too, or none", async () => {
    const lines = async () => {
      const page = { contractKey, first: 1, after: null };
      return (await erp.use(rentNotices).ofContracts([page], call))[0]!.items[0]!.lines;
    };
    erp.change("ListerAvis", (text) =>
      text.replace(/<Ligne>((?!<\/Avis>).)*<\/Ligne>(?=<Ligne>)/gs, ""),
    );
    expect(await lines()).toEqual([{ label: "Provision chauffage", amount: euros("51.22") }]);
    erp.change("ListerAvis", (text) => text.replace(/<Ligne>((?!<\/Avis>).)*<\/Ligne>/gs, ""));
    expect(await lines()).toEqual([]);
  });

  it("are nobody's but their contract's", async () => {
    const keys = [
      { contractKey, key: "AV000227035" },
      { contractKey, key: "AV000228035" },
    ];
    const found = await erp.use(rentNotices).byKeys(keys, call);
    expect(found.map((notice) => notice?.key ?? null)).toEqual(["AV000227035", null]);
    expect(erp.operations()).toEqual(["ListerAvis"]);
  });
});

const asked = { kind: "RENT_NOTICE", contractKey, key: "AV000227036" } as const;

describe("The file of a rent notice at Habilog", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayHabilog();
  });
  afterEach(() => erp.close());

  const open = (change: Partial<Record<keyof typeof asked, string>> = {}) =>
    erp.use(documentContents).open({ ...asked, ...change } as typeof asked, call);

  const bytesOf = async (body: AsyncIterable<Uint8Array>) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    return Buffer.concat(pieces);
  };

  it("comes whole, under a safe name", async () => {
    const { body, ...head } = await open();
    expect(head).toEqual({
      fileName: "Avis d'échéance novembre 2026.pdf",
      mediaType: "application/pdf",
      sizeBytes: 20_000,
    });
    const file = await bytesOf(body);
    expect([file.length, file.toString("latin1")]).toEqual([
      20_000,
      expect.stringMatching(/^%PDF-1\.4[^]*L1200227[^]*%%EOF\s*$/),
    ]);
  });

  it.each([
    ["of another contract", { contractKey: "L1200228" }],
    ["that is another kind", { kind: "RENT_RECEIPT" }],
    ["that Habilog answers another key for", { key: "AV000227035" }],
    ["whose key is none", { key: "AV1 OR 1=1" }],
  ])("%s is not found", async (_, change) => {
    await expect(open(change)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("that Habilog does not know is not found", async () => {
    erp.instead("LireDocument", "rien.xml");
    await expect(open()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it.each([
    ["is no base64 from its beginning", "<Contenu>JVBE", "<Contenu>&lt;html"],
    ["is no PDF", "<Contenu>JVBE", "<Contenu>PGh0"],
    ["is announced as something else", "<TypeContenu>PDF ", "<TypeContenu>TIFF"],
    ["has no size", "<Taille>20000", "<Taille>"],
    ["is not there", /<Contenu>[^<]*<\/Contenu>/, ""],
  ])("that %s is refused before anything is given", async (_, from, to) => {
    erp.change("LireDocument", (text) => text.replace(from, to));
    await expect(open()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it.each([
    ["is longer than announced", "<Taille>20000", "<Taille>19999"],
    ["is shorter than announced", "<Taille>20000", "<Taille>20001"],
    ["was cut", /[^>]{2000}<\/Contenu>/, "</Contenu>"],
    ["is in a message that was cut", /<\/Document>.*$/s, ""],
  ])("that %s fails at its end", async (_, from, to) => {
    erp.change("LireDocument", (text) => text.replace(from, to));
    const { body } = await open();
    await expect(bytesOf(body)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it.each([
    ["as another contract's", "L1200227  </NumeroContrat><NomF", "L1200228  </NumeroContrat><NomF"],
    [
      "for an error message",
      "<Document>",
      "<Message><Type>E</Type><Texte>Non</Texte></Message><Document>",
    ],
  ])("that is refused %s is let go, however long it is", async (_, from, to) => {
    erp.change("LireDocument", (text) =>
      text.replace(from, to).replace("<Contenu>", `<Contenu>${"JVBE".repeat(2_000_000)}`),
    );
    await expect(open()).rejects.toThrow("LireDocument");
    await vi.waitFor(() => expect(erp.taken()).toBe(0), { timeout: 5000 });
  });

  it("may be left half read, and the next one opened", async () => {
    for (let i = 0; i < 3; i++) {
      const { body } = await open();
      for await (const piece of body) {
        expect(Buffer.from(piece).toString("latin1")).toMatch(/^%PDF/);
        break;
      }
    }
    expect(erp.requests).toHaveLength(3);
  });
});
