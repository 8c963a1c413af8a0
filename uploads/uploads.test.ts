import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, readFile, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStore, type Store } from "../store/store.ts";
import { createFolder } from "./folder.ts";
import { exif, heic, jpeg, pdf } from "./testing/files.ts";
import { createUploadDesk, type DeskOptions } from "./uploads.ts";

const hour = 3_600_000;
let folder: string;
let files: string;
let url: string;
let store: Store;
let time: number;
const now = () => new Date(time);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-uploads-"));
  files = join(folder, "files");
  url = `sqlite:${join(folder, "store.sqlite")}`;
  time = Date.now();
  store = await openStore({ url, secret: new Uint8Array(32).fill(7), now });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const deskWith = (more: Partial<DeskOptions> = {}) =>
  createUploadDesk({ store, folder: createFolder(files), scanner: null, now, ...more });
const onDisk = () => readdir(files).catch(() => []);

const started = (sizeBytes: number, mediaType = "application/pdf") =>
  store.uploads.start("cedre", {
    accountId: "account",
    purpose: "TAX_NOTICE",
    fileName: "avis.pdf",
    mediaType,
    sizeBytes,
    expiresAt: new Date(time + 600_000),
  });

async function* inChunks(bytes: Buffer, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const received = async (bytes = pdf(), mediaType?: string) =>
  deskWith().receive(await started(bytes.length, mediaType), inChunks(bytes, 50_000));
const readBack = async (id: string, landlord = "cedre") =>
  Buffer.concat(await Array.fromAsync(deskWith().open(landlord, id)));

/** A PDF with so many bytes of nothing in it. */
const large = (size: number) =>
  pdf(`4 0 obj\n<< >>\nstream\n${"a".repeat(size)}\nendstream\nendobj\n`);

/** Neither a file nor a record of one; and the right file is still taken. */
async function expectNothingKept(id: string): Promise<void> {
  expect(await onDisk()).toEqual([]);
  expect((await store.uploads.find("cedre", id))?.state).toBe("STARTED");
}

describe("a file that is taken", () => {
  test.each([0, 65_536, 200_000])(
    "can be read again as it was, with %i bytes more",
    async (size) => {
      const bytes = large(size);
      const { id, state, sizeBytes } = await received(bytes);
      expect({ state, sizeBytes }).toEqual({ state: "RECEIVED", sizeBytes: bytes.length });
      expect(await readBack(id)).toEqual(bytes);
      expect(await readBack(id)).toEqual(bytes);
      await expect(readBack(id, "tilleul")).rejects.toThrow("no such file");
    },
  );

  test("lies on the disk encrypted, under a name that says nothing", async () => {
    await received(large(100));
    const [name = "", ...more] = await onDisk();
    expect(more).toEqual([]);
    const content = (await readFile(join(files, name))).toString("latin1");
    expect(content).not.toMatch(/PDF|aaaa/);
    expect(name).not.toMatch(/avis|pdf/);
  });

  test("that was changed, or cut, on the disk is not read", async () => {
    const { id } = await received(large(200_000));
    const [name = ""] = await onDisk();
    const path = join(files, name);
    const bytes = await readFile(path);
    for (const wrong of [bytes.subarray(0, 2 * 65_552), bytes.subarray(65_552), bytes.with(9, 0)]) {
      await writeFile(path, wrong);
      await expect(readBack(id)).rejects.toThrow();
    }
    await writeFile(path, bytes);
    expect(await readBack(id)).toHaveLength(large(200_000).length);
  });

  test("G-09 is kept without the place of a photo, and told by its new size", async () => {
    const photo = jpeg({ segments: [exif(1)] });
    const { id, sizeBytes } = await received(photo, "image/jpeg");
    expect(sizeBytes).toBe(jpeg().length);
    expect(await readBack(id)).toEqual(jpeg());
    const { id: other } = await received(heic(), "image/heic");
    expect((await readBack(other)).includes("GPS")).toBe(false);
  });

  test("is taken once, of two that come at the same time", async () => {
    const upload = await started(pdf().length);
    const desk = deskWith();
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => desk.receive(upload, inChunks(pdf()))),
    );
    const failed = outcomes.filter(({ status }) => status === "rejected");
    expect(failed).toMatchObject([{ reason: { code: "ALREADY_RECEIVED" } }]);
    expect(await onDisk()).toHaveLength(1);
    expect(await readBack(upload.id)).toEqual(pdf());
  });
});

