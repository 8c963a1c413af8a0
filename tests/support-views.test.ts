/** One of the landlord's people sees what a person sees: written down, shown to them, and nothing changed. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { decodeJwt } from "jose";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subgraphs } from "../gateway/subgraphs.ts";
import type { Demo } from "../mocks/demo/start.ts";
import { serveSubgraph } from "../subgraphs/kernel/serve.ts";
import { client, faultsOf, operation, signIn, type Client } from "./support/client.ts";
import { createClock } from "./support/clock.ts";
import { door, everyOddity, frontOf, signedInAs, startTestDemo } from "./support/demo.ts";
import { fill } from "./support/fill-variables.ts";
import { mailSaying } from "./support/mails.ts";
import { api } from "./support/schema.ts";

const here = "la-rochelle";
const why = "Appel du 21 novembre : solde incompris";
const readOnly = /rien ne peut y être modifié/;

const clock = createClock();
const logged: string[] = [];
let folder: string;
let demo: Demo;
let staff: Client;
let tenant: Client;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-views-"));
  demo = await startTestDemo({
    now: clock.now,
    environment: {
      TROUSSEAU_LOG_LEVEL: "info",
      TROUSSEAU_STORE: `sqlite:${join(folder, "store.db")}`,
      TROUSSEAU_OPERATIONS: "listed",
    },
    logTo: { write: (line: string) => void logged.push(line) },
  });
  staff = await asStaff(here);
  tenant = await signedInAs(demo, here, "everything");
});
afterAll(async () => {
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});

const staffOf = (landlord: string) =>
  demo.accounts.find((one) => one.landlord === landlord && one.role === "staff")!;

function asStaff(landlord: string): Promise<Client> {
  const { email, password } = staffOf(landlord);
  return signIn(frontOf(demo, landlord), email, password);
}

const person = () =>
  demo.accounts.find((one) => one.landlord === here && one.oddity === everyOddity.everything)!;

const codeOf = ({ code }: { code: string }) => code;

async function begin(as: Client, variables: object) {
  const answer = await as(operation("B09-begin-support-view"), { reason: why, ...variables });
  const payload = answer.data?.beginSupportView;
  return { ...answer, payload, codes: payload?.userErrors.map(codeOf) as string[] | undefined };
}

/** What the tenant's space looks like to one of the staff. */
async function look(as = staff): Promise<Client> {
  const { payload } = await begin(as, { email: person().email });
  return frontOf(demo, here).as(payload.accessToken);
}

const banner = operation("B09-support-banner");

