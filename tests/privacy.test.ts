/** A copy of one's data, and an account that is erased: over HTTP, as a person would. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { operation, signIn, type Client } from "./support/client.ts";
import { door, everyOddity, frontOf, startTestDemo, type OddityName } from "./support/demo.ts";
import { mailSaying } from "./support/mails.ts";
import { sendUpload } from "./support/uploads.ts";

let demo: Demo;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-privacy-"));
  const environment = { TROUSSEAU_STORE: `sqlite:${join(folder, "store.sqlite")}` };
  demo = await startTestDemo({ environment });
});
afterAll(async () => {
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});

const accountAt = (landlord: string, oddity: OddityName) =>
  demo.accounts.find((one) => one.landlord === landlord && one.oddity === everyOddity[oddity])!;

async function signedIn(landlord: string, oddity: OddityName): Promise<Client> {
  const { email, password } = accountAt(landlord, oddity);
  return signIn(frontOf(demo, landlord), email, password);
}

async function copyOf(
  landlord: string,
  oddity: OddityName,
): Promise<{ text: string; url: string }> {
  const front = await signedIn(landlord, oddity);
  const currentPassword = accountAt(landlord, oddity).password;
  const { data } = await front(operation("B10-request-data-export"), { currentPassword });
  expect(data.requestDataExport.userErrors).toEqual([]);
  const { url } = data.requestDataExport.download;
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toContain("mes-donnees");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  return { text: await answer.text(), url };
}

interface Copy {
  lisezMoi: { fr: string; en: string };
  sommaire: string[];
  sections: { titre: string; origine: string; etat: string; donnees: unknown }[];
}

describe.each(["la-rochelle", "chartres", "immo-paris"])("at %s", (landlord) => {
  test("K-11 a copy has all that the ERP holds of the person, and nothing of the others", async () => {
    const { text } = await copyOf(landlord, "everything");
    const held = await door(demo, landlord).personWith(everyOddity.everything);
    const contracts = await door(demo, landlord).contractsOf("everything");
    const { email } = accountAt(landlord, "everything");
    const { ports } = demo.gateway.house.landlords.find((one) => one.landlord.id === landlord)!;
    const insured = ports.served.includes("insurancePolicies") ? contracts : [];
    const mine = [email, held.surname, held.birthDate, held.address.lines[0]].concat(
      insured.flatMap(({ insurance }) => (insurance ? [insurance.policyNumber] : [])),
    );
    expect(mine.filter((word) => word && !text.includes(word))).toEqual([]);
    // The accounts of all the others, whose data stands in the same tables.
    const others = demo.accounts.filter((one) => one.email !== email).map((one) => one.email);
    expect(others.length).toBeGreaterThan(5);
    expect(others.filter((other) => text.includes(other))).toEqual([]);
    const { sections, lisezMoi, sommaire } = JSON.parse(text) as Copy;
    expect(lisezMoi.fr).toContain("RGPD");
    expect(sommaire).toHaveLength(sections.length);
    expect(sections.filter(({ etat }) => etat !== "OK")).toEqual([]);
    expect(sections.filter(({ origine }) => origine === "bailleur").length).toBeGreaterThan(10);
    expect(text).not.toMatch(/"(key|contractKey|personKey)"/);
    expect(text).not.toMatch(/FR\d{25}/);
  });
});

describe("a copy of one's data", () => {
  test("is refused without the right password, and to whoever is not signed in", async () => {
    const front = await signedIn("la-rochelle", "everything");
    const asked = await front(operation("B10-request-data-export"), { currentPassword: "wrong" });
    expect(asked.data.requestDataExport).toMatchObject({
      download: null,
      userErrors: [{ code: "CURRENT_PASSWORD_WRONG", field: ["currentPassword"] }],
    });
    const nobody = await frontOf(demo, "la-rochelle")(operation("B10-request-data-export"), {
      currentPassword: "x",
    });
    expect(nobody.errors![0]!.extensions.code).toBe("FORBIDDEN");
  });

  test("has a link that ends with the session, and that no other route takes", async () => {
    const front = await signedIn("chartres", "everything");
    const { password: currentPassword, email } = accountAt("chartres", "everything");
    const { data } = await front(operation("B10-request-data-export"), { currentPassword });
    const { url } = data.requestDataExport.download;
    expect((await fetch(url.replace("/exports/", "/files/"))).status).toBe(404);
    expect((await fetch(url.replace("/exports/chartres/", "/exports/la-rochelle/"))).status).toBe(
      404,
    );
    await front(operation("F06-sign-out"));
    expect((await fetch(url)).status).toBe(404);
    await mailSaying(demo, email, "copie des données");
  });

  test("says which parts the landlord's system did not answer, and has the rest", async () => {
    const front = await signedIn("la-rochelle", "everything");
    const currentPassword = accountAt("la-rochelle", "everything").password;
    const { data } = await front(operation("B10-request-data-export"), { currentPassword });
    await door(demo, "la-rochelle").fault({ kind: "fault" });
    try {
      const { sections } = (await (
        await fetch(data.requestDataExport.download.url)
      ).json()) as Copy;
      const states = (origine: string) =>
        new Set(sections.filter((one) => one.origine === origine).map(({ etat }) => etat));
      expect(states("portail")).toEqual(new Set(["OK"]));
      expect(states("bailleur").has("OK")).toBe(false);
    } finally {
      await door(demo, "la-rochelle").calm();
    }
  });
});

describe("an account that its owner erases", () => {
  const landlord = "la-rochelle";

  test("K-08 is refused with a wrong password, or another address", async () => {
    const front = await signedIn(landlord, "everything");
    const { email, password } = accountAt(landlord, "everything");
    const erase = async (currentPassword: string, typed: string) =>
      (await front(operation("B10-erase-account"), { currentPassword, email: typed })).data
        .eraseAccount;
    expect(await erase("wrong", email)).toMatchObject({
      erased: false,
      userErrors: [{ code: "CURRENT_PASSWORD_WRONG" }],
    });
    expect(await erase(password, "somebody@example.org")).toMatchObject({
      erased: false,
      userErrors: [{ code: "EMAIL_CONFIRMATION_DIFFERS", field: ["email"] }],
    });
  });

  test("K-08 of the landlord's people is not theirs to erase", async () => {
    const staff = demo.accounts.find((one) => one.role === "staff")!;
    const front = await signIn(frontOf(demo, staff.landlord), staff.email, staff.password);
    const input = { currentPassword: staff.password, email: staff.email };
    const { data } = await front(operation("B10-erase-account"), input);
    expect(data.eraseAccount).toMatchObject({
      erased: false,
      userErrors: [{ code: "STAFF_ACCOUNT" }],
    });
  });

  test("K-08 K-10 is gone everywhere at once: sessions, sign-in, database, files on the disk; the ERP is untouched", async () => {
    const { email, password } = accountAt(landlord, "everything");
    const front = await signedIn(landlord, "everything");
    const before = await door(demo, landlord).personWith(everyOddity.everything);
    await front(operation("F12-home"));
    await sendUpload(front, "INSURANCE_CERTIFICATE");
    expect(await filesKept()).toHaveLength(1);
    expect(await isKept(landlord, email)).toBe(true);
    const { id } = (await demo.gateway.house.store.accounts.byEmail(landlord, email))!;

    const { data } = await front(operation("B10-erase-account"), {
      currentPassword: password,
      email: ` ${email.toUpperCase()}`,
    });
    expect(data.eraseAccount).toMatchObject({ erased: true, userErrors: [] });
    expect(data.eraseAccount.notices[0]).toContain("votre bailleur");

    expect((await front("{ viewer { id } }")).status).toBe(401);
    const again = await frontOf(demo, landlord)(operation("F06-sign-in"), { email, password });
    expect(again.data.signIn.session).toBeNull();
    await mailSaying(demo, email, "a été effacé");
    expect(await isKept(landlord, email)).toBe(false);
    expect(await isKept(landlord, id)).toBe(false);
    await vi.waitFor(async () => expect(await filesKept()).toEqual([]), 5_000);
    expect(await listed()).toHaveLength(1);
    expect(await door(demo, landlord).personWith(everyOddity.everything)).toEqual(before);
  });
});

describe("the landlord's people, on somebody's letter", () => {
  const landlord = "chartres";
  const reason = "Courrier recommandé du 3 novembre 2026";
  const staffOf = () =>
    demo.accounts.find((one) => one.landlord === landlord && one.role === "staff")!;
  const desk = () => signIn(frontOf(demo, landlord), staffOf().email, staffOf().password);
  const send = async (front: Client, variables: object) =>
    front(operation("B10-support-send-data-export"), { reason, ...variables });
  const erase = async (front: Client, variables: object) =>
    front(operation("B10-support-erase-account"), {
      reason,
      currentPassword: staffOf().password,
      ...variables,
    });
  const codes = (payload: { userErrors: { code: string }[] }) =>
    payload.userErrors.map(({ code }) => code);

  test("K-11 have a copy sent to the person, by a link that is good once, and get nothing of it", async () => {
    const { email } = accountAt(landlord, "everything");
    const { data } = await send(await desk(), { email: ` ${email.toUpperCase()}` });
    expect(data.sendDataExport).toEqual({ expiresAt: expect.any(String), userErrors: [] });
    const { text } = await mailSaying(demo, email, "une copie de vos données personnelles");
    const link = new URL(/http\S+data-export\S+/.exec(text)![0]);
    const page = await fetch(link);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("<button>")]);
    const download = (landlordId = landlord) =>
      fetch(link.origin + link.pathname, {
        method: "POST",
        body: new URLSearchParams({ landlord: landlordId, token: link.searchParams.get("token")! }),
      });
    expect((await download("la-rochelle")).status).toBe(422);
    const answers = await Promise.all([download(), download()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    const copy = answers.find(({ status }) => status === 200)!;
    expect(copy.headers.get("content-disposition")).toContain("mes-donnees");
    const { sections } = (await copy.json()) as Copy;
    expect(sections.filter(({ etat }) => etat !== "OK")).toEqual([]);
    expect(JSON.stringify(sections)).toContain(email);
    expect((await download()).status).toBe(422);
  });

  test("K-08 have the account erased, which is written down, with why", async () => {
    const { email } = accountAt(landlord, "everything");
    const front = await desk();
    const wrong = await erase(front, { email, currentPassword: "wrong" });
    expect(codes(wrong.data.eraseAccountOnRequest)).toEqual(["CURRENT_PASSWORD_WRONG"]);
    const own = await erase(front, { email: staffOf().email });
    expect(codes(own.data.eraseAccountOnRequest)).toEqual(["ACCOUNT_OF_STAFF"]);
    const { data } = await erase(front, { email });
    expect(data.eraseAccountOnRequest).toMatchObject({ erased: true, userErrors: [] });
    expect(data.eraseAccountOnRequest.notices[0]).toContain("votre bailleur");
    await mailSaying(demo, email, "a été effacé");
    expect(await isKept(landlord, email)).toBe(false);
    const again = await erase(front, { email });
    expect(codes(again.data.eraseAccountOnRequest)).toEqual(["ACCOUNT_UNKNOWN"]);
    const acts = await front(operation("B09-support-acts"));
    expect(acts.data.support.acts.nodes).toMatchObject([
      { kind: "ERASE_ACCOUNT", staff: staffOf().email, reason, account: null, receipt: null },
      { kind: "SEND_DATA_EXPORT", reason: null, account: null, receipt: null },
    ]);
  });

  test("are nobody else, and are asked why", async () => {
    const { email } = accountAt(landlord, "debt");
    const tenant = await signedIn(landlord, "debt");
    for (const answer of [await send(tenant, { email }), await erase(tenant, { email })]) {
      expect(answer.errors![0]!.extensions.code).toBe("FORBIDDEN");
    }
    const front = await desk();
    const short = await send(front, { email, reason: "court" });
    expect(codes(short.data.sendDataExport)).toEqual(["TOO_SHORT"]);
    const { byEmail } = demo.gateway.house.store.accounts;
    const found = await Promise.all(demo.accounts.map((one) => byEmail(landlord, one.email)));
    const other = demo.accounts[found.indexOf(null)]!;
    const unknown = await send(front, { email: other.email });
    expect(codes(unknown.data.sendDataExport)).toEqual(["ACCOUNT_UNKNOWN"]);
  });
});

/** Whether a row of that landlord's says that, as it lies on the disk; the list of erasures aside. */
async function isKept(landlord: string, word: string): Promise<boolean> {
  await demo.gateway.house.store.purge();
  const database = new DatabaseSync(join(folder, "store.sqlite"), { readOnly: true });
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  const names = tables.map(({ name }) => String(name)).filter((name) => name !== "erasures");
  const rows = names.flatMap((name) => database.prepare(`select * from "${name}"`).all());
  database.close();
  const own = rows.map((row) => JSON.stringify(row)).filter((row) => row.includes(landlord));
  return own.some((row) => row.includes(word));
}

/** The list of erasures beside the store. */
async function listed(): Promise<string[]> {
  const text = await readFile(join(folder, "received-files-erasures"), "utf8");
  return text.split("\n").filter((line) => line !== "");
}

const filesKept = () => readdir(join(folder, "received-files")).catch(() => []);
