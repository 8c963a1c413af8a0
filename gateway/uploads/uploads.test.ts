import type { FastifyInstance } from "fastify";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { insuranceRenewals } from "../../adapters/ports/contract-changes.ts";
import type { Ports } from "../../adapters/ports/port.ts";
import { serviceRequestCreations } from "../../adapters/ports/request-changes.ts";
import { startClamd, type MockClamd } from "../../mocks/clamd/clamd.ts";
import { openDesk, paulsForm, type Desk } from "../../subgraphs/identity/fixtures/desk.ts";
import { exampleLandlord } from "../../subgraphs/identity/fixtures/landlord.ts";
import { aSession, anAccount } from "../../subgraphs/identity/fixtures/steps.ts";
import type { Viewer } from "../../subgraphs/kernel/context.ts";
import { attachFiles, uploadedFiles } from "../../subgraphs/kernel/uploads.ts";
import { client, operation, type Client } from "../../tests/support/client.ts";
import { createFolder } from "../../uploads/folder.ts";
import { createScanner } from "../../uploads/scanner.ts";
import { eicar, exif, jpeg, packed, pdf } from "../../uploads/testing/files.ts";
import { createUploadDesk, type UploadDesk } from "../../uploads/uploads.ts";
import { createGateway } from "../server.ts";
import { subgraphs } from "../subgraphs.ts";

let folder: string;
let files: string;
let clamd: MockClamd;
let desk: Desk;
let uploads: UploadDesk;
let app: FastifyInstance;
let url: string;
let jeanne: { front: Client; viewer: Viewer };
let paul: { front: Client; viewer: Viewer };

/** The paper ERP, that takes certificates and photos, but no tax notices. */
function withFiles(ports: Ports): Ports {
  const more = [insuranceRenewals.name, serviceRequestCreations.name];
  return {
    served: [...ports.served, ...more].toSorted(),
    use: (port) => (more.includes(port.name) ? ({} as never) : ports.use(port)),
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-uploads-"));
  files = join(folder, "files");
  clamd = await startClamd();
  desk = await openDesk(exampleLandlord({ uploads: { maxMegabytes: 1 } }));
  const { store, landlord } = desk;
  const { ports, publicUrl, now } = desk.context();
  const [host = "", port] = clamd.address.split(":");
  const scanner = createScanner({ host, port: Number(port) }, 200);
  uploads = createUploadDesk({
    store,
    folder: createFolder(files),
    scanner,
    now,
    patience: { idleMs: 200, wholeMs: 5_000 },
  });
  const schema = new URL("../../schema/supergraph.graphql", import.meta.url);
  ({ app } = await createGateway({
    house: {
      landlords: [{ landlord, ports: withFiles(ports) }],
      store,
      idSecret: Buffer.alloc(32, 7),
      publicUrl,
      now,
    },
    uploads,
    subgraphs,
    supergraphSdl: await readFile(schema, "utf8"),
    log: pino({ level: "silent" }),
    introspection: false,
    trustProxy: false,
  }));
  url = await app.listen({ host: "127.0.0.1", port: 0 });
  await anAccount(desk);
  await anAccount(desk, paulsForm);
  jeanne = await enter();
  paul = await enter(paulsForm);
});
afterEach(() => clamd.setMood("well"));
afterAll(async () => {
  await app?.close();
  await desk?.store.close();
  await clamd?.close();
  await rm(folder, { recursive: true, force: true });
});

async function enter(form?: { email: string; password: string }) {
  const { session, viewer } = await aSession(desk, form && { ...form, rememberMe: false });
  return { front: client({ url, landlord: desk.landlord.id, token: session.accessToken }), viewer };
}

const certificate = (bytes: Buffer, more: object = {}) => ({
  purpose: "INSURANCE_CERTIFICATE",
  fileName: "Attestation.pdf",
  mediaType: "application/pdf",
  sizeBytes: bytes.length,
  ...more,
});

async function start(input: object, { front } = jeanne) {
  const { data, errors } = await front(operation("F36-start-upload"), input);
  if (errors) throw new Error(errors[0]!.extensions.code);
  return data.startUpload;
}

/** A link, at the address where this gateway listens. */
async function linkFor(bytes: Buffer, more: object = {}, who = jeanne) {
  const { upload } = await start(certificate(bytes, more), who);
  const link = upload.url.replace("https://gateway.example", url) as string;
  return { id: upload.id as string, link };
}

async function send(link: string, bytes: Buffer, init: RequestInit = {}) {
  const answer = await fetch(link, { method: "PUT", body: new Uint8Array(bytes), ...init });
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever JSON came
  const json: any = await answer.json();
  return { status: answer.status, json, code: json.errors?.[0]?.extensions.code };
}

const contextOf = ({ viewer }: { viewer: Viewer }) => desk.context({ viewer });
const fileOf = (who: { viewer: Viewer }, id: string, purpose = "INSURANCE_CERTIFICATE" as const) =>
  uploadedFiles(contextOf(who), purpose, [id]);