describe("G-04 a file that is not taken leaves nothing", () => {
  test("when it is another than was declared", async () => {
    const upload = await started(pdf().length, "image/png");
    await expect(deskWith().receive(upload, inChunks(pdf()))).rejects.toMatchObject({
      code: "TYPE_DIFFERS",
    });
    await expectNothingKept(upload.id);
  });

  test("when it is shorter, or cut half-way; and the right one is still taken", async () => {
    const upload = await started(pdf().length);
    const short = inChunks(pdf().subarray(0, -1));
    await expect(deskWith().receive(upload, short)).rejects.toMatchObject({ code: "SIZE_DIFFERS" });
    async function* cut() {
      yield pdf().subarray(0, 50);
      throw new Error("aborted");
    }
    await expect(deskWith().receive(upload, cut())).rejects.toMatchObject({ code: "CUT_OFF" });
    await expectNothingKept(upload.id);
    expect((await deskWith().receive(upload, inChunks(pdf()))).state).toBe("RECEIVED");
  });

  test("when it has no end: it is cut at the limit", async () => {
    const upload = await started(1_000_000);
    let [sent, most, closed] = [0, 0, false];
    async function* endless() {
      try {
        for (;;) {
          for (const name of await onDisk()) {
            const file = await open(join(files, name));
            most = Math.max(most, (await file.stat()).size);
            await file.close();
          }
          sent += 65_536;
          yield Buffer.alloc(65_536);
        }
      } finally {
        closed = true;
      }
    }
    await expect(deskWith().receive(upload, endless())).rejects.toMatchObject({
      code: "TOO_LARGE",
    });
    expect(sent).toBeLessThan(1_100_000);
    expect(most).toBeLessThan(1_100_000);
    expect(closed).toBe(true);
    await expectNothingKept(upload.id);
  });

  test("when nothing comes any more, or it never ends to drip", async () => {
    const upload = await started(1000);
    const hang = (async function* () {
      yield Buffer.from("%PDF-");
      await new Promise(() => {});
    })();
    const impatient = deskWith({ patience: { idleMs: 30, wholeMs: 10_000 } });
    await expect(impatient.receive(upload, hang)).rejects.toMatchObject({ code: "TOO_SLOW" });
    const drip = (async function* () {
      for (;;) {
        yield Buffer.from("%");
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const hurried = deskWith({ patience: { idleMs: 5_000, wholeMs: 60 } });
    await expect(hurried.receive(upload, drip)).rejects.toMatchObject({ code: "TOO_SLOW" });
    await expectNothingKept(upload.id);
  });

  test.each([
    ["the first copy", 1],
    ["the checked one", 2],
  ])("when the disk is full: %s", async (_what, turn) => {
    let opened = 0;
    const full: typeof open = async (...parameters) => {
      const file = await open(...parameters);
      opened += 1;
      if (opened !== turn) return file;
      const fail = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      const write = file.write.bind(file);
      let written = 0;
      return Object.assign(file, {
        write: async (bytes: Uint8Array, at: number, length: number) => {
          if (written > 0) throw fail;
          written = Math.min(length, 20);
          return write(bytes, at, written);
        },
      });
    };
    const upload = await started(pdf().length);
    const desk = deskWith({ folder: createFolder(files, full) });
    await expect(desk.receive(upload, inChunks(pdf()))).rejects.toMatchObject({
      code: "STORAGE_FULL",
    });
    await expectNothingKept(upload.id);
    expect((await desk.receive(upload, inChunks(pdf()))).state).toBe("RECEIVED");
  });
});

describe("the sweep", () => {
  test("removes what nobody named in time, and nothing that a change needs", async () => {
    const loose = await received();
    const needed = await received();
    const attachment = { accountId: "account", purpose: "TAX_NOTICE", changeId: "change" } as const;
    expect(await store.uploads.attach("cedre", { ...attachment, ids: [needed.id] })).toHaveLength(
      1,
    );
    time += 23 * hour;
    await deskWith().sweep();
    expect(await onDisk()).toHaveLength(2);
    time += 1000 * hour;
    await deskWith().sweep();
    expect(await onDisk()).toHaveLength(1);
    await expect(readBack(loose.id)).rejects.toThrow("no such file");
    expect(await readBack(needed.id)).toEqual(pdf());
    await store.uploads.release("cedre", "change");
    await expect(readBack(needed.id)).rejects.toThrow("no such file");
    await deskWith().sweep();
    expect(await onDisk()).toEqual([]);
  });

  test.each(["half", "whole"])(
    "G-10 removes the %s file of a process that was killed",
    async (when) => {
      const child = spawn(
        process.execPath,
        [fileURLToPath(new URL("testing/child.ts", import.meta.url)), files, url, when],
        { stdio: "inherit" },
      );
      const [, signal] = await once(child, "exit");
      expect(signal).toBe("SIGKILL");
      const left = await onDisk();
      expect(left.filter((name) => name.endsWith(".part"))).toHaveLength(1);
      expect(left).toHaveLength(when === "whole" ? 2 : 1);
      await deskWith().sweep();
      expect(await onDisk()).toEqual([]);
    },
  );

  test("leaves alone what others are just writing, for an hour", async () => {
    await received();
    const [mine = ""] = await onDisk();
    const elsewhere = mine.replace(/^[0-9a-f]{12}/, "0123456789ab");
    await writeFile(join(files, `${elsewhere}.part`), "x");
    await writeFile(join(files, elsewhere), "x");
    await writeFile(join(files, "somebody's own file"), "x");
    await deskWith().sweep();
    expect(await onDisk()).toHaveLength(4);
    const old = (time - 2 * hour) / 1000;
    for (const name of await onDisk()) await utimes(join(files, name), old, old);
    await deskWith().sweep();
    expect((await onDisk()).toSorted()).toEqual([mine, "somebody's own file"].toSorted());
  });
});
