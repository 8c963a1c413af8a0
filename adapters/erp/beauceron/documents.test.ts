import { describe, expect, test } from "vitest";
import {
  chargeRegularisations,
  documentContents,
  DocumentHead,
  rentNotices,
  rentReceipts,
  type DocumentKind,
} from "../../ports/documents.ts";
import { call, connected, fixture, replay } from "./replay.ts";

const { answers, paths } = replay();
const contractKey = "0030021269B";
const eur = (amount: string) => ({ amount, currency: "EUR" });

describe("documents", () => {
  test("rent notices have days of midnights and amounts of cents", async () => {
    const { use } = await connected();
    const [page] = await use(rentNotices).ofContracts(
      [{ contractKey, first: 2, after: null }],
      call(),
    );
    expect(page).toMatchObject({ endCursor: "2", hasNextPage: true, total: 36 });
    expect(page!.items[0]).toEqual({
      key: "AE-14-14036",
      contractKey,
      title: "Avis d'échéance novembre 2026",
      issuedOn: "2026-10-24",
      period: { from: "2026-11-01", to: "2026-11-30" },
      dueDate: "2026-11-10",
      total: eur("502.05"),
      lines: [
        { label: "Loyer principal", amount: eur("433.76") },
        { label: "Provision charges générales", amount: eur("33.12") },
        { label: "Provision eau & assainissement", amount: eur("19.85") },
        { label: "Provision chauffage", amount: eur("15.32") },
      ],
    });
  });

  test("a quittance tells rent from charges, a reçu does not", async () => {
    const { use } = await connected();
    const keys = ["QL-14-14043", "QL-14-14039"].map((key) => ({ contractKey, key }));
    const [full, part] = await use(rentReceipts).byKeys(keys, call());
    expect(full).toMatchObject({
      kind: "FULL",
      period: { from: "2026-11-01", to: "2026-11-30" },
      paid: eur("502.05"),
      rent: eur("433.76"),
      charges: eur("68.29"),
    });
    expect(part).toMatchObject({ kind: "PARTIAL", paid: eur("235.96"), rent: null, charges: null });
  });

  test("a quittance that does not tell rent from charges is unusable", async () => {
    answers("/v2/quittances/*", {
      body: { ...(fixture("quittance").body as object), loyer: null },
    });
    const { use } = await connected();
    const ask = use(rentReceipts).byKeys([{ contractKey, key: "QL-14-14043" }], call());
    await expect(ask).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("a settlement of charges may be in the tenant's favour", async () => {
    const { use } = await connected();
    const [all] = await use(chargeRegularisations).ofContracts(
      [{ contractKey, first: 2, after: null }],
      call(),
    );
    expect(all!.items.map(({ year, difference }) => [year, difference.amount])).toEqual([
      [2025, "28.57"],
      [2024, "-36.01"],
    ]);
  });

  test("of another contract are null, as those that do not exist", async () => {
    const { use } = await connected();
    const keys = [
      { contractKey, key: "AE-14-14036" },
      { contractKey: "0030021158B", key: "AE-14-14036" },
      { contractKey, key: "AE-14-999" },
      { contractKey, key: "QL-14-14043" },
    ];
    const found = await use(rentNotices).byKeys(keys, call());
    expect(found.map((notice) => notice?.key ?? null)).toEqual(["AE-14-14036", null, null, null]);
    expect(paths()).toEqual(["/v2/avis/AE-14-14036", "/v2/avis/AE-14-999"]);
  });
});

describe("the file of a document", () => {
  const pdf = "%PDF-1.4\n%%EOF\n";
  const file = "/v2/documents/AE-14-14036/fichier";
  const key = { kind: "RENT_NOTICE" as DocumentKind, contractKey, key: "AE-14-14036" };
  const served = (body: string, type = "application/pdf") =>
    new Response(body, {
      headers: {
        "content-type": type,
        "content-length": String(body.length),
        "content-disposition": `attachment; filename*=UTF-8''Avis%20d%27%C3%A9ch%C3%A9ance.pdf`,
      },
    });

  test("comes with its name and its size, from the adapter's own address", async () => {
    answers(file, served(pdf));
    const { use } = await connected();
    const { body, ...head } = await use(documentContents).open(key, call());
    expect(head).toEqual({
      fileName: "Avis d'échéance.pdf",
      mediaType: "application/pdf",
      sizeBytes: 15,
    });
    DocumentHead.parse(head);
    const chunks = [];
    for await (const chunk of body) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe(pdf);
    expect(paths()).toEqual(["/v2/avis/AE-14-14036", file]);
  });

  test.each([
    ["of another contract", { contractKey: "0030021158B" }],
    ["that does not exist", { key: "AE-14-999" }],
    ["of another kind", { kind: "RENT_RECEIPT" as DocumentKind }],
    ["of a kind that beauceron does not keep", { kind: "FUNDS_CALL" as DocumentKind }],
    ["with a name that is none", { key: "../soldes" }],
  ])("%s is not opened", async (_, wrong) => {
    const { use } = await connected();
    const ask = use(documentContents).open({ ...key, ...wrong }, call());
    await expect(ask).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(paths().filter((path) => path.endsWith("/fichier"))).toEqual([]);
  });

  test.each([
    ["a page", "<html>Connexion</html>", "text/html"],
    ["a page that says it is a PDF", "<html>Connexion</html>", "application/pdf"],
    ["something else", pdf, "application/octet-stream"],
  ])("that is %s is unusable", async (_, body, type) => {
    answers(file, served(body, type));
    const { use } = await connected();
    const ask = use(documentContents).open(key, call());
    await expect(ask).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});
