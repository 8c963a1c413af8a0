import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { documentContents } from "../../ports/documents.ts";
import { call, fixture, replayPavois, type Replay } from "./replay.ts";

const notice = { kind: "RENT_NOTICE", contractKey: "L/2013949", key: "AE-00014036" } as const;

describe("The file of a document at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  const open = (key: Partial<Record<keyof typeof notice, string>> = {}) =>
    erp.use(documentContents).open({ ...notice, ...key } as typeof notice, call);
  const readAll = async (body: AsyncIterable<Uint8Array>) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks);
  };

  it("comes as it was attached, byte for byte", async () => {
    const { body, ...head } = await open();
    expect(head).toEqual({
      fileName: "Avis d'échéance novembre 2026.pdf",
      mediaType: "application/pdf",
      sizeBytes: 60_000,
    });
    const [, attached] = fixture("OuvrirDocument.mime").split("\r\n------=_Pavois");
    const bytes = attached!.slice(attached!.indexOf("\r\n\r\n") + 4);
    expect((await readAll(body)).equals(Buffer.from(bytes, "latin1"))).toBe(true);
  });

  it.each([
    ["of another contract", { contractKey: "L/2013950" }],
    ["that is another kind than asked for", { kind: "RENT_RECEIPT" }],
    ["that Pavois answers another key for", { key: "AE-00014035" }],
    ["of a kind that Pavois does not keep", { kind: "ASSEMBLY_MINUTES" }],
    ["whose key is none", { key: "AE-1 OR 1=1" }],
  ])("%s is not found", async (_, key) => {
    await expect(open(key)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("that Pavois does not know is not found", async () => {
    erp.always("erreur-404.xml");
    await expect(open()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it.each([
    ["is no PDF by its content", "%PDF-1.4", "<html>  "],
    ["is no PDF by its type", "Content-Type: application/pdf", "Content-Type: text/html"],
    ["is announced as something else", "TypeMime>application/pdf", "TypeMime>text/html"],
    ["has no size", "<doc:Taille>60000</doc:Taille>", ""],
  ])("that %s is refused before anything is given", async (_, from, to) => {
    erp.change("OuvrirDocument", (recorded) => recorded.replace(from, to));
    await expect(open()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("that is not attached at all is refused", async () => {
    erp.change("OuvrirDocument", (recorded) =>
      recorded.replace(
        /\r\n------=_Pavois_9c4e1b\r\nContent-ID: <contenu[^]*$/,
        "\r\n------=_Pavois_9c4e1b--\r\n",
      ),
    );
    await expect(open()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it.each([
    ["shorter", "60001"],
    ["longer", "59999"],
  ])("that is %s than announced fails at its end", async (_, size) => {
    erp.change("OuvrirDocument", (recorded) => recorded.replace(">60000<", `>${size}<`));
    const { body } = await open();
    await expect(readAll(body)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("may be left half read, and the next one opened", async () => {
    for (let i = 0; i < 3; i++) {
      const { body } = await open();
      for await (const chunk of body) {
        expect(Buffer.from(chunk).toString("latin1")).toMatch(/^%PDF/);
        break;
      }
    }
    expect(erp.requests).toHaveLength(3);
  });

  it("has a name without paths or control characters", async () => {
    erp.change("OuvrirDocument", (recorded) =>
      recorded.replace(/(?<=<doc:NomFichier>)[^<]*/, "../../etc/passwd"),
    );
    expect((await open()).fileName).toBe("..-..-etc-passwd.pdf");
  });
});