const actsOf = async (as: Client = staff, variables: object = {}) => {
  const { data } = await as(operation("B09-support-acts"), { first: 50, ...variables });
  return data.support.acts.nodes;
};

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("B-12 a support view", () => {
  test("begins with a reason, for one person who is told", async () => {
    const { email } = person();
    expect((await begin(staff, { email, reason: "  court  " })).codes).toEqual(["TOO_SHORT"]);
    expect((await begin(staff, { email, reason: "x".repeat(501) })).codes).toEqual(["TOO_LONG"]);
    expect((await begin(staff, { reason: " " })).codes).toEqual(["REQUIRED", "NAME_ONE"]);
    const both = { email, receipt: "019ab2c3-0000-7000-8000-000000000000" };
    expect((await begin(staff, both)).codes).toEqual(["NAME_ONE"]);
    for (const unknown of [{ email: "nobody@example.org" }, { receipt: both.receipt }]) {
      expect((await begin(staff, unknown)).codes).toEqual(["ACCOUNT_UNKNOWN"]);
    }
    const { payload } = await begin(staff, { email });
    expect(payload).toMatchObject({ userErrors: [], endsAt: expect.any(String) });
    const claims = decodeJwt(payload.accessToken);
    expect(claims).toMatchObject({ aud: here, act: { sub: expect.any(String) } });
    expect(claims.exp! - claims.iat!).toBeLessThanOrEqual(1_800);
    expect(JSON.stringify(payload)).not.toMatch(/refresh/i);
    const mail = await mailSaying(demo, email, why);
    expect(mail.subject).toContain("Votre espace a été consulté");
  });

  test("is mailed to the person where the landlord's file does not say otherwise", async () => {
    const { landlord } = demo.gateway.house.landlords.find((one) => one.landlord.id === here)!;
    const database = new DatabaseSync(join(folder, "store.db"), { timeout: 5_000 });
    const mails = () => database.prepare("select count(*) as n from mails").get()!["n"] as number;
    const before = mails();
    await look();
    expect(mails()).toBe(before + 1);
    const usual = { ...landlord.support };
    Object.assign(landlord.support, { tellPeople: false });
    await look();
    Object.assign(landlord.support, usual);
    expect(mails()).toBe(before + 1);
    database.close();
  });

  test("is found by the receipt that the person quotes, and by the identifier on their letter", async () => {
    const { store } = demo.gateway.house;
    const { email } = demo.accounts.find(
      (one) => one.landlord === here && one.oddity === everyOddity.debt,
    )!;
    const account = (await store.accounts.byEmail(here, email))!;
    const { change } = await store.changes.submit({
      landlord: here,
      accountId: account.id,
      personKey: "P",
      contractKey: null,
      lane: "person:P",
      kind: "NOTHING_KNOWN",
      idempotencyKey: "a-key-of-a-view",
      request: "{}",
      payload: "{}",
      effectiveBy: null,
    });
    await store.identifiers.set(here, account.id, "ID-4471");
    for (const named of [{ receipt: change.id.toUpperCase() }, { email: " ID-4471 " }]) {
      const { payload } = await begin(staff, named);
      const view = frontOf(demo, here).as(payload.accessToken);
      expect((await view(banner)).data.viewer.email).toBe(email);
    }
  });

  test("shows what the person sees, with a banner, whatever is asked", async () => {
    const view = await look();
    for (const name of ["F12-home", "F14-personal-data", "F18-changes"]) {
      const seen = await view(operation(name));
      expect(faultsOf(seen)).toEqual([]);
      expect(seen.data).toEqual((await tenant(operation(name))).data);
    }
    // In production nobody else asks what is not registered.
    const free = "{ viewer { email isStaff supportView { staff } } }";
    expect((await view(free)).data.viewer).toMatchObject({ email: person().email, isStaff: false });
    expect((await tenant(free)).errors?.[0]?.extensions.code).toBe("NOT_LISTED");
    const { data } = await view(banner);
    expect(data.viewer.supportView).toMatchObject({ staff: staffOf(here).email, reason: why });
    expect((await tenant(banner)).data.viewer.supportView).toBeNull();
    expect((await staff(banner)).data.viewer.supportView).toBeNull();
  });

  test("tells which calls of the ERP a query made and how they went, to nobody else", async () => {
    const { email } = demo.accounts.find(
      (one) => one.landlord === here && one.oddity === everyOddity.debt,
    )!;
    const { payload } = await begin(staff, { email });
    const view = frontOf(demo, here).as(payload.accessToken);
    const home = operation("F12-home");
    await door(demo, here).fault({ kind: "fault", operation: "LireSoldes" });
    const broken = await view(home).finally(() => door(demo, here).calm());
    const called = (outcome: unknown, call: string, data: string) => ({
      call,
      data,
      outcome,
      keys: expect.any(Number) as number,
      milliseconds: expect.any(Number) as number,
    });
    const failed = called(broken.errors?.[0]?.extensions.code, "balances.ofContracts", "BALANCES");
    expect(failed.outcome).toBeDefined();
    expect(broken.extensions!["erpCalls"]).toEqual(
      expect.arrayContaining([called("OK", "contracts.ofPersons", "CONTRACTS"), failed]),
    );
    expect((await view(banner)).extensions!["erpCalls"]).toEqual([]);
    expect((await tenant(home)).extensions?.["erpCalls"]).toBeUndefined();
    expect((await staff(banner)).extensions).toBeUndefined();
  });

  test("changes nothing: every mutation that there is is refused, with why", async () => {
    const view = await look();
    const before = await door(demo, here).writes();
    const mutations = Object.values(api.getMutationType()!.getFields());
    expect(mutations.length).toBeGreaterThan(40);
    for (const { name, args } of mutations.filter((one) => one.name !== "endSupportView")) {
      const input = args.find((arg) => arg.name === "input")!;
      const text = `mutation ($input: ${String(input.type)}) { ${name}(input: $input) { __typename } }`;
      const values = fill(input.type, "input", () => "x");
      const { status, data, errors } = await view(text, { input: values });
      expect([name, status, data ?? null]).toEqual([name, 403, null]);
      expect(errors?.[0]).toMatchObject({
        message: expect.stringMatching(readOnly),
        extensions: { code: "FORBIDDEN", landlord: here },
      });
    }
    const hidden = `mutation { ...A } fragment A on Mutation { endSupportView { ended } ... { signOut { signedOut } } }`;
    expect((await view(hidden)).errors?.[0]?.message).toMatch(readOnly);
    expect((await view(banner)).data.viewer.email).toBe(person().email);
    expect((await tenant(banner)).data.viewer.email).toBe(person().email);
    expect(await door(demo, here).writes()).toEqual(before);
  });

  test("is written down: who, whose, which operation, when, and no value", async () => {
    const view = await look();
    const { supportView } = (await view(banner)).data.viewer;
    const named = "query Guess($id: ID!) { contract(id: $id) { id } }";
    await view(named, { id: "Canary-of-a-variable" });
    await view("mutation Try { signOut { signedOut } }");
    const acts = await actsOf(staff, { viewId: supportView.id });
    const common = { staff: staffOf(here).email, account: person().email, receipt: null };
    expect(acts).toMatchObject([
      { ...common, kind: "VIEW_REFUSED", operationName: "Try" },
      { ...common, kind: "VIEW_QUERY", operationName: "Guess", operationHash: sha256(named) },
      { ...common, kind: "VIEW_QUERY", operationHash: sha256(banner), reason: null },
      { ...common, kind: "BEGIN_SUPPORT_VIEW", reason: why },
    ]);
    expect(JSON.stringify(acts)).not.toContain("Canary");
    const beside = await tenant(operation("B09-support-acts"));
    expect(beside.errors?.[0]).toMatchObject({
      message: "Votre compte ne donne pas accès à ceci.",
      extensions: { code: "FORBIDDEN" },
    });
    const other = await asStaff("chartres");
    expect(await actsOf(other)).toEqual([]);
  });

  test("names actor and subject in every line of the log, and neither by name", async () => {
    const view = await look();
    const { act, sub } = decodeJwt(view.token!) as { act: { sub: string }; sub: string };
    logged.length = 0;
    await view(operation("F12-home"));
    await view("mutation { signOut { signedOut } }");
    await expect.poll(() => logged.filter((line) => line.includes('"request"')).length).toBe(2);
    for (const line of logged.filter((one) => one.includes('"reqId"'))) {
      expect(JSON.parse(line)).toMatchObject({ actor: act.sub, subject: sub });
      expect(line).not.toContain(person().email);
    }
  });

  test("is in the person's own list, and is ended by the one thing that it may do", async () => {
    const view = await look();
    const { id } = (await view(banner)).data.viewer.supportView;
    const listed = async () =>
      (await tenant(operation("B09-support-views"))).data.viewer.supportViews.nodes[0];
    expect(await listed()).toMatchObject({
      id,
      staff: staffOf(here).email,
      reason: why,
      ended: false,
    });
    const { data } = await view(operation("B09-end-support-view"));
    expect(data.endSupportView).toEqual({ ended: true, userErrors: [] });
    expect(await listed()).toMatchObject({ id, ended: true });
    const { status, errors } = await view(banner);
    expect([status, errors?.[0]?.extensions.code]).toEqual([401, "FORBIDDEN"]);
    const [last] = await actsOf(staff, { viewId: id });
    expect(last).toMatchObject({ kind: "END_SUPPORT_VIEW", account: person().email });
    const again = await staff(operation("B09-end-support-view"), { id });
    expect(again.data.endSupportView.userErrors.map(codeOf)).toEqual(["VIEW_UNKNOWN"]);
  });

  test("is ended by its id too, and ends when whoever looks signs out", async () => {
    const first = await look();
    const { id } = (await first(banner)).data.viewer.supportView;
    const byTenant = await tenant(operation("B09-end-support-view"), { id });
    expect(byTenant.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const { data } = await staff(operation("B09-end-support-view"), { id });
    expect(data.endSupportView.ended).toBe(true);
    expect((await first(banner)).status).toBe(401);
    const shortly = await asStaff(here);
    const second = await look(shortly);
    expect((await second(banner)).status).toBe(200);
    await shortly(operation("F06-sign-out"));
    expect((await second(banner)).status).toBe(401);
  });

  test("opens files, which is written down, until it ends", async () => {
    const view = await look();
    const { data } = await view(operation("F12-home"));
    const ids = data.viewer.contracts.nodes.map((node: { id: string }) => node.id) as string[];
    const lists = await Promise.all(ids.map((id) => view(operation("F30-rent-notices"), { id })));
    const [notice] = lists.flatMap((one) => one.data.contract.rentNotices.nodes);
    const answer = await view(operation("F35-download"), { id: notice.id });
    const { url } = answer.data.document.download;
    const file = await fetch(url);
    expect([file.status, (await file.bytes()).length > 100]).toEqual([200, true]);
    const [act] = await actsOf();
    expect(act).toMatchObject({ kind: "VIEW_DOWNLOAD", operationName: "files" });
    await view(operation("B09-end-support-view"));
    expect((await fetch(url)).status).toBe(404);
  });

  test("is checked, held to reading and written down by each subgraph that is served alone", async () => {
    const view = await look();
    const log = pino({ level: "silent" });
    const served = await Promise.all(
      ["identity", "support"].map((name) =>
        serveSubgraph(
          subgraphs.find((one) => one.name === name)!,
          demo.gateway.house,
          { log },
        ),
      ),
    );
    try {
      const [identity, support] = served.map(({ url }) =>
        client({ url: new URL(url).origin, landlord: here, token: view.token! }),
      );
      const { data } = await identity!("query Alone { viewer { email } }");
      expect(data.viewer.email).toBe(person().email);
      expect((await actsOf())[0]).toMatchObject({ kind: "VIEW_QUERY", operationName: "Alone" });
      const changed = await identity!("mutation { signOut { signedOut } }");
      expect(changed.errors?.[0]?.message).toMatch(readOnly);
      const nested = await support!(operation("B09-begin-support-view"), { reason: why });
      expect(nested.errors?.[0]?.message).toMatch(readOnly);
      await view(operation("B09-end-support-view"));
      expect((await identity!("query Alone { viewer { email } }")).status).toBe(401);
    } finally {
      await Promise.all(served.map((one) => one.stop()));
    }
  });
});

describe("B-13 nobody is looked at", () => {
  test("by whoever is not of the staff, or of another landlord's", async () => {
    const { email } = person();
    for (const front of [tenant, frontOf(demo, here)]) {
      const { data, errors } = await begin(front, { email });
      expect([data, errors?.[0]?.extensions.code]).toEqual([null, "FORBIDDEN"]);
    }
    const there = demo.accounts.find(
      (one) =>
        one.landlord !== here &&
        one.role !== "staff" &&
        !demo.accounts.some((mine) => mine.landlord === here && mine.email === one.email),
    )!;
    expect((await begin(staff, { email: there.email })).codes).toEqual(["ACCOUNT_UNKNOWN"]);
    const view = await look();
    const elsewhere = frontOf(demo, "chartres").as(view.token!);
    expect((await elsewhere(banner)).status).toBe(403);
  });

  test("nor is a view ended or read by another landlord's people", async () => {
    const view = await look();
    const [{ id }] = (await view(operation("B09-support-views"))).data.viewer.supportViews.nodes;
    const end = `mutation ($id: ID!) { endSupportView(input: { supportViewId: $id }) { ended userErrors { code } } }`;
    const read = `query ($id: ID!) { support { acts(supportViewId: $id) { nodes { kind } } } }`;
    const others = await asStaff("chartres");
    expect((await others(end, { id })).data.endSupportView).toMatchObject({
      ended: false,
      userErrors: [{ code: "VIEW_UNKNOWN" }],
    });
    expect((await others(read, { id })).data?.support?.acts?.nodes ?? []).toEqual([]);
    expect((await staff(read, { id })).data.support.acts.nodes).toEqual([
      { kind: "VIEW_QUERY" },
      { kind: "BEGIN_SUPPORT_VIEW" },
    ]);
  });

  test("who is of the staff, and from within a view", async () => {
    const { email } = staffOf(here);
    expect((await begin(staff, { email })).codes).toEqual(["ACCOUNT_OF_STAFF"]);
    const view = await look();
    const nested = await begin(view, { email: person().email });
    expect(nested.errors?.[0]?.message).toMatch(readOnly);
    const desk = await view(operation("B09-support-acts"));
    expect(desk.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

describe("B-14 what cannot be written down", () => {
  test("is not done: no operation, no file, no beginning", async () => {
    const view = await look();
    const { data } = await view(operation("F12-home"));
    const [{ id }] = data.viewer.contracts.nodes;
    const { data: list } = await view(operation("F30-rent-notices"), { id });
    const [notice] = list.contract.rentNotices.nodes;
    const link = (await view(operation("F35-download"), { id: notice.id })).data.document.download;
    const at = door(demo, here);
    const database = new DatabaseSync(join(folder, "store.db"), { timeout: 5_000 });
    database.exec(
      "create trigger full before insert on support_acts begin select raise(abort, 'full'); end",
    );
    try {
      await at.forgetCalls();
      const refused = await view(operation("F12-home"));
      expect([refused.data ?? null, refused.errors?.length]).toEqual([null, 1]);
      expect(refused.errors![0]!.message).not.toContain("full");
      expect((await fetch(link.url)).status).toBeGreaterThanOrEqual(500);
      const { calls } = await at.calls();
      expect(calls).toEqual([]);
      expect((await begin(staff, { email: person().email })).data).toBeNull();
      const ending = await view(operation("B09-end-support-view"));
      expect(ending.data).toBeNull();
      expect(faultsOf(await tenant(operation("F12-home")))).toEqual([]);
    } finally {
      database.exec("drop trigger full");
      database.close();
    }
    expect(faultsOf(await view(operation("F12-home")))).toEqual([]);
    expect((await fetch(link.url)).status).toBe(200);
  });
});

test("B-12 a support view ends after half an hour", async () => {
  const view = await look();
  const statusAfter = (minutes: number) =>
    clock.later(minutes, async () => (await view(banner)).status);
  expect(await statusAfter(29)).toBe(200);
  expect(await statusAfter(31)).toBe(401);
});
