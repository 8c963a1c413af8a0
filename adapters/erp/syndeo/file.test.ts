import { describe, expect, test } from "vitest";
import { documentContents } from "../../ports/documents.ts";
import { baseUrl, call, connected, fixture, login, replay } from "./replay.ts";

const { answers, asked, paths } = replay();
const key = "QT-14-14043";
const plain = `/Documents/${key}.pdf`;
const depot = "/Depot/521b8e2265eb287b/QT-14-14043.pdf";
const document = { kind: "RENT_RECEIPT", contractKey: "BAI-000014", key } as const;
const bad = { code: "BAD_RESPONSE" };

const pdf = () =>
  new Response("%PDF-1.4\n%%EOF\n", {
    headers: { "content-type": "application/pdf", "content-length": "15" },
  });
const to = (location: string, status = 302) => ({ status, headers: { location } });
const open = async () => (await connected()).use(documentContents).open(document, call());
const text = async (body: AsyncIterable<Uint8Array>) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

describe("a file", () => {
  test("is opened through one redirect, with the ticket, and named after the document", async () => {
    answers(depot, pdf());
    const { body, ...head } = await open();
    expect(await text(body)).toBe("%PDF-1.4\n%%EOF\n");
    expect(head).toMatchObject({ mediaType: "application/pdf", sizeBytes: 15 });
    expect(head.fileName).toMatch(/^Quittance de loyer \p{L}+ \d{4}\.pdf$/u);
    expect(paths()).toEqual([login, `/Api/Documents/${key}`, plain, depot]);
    expect(asked[3]!.headers.get("x-ticket")).toBe(asked[2]!.headers.get("x-ticket"));
  });

  test.each([
    ["the whole address of the same host", baseUrl + depot],
    ["a path with a query", `${depot}?v=1`],
  ])("is opened where the redirect gives %s", async (_, location) => {
    answers(plain, to(location));
    answers(depot, pdf());
    expect(await text((await open()).body)).toContain("%PDF");
  });

  test("is opened where no redirect comes", async () => {
    answers(plain, pdf());
    expect(await text((await open()).body)).toContain("%PDF");
  });

  test.each([
    ["another host", "http://169.254.169.254/latest"],
    ["another port", "http://syndeo.test:8080/Depot/x.pdf"],
    ["another scheme", "https://syndeo.test/Depot/x.pdf"],
    ["another host without its scheme", "//evil.test/x.pdf"],
    ["another host by backslashes", "\\\\evil.test\\x.pdf"],
    ["another host behind a name", "http://syndeo.test@evil.test/x.pdf"],
    ["a file", "file:///etc/passwd"],
    ["nowhere", ""],
  ])("is not looked for at %s", async (_, location) => {
    answers(plain, to(location));
    await expect(open()).rejects.toMatchObject(bad);
    expect(paths()).toHaveLength(3);
  });

  test("is not looked for beside the part of the host that is syndeo's", async () => {
    const under = "/portail";
    answers(`${under}${login}`, fixture("session"));
    answers(`${under}/Api/Documents/${key}`, fixture("quittance"));
    const ask = async (location: string) => {
      answers(under + plain, to(location));
      const { use } = await connected({}, { baseUrl: baseUrl + under });
      return use(documentContents).open(document, call());
    };
    await expect(ask("/Depot/x.pdf")).rejects.toMatchObject(bad);
    await expect(ask("/portail/../Depot/x.pdf")).rejects.toMatchObject(bad);
    answers(`${under}/Depot/x.pdf`, pdf());
    expect(await text((await ask("/portail/Depot/x.pdf")).body)).toContain("%PDF");
  });

  test("is not followed through a second redirect", async () => {
    answers(depot, to("/Depot/0000000000000000/x.pdf"));
    await expect(open()).rejects.toMatchObject(bad);
    expect(paths().at(-1)).toBe(depot);
  });

  test("whose ticket has lapsed is opened with another", async () => {
    answers(plain, fixture("sessionPerdue"), fixture("fichier"));
    answers(depot, pdf());
    expect(await text((await open()).body)).toContain("%PDF");
    expect(paths()).toEqual([login, `/Api/Documents/${key}`, plain, login, plain, depot]);
  });

  test("that deadlocks is opened again", async () => {
    answers(depot, fixture("interblocage"), pdf());
    expect(await text((await open()).body)).toContain("%PDF");
  });

  test("that syndeo does not have is not found", async () => {
    answers(depot, fixture("inconnu"));
    await expect(open()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test.each([
    ["a page", "<html>", "text/html"],
    ["nothing", "", "application/pdf"],
    ["no PDF", "GIF89a", "application/pdf"],
    ["data", JSON.stringify(fixture("solde").body), "application/json"],
  ])("that is %s is unusable", async (_, body, type) => {
    answers(depot, new Response(body, { headers: { "content-type": type } }));
    await expect(open()).rejects.toMatchObject(bad);
  });

  test("that ends early is unusable", async () => {
    const headers = { "content-type": "application/pdf" };
    answers(depot, new Response("%PDF-1.4\nhalf", { headers }));
    const { body } = await open();
    await expect(text(body)).rejects.toMatchObject(bad);
  });

  test("of a kind that syndeo does not have is not found", async () => {
    const { use } = await connected();
    const ask = use(documentContents).open({ ...document, kind: "CHARGE_REGULARISATION" }, call());
    await expect(ask).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(asked).toEqual([]);
  });
});
