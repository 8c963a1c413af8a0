import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../../gateway/log.ts";
import { logReceipts } from "../../gateway/receipts.ts";
import { createCipher } from "../../store/cipher.ts";
import { createErasureList } from "../../store/erasure-list.ts";
import {
  anAccount,
  day,
  describeStores,
  hour,
  minute,
  testSecret,
} from "../../store/testing/stores.ts";
import { openStore, type Store } from "../../store/store.ts";
import { runCommand, type World } from "../testing/terminal.ts";

const landlord = "cedre";
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-restore-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

const environment = (url: string, host: string, secret = testSecret) => ({
  PATH: process.env["PATH"],
  TROUSSEAU_PUBLIC_URL: "https://api.example.org",
  TROUSSEAU_STORE: url,
  TROUSSEAU_SMTP: "smtp://127.0.0.1",
  TROUSSEAU_SECRET: base64(secret),
  TROUSSEAU_ID_SECRET: base64(testSecret),
  TROUSSEAU_UPLOADS: at(`${host}-files`),
  TROUSSEAU_ERASURES: at("erasures"),
});

const submit = async (store: Store, accountId: string, idempotencyKey: string) =>
  (
    await store.changes.submit({
      landlord,
      accountId,
      personKey: "P1",
      contractKey: null,
      lane: idempotencyKey,
      kind: "PERSONAL_DATA",
      idempotencyKey,
      request: "{}",
      payload: JSON.stringify({ phone: "canary" }),
      effectiveBy: null,
    })
  ).change.id;

const backUpFrom = (url: string, world: World = {}) =>
  runCommand(["store", "backup", at("backup")], {
    ...world,
    environment: { ...environment(url, "old"), ...world.environment },
  });
const restoreTo = (url: string, world: World = {}, ...flags: string[]) =>
  runCommand(["store", "restore", at("backup"), ...flags], {
    ...world,
    environment: { ...environment(url, "new"), ...world.environment },
  });

