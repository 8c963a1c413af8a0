import { beforeEach, describe, expect, it } from "vitest";
import { documentContents, rentNotices, type DocumentKind } from "../../ports/documents.ts";
import { collect } from "../../transport/collect.ts";
import { until } from "../../transport/fixtures/server.ts";
import { call, recorded, replayIntitulo, type Replay } from "./replay.ts";

let erp: Replay;
beforeEach(async () => {
  erp = await replayIntitulo();
});

const contractKey = "C2400005";
const key = "F00005036";
const euros = (amount: string) => ({ amount, currency: "EUR" });
const listed = async () =>
  (await erp.use(rentNotices).ofContracts([{ contractKey, first: 2, after: null }], call))[0]!;
const open = (kind: DocumentKind = "RENT_NOTICE", of = contractKey) =>
  erp.use(documentContents).open({ kind, key, contractKey: of }, call);

describe("Rent notices", () => {
  it("come newest first, edited on 24/10/2026 and to be paid by 08.11.2026", async () => {
    const { items, hasNextPage, total } = await listed();
    expect([items.map((notice) => notice.key), hasNextPage, total]).toEqual([
      ["F00005036", "F00005035"],
      true,
      5,
    ]);
    expect(items[0]).toEqual({
      key,
      contractKey,
      title: "Avis d’échéance novembre 2026",
      issuedOn: "2026-10-24",
      period: { from: "2026-11-01", to: "2026-11-30" },
      dueDate: "2026-11-08",
      total: euros("696.43"),
      lines: [
        { label: "Loyer principal", amount: euros("659.63") },
        { label: "Provision charges générales", amount: euros("27.08") },
        { label: "Provision eau & assainissement", amount: euros("9.72") },
      ],
    });
  });

  it("may have one line that lowers the total, or none", async () => {
    erp.change("listerAvis", (body) => body.replace(/<ligne>.*?<\/ligne>/gs, ""));
    expect((await listed()).items[0]!.lines).toEqual([]);
    erp.change("listerAvis", (body) =>
      body.replace(
        /(<ligne>.*?<\/ligne>)+/gs,
        "<ligne><libelle>RLS</libelle><montant>-40,00</montant></ligne>",
      ),
    );
    expect((await listed()).items[0]!.lines).toEqual([{ label: "RLS", amount: euros("-40.00") }]);
  });

  it("do not take the two ways to write a day for one another", async () => {
    erp.change("listerAvis", (body) => body.replace("08.11.2026", "08/11/2026"));
    await expect(listed()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("are nobody's but their contract's, by key or in a list", async () => {
    const keys = [contractKey, "C2400006"].map((of) => ({ key, contractKey: of }));
    const found = await erp.use(rentNotices).byKeys(keys, call);
    expect(found.map((notice) => notice?.key ?? null)).toEqual([key, null]);
    expect(erp.asked).toHaveLength(1);
    erp.change("listerAvis", (body) => body.replace(contractKey, "C2400006"));
    expect((await listed()).total).toBe(4);
  });

  it("are not asked for by what is no key, and another one than asked for is none", async () => {
    const odd = ["AE-1", "F1", "F000050366"].map((of) => ({ key: of, contractKey }));
    expect(await erp.use(rentNotices).byKeys(odd, call)).toEqual([null, null, null]);
    expect(erp.asked).toEqual([]);
    const other = [{ key: "F00005030", contractKey }];
    expect(await erp.use(rentNotices).byKeys(other, call)).toEqual([null]);
  });
});

describe("The file of a notice", () => {
  it("comes as base64 in a string, with its name, its size and its end", async () => {
    const { body, ...head } = await open();
    const bytes = Buffer.from(await collect(body));
    expect(head).toEqual({
      fileName: "Avis d’échéance novembre 2026.pdf",
      mediaType: "application/pdf",
      sizeBytes: bytes.length,
    });
    expect(bytes.toString("latin1")).toMatch(/^%PDF-1\.4[^]*%%EOF\s*$/);
  });

  it("is not opened before its notice says whose it is", async () => {
    await expect(open("RENT_NOTICE", "C2400006")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(open("RENT_RECEIPT")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(erp.asked.map(({ operation }) => operation)).toEqual(["lireAvis"]);
  });

  it("that Intitulo has not is NOT_FOUND", async () => {
    erp.change("lireDocument", () =>
      recorded("introuvable").body.replaceAll("lireSolde", "lireDocument"),
    );
    await expect(open()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it.each([
    [
      "is another one than asked for",
      `<numero_formule xsi:type="xsd:string">${key}`,
      "<numero_formule>F1",
    ],
    ["is no PDF by its type", "application/pdf", "text/html"],
    ["is no PDF by its content", "JVBERi0", "PGh0bWw"],
    ["is empty by its size", /<taille([^>]*)>\d+/, "<taille$1>0"],
    ["is not there", /<contenu.*<\/contenu>/s, ""],
    ["is empty", /<contenu([^>]*)>[^<]*/, "<contenu$1>"],
  ])("that %s is BAD_RESPONSE at once", async (_, from, to) => {
    erp.change("lireDocument", (body) => {
      const changed = body.replace(from, to);
      expect(changed).not.toBe(body);
      return changed;
    });
    await expect(open()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    await until(() => erp.io.taken() === 0);
  });

  it("that is refused is let go, however long it is", async () => {
    const long = `$1${"A".repeat(8_000_000)}`;
    erp.change("lireDocument", (body) =>
      body.replace("application/pdf", "text/html").replace(/(<contenu[^>]*>)/, long),
    );
    await expect(open()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    await until(() => erp.io.taken() === 0);
  });

  it.each([
    ["is longer than its size", /<taille([^>]*)>\d+/, "<taille$1>100"],
    ["is shorter than its size", /<taille([^>]*)>\d+/, "<taille$1>99999"],
    ["is cut in the middle of the answer", /<\/contenu>.*/s, ""],
    ["is no base64", /(<contenu[^>]*>.{400})/, "$1é"],
  ])("that %s is BAD_RESPONSE at its end", async (_, from, to) => {
    erp.change("lireDocument", (body) => body.replace(from, to));
    const read = async () => collect((await open()).body);
    await expect(read()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    await until(() => erp.io.taken() === 0);
  });
});