const bytesOf = async (uploadId: string) =>
  Buffer.concat(await Array.fromAsync(uploads.open(desk.landlord.id, uploadId)));

describe("what may be sent", () => {
  test("is told by purpose, where the landlord's ERP takes it", async () => {
    const { data } = await jeanne.front(operation("F36-upload-rules"));
    const sizes = { maxSizeBytes: 1_000_000 };
    expect(data.landlord.uploadRules).toEqual([
      {
        purpose: "INSURANCE_CERTIFICATE",
        mediaTypes: ["application/pdf", "image/jpeg", "image/png"],
        ...sizes,
      },
      {
        purpose: "REQUEST_PHOTO",
        mediaTypes: ["image/jpeg", "image/png", "image/heic"],
        ...sizes,
      },
    ]);
  });

  test("is NOT_SUPPORTED for what the ERP does not take, and nothing for who is not signed in", async () => {
    const notice = certificate(pdf(), { purpose: "TAX_NOTICE" });
    await expect(start(notice)).rejects.toThrow("NOT_SUPPORTED");
    const nobody = client({ url, landlord: desk.landlord.id });
    const { data, errors } = await nobody(operation("F36-start-upload"), certificate(pdf()));
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  test("is refused before it is sent, where that can be told", async () => {
    const wrong = { mediaType: "image/heic", sizeBytes: 1_000_001 };
    const { upload, userErrors } = await start(certificate(pdf(), wrong));
    expect(upload).toBeNull();
    expect(userErrors).toMatchObject([
      {
        code: "TYPE_NOT_TAKEN",
        field: ["mediaType"],
        message: expect.stringContaining("PDF, JPEG"),
      },
      { code: "TOO_LARGE", field: ["sizeBytes"], message: expect.stringContaining("1 Mo") },
    ]);
    const empty = await start(certificate(pdf(), { sizeBytes: 0 }));
    expect(empty.userErrors).toMatchObject([{ code: "EMPTY" }]);
  });
});

describe("a link", () => {
  test("takes the file, by PUT or POST, and whatever the sender says of its type", async () => {
    for (const init of [
      { method: "PUT" },
      { method: "POST", headers: { "content-type": "text/html" } },
    ]) {
      const { id, link } = await linkFor(pdf());
      expect(await fileOf(jeanne, id)).toBeNull();
      const { status, json } = await send(link, pdf(), init);
      expect(status).toBe(201);
      expect(json).toEqual({
        upload: { id, mediaType: "application/pdf", sizeBytes: pdf().length },
      });
      const [file] = (await fileOf(jeanne, id))!;
      expect(file).toMatchObject({ fileName: "Attestation.pdf", mediaType: "application/pdf" });
      expect(await bytesOf(file!.uploadId)).toEqual(pdf());
    }
  });

  test("takes one file only, and that of whoever asked for one purpose only", async () => {
    const { id, link } = await linkFor(pdf());
    expect((await send(link, pdf())).status).toBe(201);
    expect(await send(link, pdf())).toMatchObject({ status: 409, code: "ALREADY_RECEIVED" });
    expect(await fileOf(paul, id)).toBeNull();
    expect(await uploadedFiles(contextOf(jeanne), "REQUEST_PHOTO", [id])).toBeNull();
    const taken = (await fileOf(jeanne, id))!;
    const give = (who: { viewer: Viewer }, change: string) =>
      attachFiles(contextOf(who), desk.store, "INSURANCE_CERTIFICATE", taken, change);
    expect(await give(paul, "stolen")).toBe(false);
    expect(await give(jeanne, "change-1")).toBe(true);
    expect(await give(jeanne, "change-2")).toBe(false);
    expect(await fileOf(jeanne, id)).toBeNull();
  });

  test("G-05 is nothing altered, under another landlord, past its time, or once the session has ended", async () => {
    const gone = { status: 404, code: "LINK_NOT_FOUND" };
    const { id, link } = await linkFor(pdf());
    const letter = link.at(-1) === "A" ? "B" : "A";
    expect(await send(link.slice(0, -1) + letter, pdf())).toMatchObject(gone);
    expect(await send(link.replace("beau-sejour", "nowhere"), pdf())).toMatchObject(gone);
    expect(await send(`${url}/uploads/beau-sejour/${id}`, pdf())).toMatchObject(gone);
    const other = await enter();
    const { link: ended } = await linkFor(pdf(), {}, other);
    await other.front(operation("F06-sign-out"));
    expect(await send(ended, pdf())).toMatchObject(gone);
    desk.wait(10 * 60_000);
    expect(await send(link, pdf())).toMatchObject(gone);
    jeanne = await enter();
  });

  test("keeps no path of the file's name, and gives it the ending of what it is", async () => {
    const names = {
      "../../etc/passwd": "passwd.pdf",
      "C:\\Users\\Léa\\mon attestation.PDF": "mon attestation.pdf",
      "x.pdf\u202Efdp.exe": "x.pdffdp.pdf",
      "<b>.html": "b.pdf",
      "...": "document.pdf",
      [`${"é".repeat(300)}.jpeg`]: `${"é".repeat(100)}.pdf`,
    };
    for (const [fileName, kept] of Object.entries(names)) {
      const other = await enter(paulsForm);
      const { id, link } = await linkFor(pdf(), { fileName }, other);
      expect((await send(link, pdf())).status).toBe(201);
      expect((await fileOf(other, id))?.[0]?.fileName).toBe(kept);
    }
  });
});

describe("a file that is not taken", () => {
  test.each([
    ["a page", Buffer.from("<html><script>alert(1)</script></html>"), 415, "TYPE_DIFFERS"],
    ["a photo instead", jpeg({ segments: [exif(1)] }), 415, "TYPE_DIFFERS"],
    ["a PDF with a script", pdf(packed("<< /S /JavaScript >>")), 422, "ACTIVE_CONTENT"],
    ["half a PDF", pdf().subarray(0, -20), 422, "DAMAGED"],
    ["a virus", eicar, 422, "VIRUS_FOUND"],
  ])("is told why: %s", async (_what, bytes, status, code) => {
    const before = await readdir(files);
    const { id, link } = await linkFor(bytes);
    const answer = await send(link, bytes, { headers: { "accept-language": "fr" } });
    expect(answer).toMatchObject({ status, code });
    const [error] = answer.json.errors;
    expect(error.extensions).toMatchObject({ retryable: false, landlord: "beau-sejour" });
    const english = await send(link, bytes, { headers: { "accept-language": "en" } });
    expect(english.json.errors[0].message).not.toBe(error.message);
    expect(await fileOf(jeanne, id)).toBeNull();
    expect(await readdir(files)).toEqual(before);
  });

  test.each(["error", "hang"] as const)(
    "may be sent again where the scanner is not well: %s",
    async (mood) => {
      const { link } = await linkFor(pdf());
      clamd.setMood(mood);
      const answer = await send(link, pdf());
      expect(answer).toMatchObject({ status: 503, code: "SCANNER_UNAVAILABLE" });
      expect(answer.json.errors[0].extensions.retryable).toBe(true);
      clamd.setMood("well");
      expect((await send(link, pdf())).status).toBe(201);
    },
  );

  /** Sends so many bytes in chunks, whatever length is said; what came back, and how much went out. */
  function pour(link: string, megabytes: number, headers: Record<string, string> = {}) {
    return new Promise<{ status: number | null; sent: number }>((resolve) => {
      let [sent, status]: [number, number | null] = [0, null];
      const piece = Buffer.alloc(65_536, "a");
      const asked = request(link, { method: "PUT", headers, agent: false });
      const more = () => {
        while (sent < megabytes * 1_000_000 && !asked.destroyed) {
          sent += piece.length;
          if (!asked.write(piece)) return void asked.once("drain", more);
        }
        asked.end();
      };
      asked.on("response", (answer) => {
        status = answer.statusCode ?? null;
        answer.resume();
      });
      asked.on("error", () => {});
      asked.on("close", () => resolve({ status, sent }));
      more();
    });
  }

  test("G-04 of 300 MB is cut at what was declared", async () => {
    const before = await readdir(files);
    const { link } = await linkFor(pdf());
    const endless = await pour(link, 300);
    expect([413, null]).toContain(endless.status);
    expect(endless.sent).toBeLessThan(30_000_000);
    const honest = await pour(link, 300, { "content-length": "300000000" });
    expect([413, null]).toContain(honest.status);
    expect(honest.sent).toBeLessThan(30_000_000);
    expect(await readdir(files)).toEqual(before);
    expect((await send(link, pdf())).status).toBe(201);
  });

  test("that stops coming is cut, and the right one still taken", async () => {
    const before = await readdir(files);
    const { link } = await linkFor(pdf());
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      const asked = request(link, { method: "PUT", agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on("error", reject);
      asked.write(pdf().subarray(0, 100));
    });
    expect(answered).toBe(408);
    const half = request(link, { method: "PUT", agent: false });
    half.on("error", () => {});
    half.write(pdf().subarray(0, 100), () => half.destroy());
    await expect.poll(() => readdir(files)).toEqual(before);
    expect((await send(link, pdf())).status).toBe(201);
  });
});

test("one account cannot fill the disk with files that it does not use", async () => {
  const other = await enter(paulsForm);
  const outcomes = [];
  for (let count = 0; count < 25; count += 1) {
    outcomes.push(await start(certificate(pdf()), other));
  }
  const refused = outcomes.filter(({ upload }) => upload === null);
  expect(refused.length).toBeGreaterThan(4);
  expect(refused[0].userErrors).toMatchObject([{ code: "TOO_MANY_UPLOADS" }]);
});