describe("store backup and store restore", () => {
  describeStores((bench) => {
    const backUp = () => backUpFrom(bench().database.url, { now: bench().now });
    const restore = (url: string) => restoreTo(url, { now: bench().now });

    it("J-10 bring everything back on an empty host, and tell what was acknowledged since", async () => {
      const { store } = bench();
      const logged = (line: string) => appendFile(at("log"), line);
      const lines: Promise<void>[] = [];
      const log = createLog("info", { write: (line) => void lines.push(logged(line)) });
      logReceipts(store, createCipher(testSecret), log);
      const { id: accountId } = await anAccount(store);
      const erased = await anAccount(store, landlord, "erased@example.org");
      const expiresAt = new Date(bench().now().getTime() + day);
      const session = await store.sessions.start(landlord, accountId, {
        expiresAt,
        remember: true,
      });
      const before = await submit(store, accountId, "key-0001");
      await mkdir(at("old-files"));
      await writeFile(at("old-files/sealed"), "sealed bytes");

      // While people write.
      const [made, ...meanwhile] = await Promise.all([
        backUp(),
        ...[1, 2, 3, 4].map((nth) => submit(store, accountId, `key-meanwhile-${nth}`)),
      ]);
      expect([made.code, made.err]).toEqual([0, ""]);
      const applied = await submit(store, accountId, "key-0002");
      const open = await submit(store, accountId, "key-0003");
      log.info(
        { landlord, change: applied, kind: "PERSONAL_DATA", status: "APPLIED" },
        "a change was taken to the ERP",
      );
      await store.erasures.erase(landlord, erased.id, { mustBeSent: [] });
      await createErasureList(at("erasures"), []).apply(store);
      await Promise.all(lines);

      for (const name of (await readdir(at("backup"))).filter((each) => each.includes("."))) {
        const path = at(`backup/${name}`);
        expect((await stat(path)).mode & 0o077).toBe(0);
        expect((await readFile(path)).includes("canary")).toBe(false);
      }

      const empty = await bench().empty();
      const brought = await restore(empty.url);
      expect([brought.code, brought.err]).toEqual([0, ""]);
      expect(brought.out).toMatch(
        /with 1 files, .*\n1 sessions ended, 0 links void; [1-5] changes/,
      );
      expect(await readFile(at("new-files/sealed"), "utf8")).toBe("sealed bytes");

      const again = await bench().another({ url: empty.url });
      expect(await again.sessions.alive(landlord, session.sessionId)).toBeNull();
      expect(await again.changes.claim(landlord, minute)).toMatchObject({ maybeSent: true });
      expect(await createErasureList(at("erasures"), []).apply(again)).toBe(1);
      const known = await again.known.changes([before, applied, open, ...meanwhile]);
      expect([known.has(before), known.has(applied), known.has(open)]).toEqual([
        true,
        false,
        false,
      ]);

      const [, since] = /--since (\S+) /.exec(brought.out)!;
      const asked = ["store", "missing", "--since", since!, "--log", at("log")];
      const { code, out } = await runCommand(asked, { environment: environment(empty.url, "new") });
      const lost = [applied, open, ...meanwhile].filter((id) => !known.has(id));
      expect(out.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g)!.toSorted()).toEqual(lost.toSorted());
      expect(out).toMatch(new RegExp(`^APPLIED .*${applied} .*person of a@.*nothing to do$`, "m"));
      expect(out).toMatch(new RegExp(`^UNKNOWN .*${open} .*PERSONAL_DATA .*ask the person`, "m"));
      expect(out).toContain(`${lost.length} missing, ${lost.length - 1} of them for somebody`);
      expect([code, out.includes("canary")]).toEqual([1, false]);
      const over = await restore(empty.url);
      expect([over.code, over.err]).toEqual([
        1,
        expect.stringContaining("nothing is written over"),
      ]);
    });

    it("J-10 on PostgreSQL need its programs, as new as the server, and start nothing half restored", async () => {
      const { url } = bench().database;
      if (!url.startsWith("postgres")) return;
      const none = await backUpFrom(url, { environment: { PATH: folder } });
      expect([none.code, none.err]).toEqual([
        1,
        expect.stringContaining("pg_dump cannot be started"),
      ]);
      const old = "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n";
      await writeFile(at("pg_dump"), old, { mode: 0o755 });
      const older = await backUpFrom(url, { environment: { PATH: folder } });
      expect([older.code, older.err]).toEqual([1, expect.stringContaining("of version 9 and the")]);
      await bench().database.raw("create table trousseau_restoring ()");
      await expect(bench().another()).rejects.toThrow("broken off");
      await bench().database.raw("drop table trousseau_restoring");
    });
  });
});

