import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openStore } from "./store.ts";
import { anAccount, describeStores, hour, testSecret, type Bench } from "./testing/stores.ts";

const child = fileURLToPath(new URL("testing/child.ts", import.meta.url));

/** How a process of its own ended: its exit code or signal, and what it complained of. */
function inChild(what: "open" | "commit" | "crash", url: string) {
  return new Promise<{ ended: unknown; complaint: string }>((resolve) => {
    execFile(process.execPath, [child, what, url], (error, _stdout, stderr) =>
      resolve({ ended: error ? (error.signal ?? error.code) : 0, complaint: stderr }),
    );
  });
}

const other = new Uint8Array(32).fill(9);

/** One of each thing that must not be readable in the database. */
async function fill({ store, now }: Bench): Promise<string[]> {
  const account = await anAccount(store);
  const expiresAt = new Date(now().getTime() + hour);
  const session = await store.sessions.start("cedre", account.id, { expiresAt, remember: false });
  const refreshed = await store.sessions.refresh("cedre", session.refreshToken);
  if (refreshed.outcome !== "OK") throw new Error(refreshed.outcome);
  const link = { purpose: "REGISTRATION" as const, subject: "subject@example.net", expiresAt };
  const linkToken = await store.links.create("cedre", { ...link, payload: "payload of link" });
  await store.throttle.hit("throttle of somebody@example.net", { points: 1, windowMs: hour });
  await store.mails.queue({
    landlord: "cedre",
    to: "recipient@example.net",
    from: "sender@example.net",
    subject: "subject of mail",
    text: "text of mail",
    html: "<p>html of mail</p>",
  });
  await store.keys.current();
  return [
    session.refreshToken,
    refreshed.refreshToken,
    linkToken,
    "payload of link",
    "example.net",
    "subject of mail",
    "text of mail",
    "html of mail",
    '"d":',
  ];
}

describe("store", () => {
  describeStores((bench) => {
    it("A-03 keeps tokens, payloads, mails and private keys unreadable", async () => {
      const secrets = await fill(bench());
      const content = await bench().database.content();
      expect(content.includes("a@example.org")).toBe(true);
      expect(secrets.filter((secret) => content.includes(secret))).toEqual([]);
    });

    it("refuses another secret, and accepts the former one beside a new one", async () => {
      const { store, another } = bench();
      const token = await store.links.create("cedre", {
        purpose: "PASSWORD",
        subject: "a",
        payload: "kept",
        expiresAt: new Date(bench().now().getTime() + hour),
      });
      const { kid } = await store.keys.current();
      await expect(another({ secret: other })).rejects.toThrow(/made with another secret/);
      const both = await another({ secret: other, formerSecrets: [testSecret] });
      expect(await both.links.peek("cedre", "PASSWORD", token)).toMatchObject({ payload: "kept" });
      expect((await both.keys.current()).kid).toBe(kid);
      await expect(another()).rejects.toThrow(/made with another secret/);
    });

    it("keeps all of a transaction or nothing, also one within another", async () => {
      const { store } = bench();
      const failing = store.transaction(async (within) => {
        await anAccount(within, "cedre", "one@example.org");
        await within.transaction((inner) => anAccount(inner, "cedre", "two@example.org"));
        throw new Error("no");
      });
      await expect(failing).rejects.toThrow("no");
      expect(await store.accounts.byEmail("cedre", "one@example.org")).toBeNull();
      expect(await store.accounts.byEmail("cedre", "two@example.org")).toBeNull();
      const kept = await store.transaction((within) => anAccount(within));
      expect(await store.accounts.byId("cedre", kept.id)).toEqual(kept);
    });

    it("runs many transactions side by side", async () => {
      const stores = [bench().store, await bench().another()];
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          stores[n % 2]!.transaction(async (within) => {
            await anAccount(within, "cedre", `a${n}@example.org`);
            await new Promise((resolve) => setTimeout(resolve, 2));
            await anAccount(within, "cedre", `b${n}@example.org`);
          }),
        ),
      );
      for (let n = 0; n < 20; n++) {
        expect(await stores[n % 2]!.accounts.byEmail("cedre", `b${n}@example.org`)).not.toBeNull();
      }
    });

    it("J-01 finds nothing of a transaction whose process was killed, and all that was acknowledged", async () => {
      const { store, database } = bench();
      const [crashed, committed] = await Promise.all([
        inChild("crash", database.url),
        inChild("commit", database.url),
      ]);
      expect([crashed, committed]).toMatchObject([{ ended: "SIGKILL" }, { ended: "SIGKILL" }]);
      expect(await store.accounts.byEmail("cedre", "lost@example.org")).toBeNull();
      expect(await store.accounts.byPerson("cedre", "lost")).toBeNull();
      expect(await store.accounts.byEmail("cedre", "kept@example.org")).not.toBeNull();
      await anAccount(store);
    });

    it("J-09 is made once when three processes start at once", async () => {
      const { empty, another } = bench();
      const fresh = await empty();
      const ends = await Promise.all([1, 2, 3].map(() => inChild("open", fresh.url)));
      expect(ends).toEqual([1, 2, 3].map(() => ({ ended: 0, complaint: "" })));
      await anAccount(await another({ url: fresh.url }));
    });

    it("J-09 opens a database that a newer version has been at", async () => {
      const { database, another } = bench();
      await database.raw("insert into kysely_migration values ('9999-newer', '2099-01-01')");
      await anAccount(await another());
    });

    it("answers a ping until it is closed", async () => {
      const store = await bench().another();
      await store.ping();
      await store.close();
      await expect(store.ping()).rejects.toThrow();
    });
  });

  it("refuses an address of another kind, and a secret that is too short", async () => {
    const secret = testSecret;
    await expect(openStore({ url: "mysql://x", secret })).rejects.toThrow(/starts with neither/);
    const short = openStore({ url: "sqlite::memory:", secret: new Uint8Array(16) });
    await expect(short).rejects.toThrow(/32 bytes/);
  });
});