describe("on SQLite, store backup and store restore", () => {
  const url = () => `sqlite:${at("store.db")}`;
  const elsewhere = () => `sqlite:${at("new/store.db")}`;
  const restore = (...flags: string[]) => restoreTo(elsewhere(), {}, ...flags);
  let store: Store;
  beforeEach(async () => {
    store = await openStore({ url: url(), secret: testSecret });
    await writeFile(at("erasures"), "");
  });
  afterEach(() => store.close());

  it("J-10 write nothing over: neither a store, nor a journal, nor files, nor a back-up", async () => {
    expect(await backUpFrom(url())).toMatchObject({ code: 0 });
    const twice = await backUpFrom(url());
    expect([twice.code, twice.err]).toEqual([1, expect.stringContaining("is there already")]);
    const over = await restoreTo(url());
    expect([over.code, over.err]).toEqual([1, expect.stringContaining("nothing is written over")]);
    await mkdir(at("new"));
    await writeFile(at("new/store.db-wal"), "");
    expect((await restore()).err).toContain("store.db-wal is there already");
    await rm(at("new/store.db-wal"));
    await mkdir(at("new-files"));
    await writeFile(at("new-files/another"), "x");
    const mixed = await restore();
    expect([mixed.code, mixed.err]).toEqual([1, expect.stringContaining("nothing is mixed")]);
    expect(await readdir(at("new"))).toEqual([]);
  });

  it("J-10 take no back-up that is damaged, not whole, or of another secret, and try again", async () => {
    await backUpFrom(url());
    const other = { TROUSSEAU_SECRET: base64(new Uint8Array(32).fill(9)) };
    const locked = await restoreTo(elsewhere(), { environment: other });
    expect([locked.code, locked.err]).toEqual([1, expect.stringContaining("another secret")]);
    const path = at("backup/store.sqlite");
    const bytes = await readFile(path);
    const damaged = Buffer.from(bytes);
    damaged[damaged.length >> 1]! ^= 1;
    await writeFile(path, damaged);
    expect(await restore()).toMatchObject({
      code: 1,
      err: expect.stringContaining("not as it was"),
    });
    await rm(path);
    expect((await restore()).err).toContain("store.sqlite is missing");
    await writeFile(path, bytes);
    const manifest = await readFile(at("backup/backup.json"), "utf8");
    const newer = manifest.replace("2026-11-20-first", "2099-01-01-of-tomorrow");
    await writeFile(at("backup/backup.json"), newer);
    expect((await restore()).err).toContain("A newer version made this back-up (2099");
    await rm(at("backup/backup.json"));
    expect((await restore()).err).toContain("is no back-up");
    await writeFile(at("backup/backup.json"), manifest);
    // What a restoring left that was killed.
    await mkdir(at("new"));
    await writeFile(at("new/store.db.restoring"), "half");
    expect(await restore()).toMatchObject({ code: 0 });
    expect(await readdir(at("new"))).toEqual(["store.db"]);
  });

  it("J-10 do not wait for who is writing, nor take what is not committed", async () => {
    const writer = new DatabaseSync(at("store.db"));
    writer.exec("begin immediate; insert into throttles values ('half', 1, 1)");
    expect(await backUpFrom(url())).toMatchObject({ code: 0 });
    writer.exec("commit");
    writer.close();
    const copy = new DatabaseSync(at("backup/store.sqlite"), { readOnly: true });
    expect(copy.prepare("select * from throttles").all()).toEqual([]);
    copy.close();
  });

  it("J-10 go on after a restoring that was killed while it copied files", async () => {
    await mkdir(at("old-files"));
    await writeFile(at("old-files/sealed"), "sealed bytes");
    await writeFile(at("old-files/coming.part"), "half");
    await backUpFrom(url());
    await mkdir(at("new-files"));
    await writeFile(at("new-files/sealed.part"), "seal");
    expect(await restore()).toMatchObject({ code: 0 });
    expect(await readdir(at("new-files"))).toEqual(["sealed"]);
    expect(await readFile(at("new-files/sealed"), "utf8")).toBe("sealed bytes");
  });

  it("K-09 want the list of erasures, unless there never was one", async () => {
    await backUpFrom(url());
    await rm(at("erasures"));
    const without = await restore();
    expect([without.code, without.err]).toEqual([2, expect.stringContaining(at("erasures"))]);
    expect(await restore("--no-erasures")).toMatchObject({ code: 0 });
  });

  it("J-10 leave nothing of a back-up that could not be made, and say why", async () => {
    const absent = await backUpFrom(`sqlite:${at("absent.db")}`);
    expect([absent.code, absent.err]).toEqual([1, expect.stringContaining("There is no store at")]);
    await writeFile(
      at("text.db"),
      "no database at all, and longer than a header of SQLite's. ".repeat(9),
    );
    const other = await backUpFrom(`sqlite:${at("text.db")}`);
    expect([other.code, other.err]).toEqual([1, expect.stringContaining("cannot be read")]);
    expect((await readdir(folder)).filter((name) => name.startsWith("backup"))).toEqual([]);
  });

  it("say which files the landlords are to get and are not there", async () => {
    const { id: accountId } = await anAccount(store);
    const expiresAt = new Date(Date.now() + hour);
    const file = { accountId, purpose: "TAX_NOTICE", fileName: "a.pdf", sizeBytes: 1 } as const;
    const more = { mediaType: "application/pdf", expiresAt };
    const { id } = await store.uploads.start(landlord, { ...file, ...more });
    const stored = { storedAs: "gone", key: new Uint8Array(32), sha256: "x", sizeBytes: 1 };
    await store.uploads.receive(landlord, id, { ...stored, expiresAt });
    const { code, err } = await backUpFrom(url());
    expect([code, err]).toEqual([1, expect.stringContaining("1 files")]);
  });

  it("J-10 settle what was brought back otherwise", async () => {
    await submit(store, (await anAccount(store)).id, "key-0001");
    const { out } = await runCommand(["store", "after-restore"], {
      environment: environment(url(), "old"),
    });
    expect(out).toContain("1 changes and 0 payments are asked for before anything is sent.");
  });
});
