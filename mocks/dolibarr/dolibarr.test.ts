/** The mock's own habits, each as a real Dolibarr 22.0.4 has it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockErp } from "../kit/product.ts";
import { oddities } from "../world/oddities.ts";
import { createWorld } from "../world/world.ts";
import { midnight, wallTime } from "./clock.ts";
import { startDolibarr } from "./start.ts";

const world = createWorld({
  landlord: "rochefort",
  seed: 71,
  today: "2026-11-20",
  people: 22,
  contracts: 24,
});
let erp: MockErp;
beforeAll(async () => {
  erp = await startDolibarr({
    world,
    wrongKeyMs: 0,
    now: () => new Date("2026-11-20T14:30:00Z"),
    off: ["listDocuments"],
    forbidden: ["updateContacts"],
  });
});
afterAll(() => erp.close());

interface Told {
  readonly status: number;
  readonly type: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- what an answer holds is known to its test only
  readonly data: any;
}

async function ask(
  path: string,
  method = "GET",
  body?: unknown,
  key = "dolibarr-demo",
): Promise<Told> {
  const headers = {
    ...(key !== "" && { DOLAPIKEY: key }),
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${erp.url}/api/index.php${path}`, { method, headers, ...sent });
  const type = answer.headers.get("content-type") ?? "";
  const text = await answer.text();
  const isJson = type.startsWith("application/json");
  return { status: answer.status, type, data: isJson ? (JSON.parse(text) as unknown) : text };
}
const filter = (text: string) => `?sqlfilters=${encodeURIComponent(text)}`;

describe("a key", () => {
  test.each([
    ["that is none", "", /Neither parameter 'HTTP_DOLAPIKEY'/],
    ["that is wrong", "x", /Error user not valid/],
  ])("%s is 401", async (_what, key, words) => {
    const { status, data } = await ask("/contacts/1", "GET", undefined, key);
    expect(status).toBe(401);
    expect(data.error.message).toMatch(words);
  });

  test("without a right is 403, with a module that is off a page and 200", async () => {
    expect((await ask("/contacts/1", "PUT", { email: "a@example.org" })).status).toBe(403);
    const off = await ask("/documents/download?modulepart=facture&original_file=a");
    expect([off.status, off.type]).toEqual([200, "text/html; charset=UTF-8"]);
  });
});

describe("a filter", () => {
  test("knows no case, and whatever stands behind a quote is part of the query", async () => {
    const one = await ask(`/thirdparties${filter("(t.code_client:=:'loc000001')")}`);
    expect(one.data.map(({ id }: { id: string }) => id)).toEqual(["1"]);
    const all = await ask(`/thirdparties${filter("(t.code_client:=:'x') or (t.rowid:>:0)")}`);
    expect(all.data.length).toBeGreaterThan(10);
  });

  test("of a wrong form is 400, of a column that there is none 503 with the words of the database", async () => {
    expect((await ask(`/thirdparties${filter("t.nom = 'x'")}`)).status).toBe(400);
    const unknown = await ask(`/thirdparties${filter("(t.nosuch:=:'x')")}`);
    expect(unknown.status).toBe(503);
    expect(unknown.data.error.message).toContain("Unknown column 't.nosuch' in 'WHERE'");
  });
});

describe("a list", () => {
  test("that is empty is a 404 for third parties, and empty for others", async () => {
    expect((await ask(`/thirdparties${filter("(t.code_client:=:'NOPE')")}`)).status).toBe(404);
    expect(await ask("/contacts?thirdparty_ids=999")).toMatchObject({ status: 200, data: [] });
    expect(await ask("/invoices?thirdparty_ids=999")).toMatchObject({ status: 200, data: [] });
    expect((await ask("/thirdparties/999/bankaccounts")).status).toBe(404);
  });

  test("has a hundred things unless it is told otherwise, and only the properties that are named", async () => {
    expect((await ask("/invoices?properties=id")).data).toHaveLength(100);
    expect((await ask("/invoices?limit=0&properties=id")).data.length).toBeGreaterThan(100);
    const [one] = (await ask("/invoices?limit=1&properties=id,ref")).data;
    expect(Object.keys(one)).toEqual(["id", "ref"]);
  });

  test("tells nothing of what is linked, nor what was written; a single thing does", async () => {
    const { data: listed } = await ask("/contracts?thirdparty_ids=1");
    expect(listed[0].linkedObjectsIds).toBeNull();
    const { data: single } = await ask(`/contracts/${listed[0].id}`);
    expect(Object.keys(single.linkedObjectsIds.facture).length).toBeGreaterThan(0);
    const { data: tickets } = await ask("/tickets?limit=1");
    expect(tickets[0]).not.toHaveProperty("messages");
    expect((await ask(`/tickets/${tickets[0].id}`)).data.messages.length).toBeGreaterThan(0);
  });
});

test.each([
  ["/thirdparties/abc", 400],
  ["/thirdparties/999", 404],
  ["/contracts/1/contacts", 404],
  ["/nosuch/1", 501],
  ["/invoices?limit=abc", 400],
  ["/invoices?nosuch=1", 400],
  ["/documents?modulepart=ticket&id=1", 500],
])("%s is %d", async (path, status) => {
  expect((await ask(path)).status).toBe(status);
});

test("a day is midnight on the wall of France, in summer, in winter and long ago", () => {
  for (const day of ["2026-10-01", "2026-03-29", "2026-10-25", "1938-01-01", "1985-03-14"]) {
    expect(wallTime(midnight(day))).toBe(`${day} 00:00:00`);
  }
  expect(midnight("2026-10-01")).toBe(1790805600);
});

describe("a payment", () => {
  const single = world.people.find(({ oddity }) => oddity === oddities.single)!;
  const open = world.contracts.find(({ signatories }) => signatories.includes(single.number))!;
  const invoice = String(open.entries[0]!.number);
  const body = (amount: string, ref = "gw-1") => ({
    arrayofamounts: { [invoice]: { amount, multicurrency_amount: "" } },
    datepaye: 1795000000,
    paymentid: 6,
    closepaidinvoices: "yes",
    accountid: 1,
    ref_ext: ref,
  });
  const path = "/invoices/paymentsdistributed";

  test("is taken as often as it comes, below nothing too, but not above what is left", async () => {
    const first = await ask(path, "POST", body("4.00"));
    const second = await ask(path, "POST", body("4.00"));
    expect(first.status).toBe(200);
    expect(second.data).not.toBe(first.data);
    expect((await ask(path, "POST", body("-8.00", "gw-2"))).status).toBe(200);
    const over = await ask(path, "POST", body("99999.00"));
    expect(over.status).toBe(400);
    expect(over.data.error.message).toContain("is higher than remain to pay");
    const { data: rows } = await ask(`/invoices/${invoice}/payments`);
    expect(rows.map(({ amount, ref_ext }: Record<string, string>) => [amount, ref_ext])).toEqual([
      ["4.00000000", "gw-1"],
      ["4.00000000", "gw-1"],
      ["-8.00000000", "gw-2"],
    ]);
  });

  test("without a field is 400, with one that was never seen, too", async () => {
    const { accountid: _, ...lacking } = body("1.00");
    const told = await ask(path, "POST", lacking);
    expect(told.data.error.message).toBe("Bad Request: `accountid` is required.");
    expect((await ask(path, "POST", { ...body("1.00"), nosuch: 1 })).status).toBe(400);
  });
});

describe("a ticket", () => {
  const ticket = { subject: "a", message: "b", fk_soc: 1, fk_contract: 1, type_code: "NOPE" };

  test("is taken whatever its type, but once for each track id", async () => {
    const made = await ask("/tickets", "POST", { ...ticket, ref: "GW-1", track_id: "gw1" });
    expect(made.status).toBe(200);
    const again = await ask("/tickets", "POST", { ...ticket, ref: "GW-2", track_id: "gw1" });
    expect(again.status).toBe(500);
    expect(again.data.error["0"]).toContain("uk_ticket_track_id");
    expect((await ask("/tickets/track_id/gw1")).data.id).toBe(String(made.data));
    const { data } = await ask("/tickets", "POST", { subject: "x" });
    expect(data.error.message).toBe("Bad Request: message field missing");
  });

  test("has files by the name of its folder, and not by its reference", async () => {
    const photo = {
      filename: "photo.png",
      modulepart: "ticket",
      filecontent: "AAAA",
      fileencoding: "base64",
    };
    const byFolder = await ask("/documents/upload", "POST", { ...photo, ref: "", subdir: "GW-1" });
    expect(byFolder).toMatchObject({ status: 200, data: "photo.png" });
    const again = await ask("/documents/upload", "POST", { ...photo, ref: "", subdir: "GW-1" });
    expect(again.status).toBe(400);
    expect((await ask("/documents/upload", "POST", { ...photo, ref: "GW-1" })).status).toBe(500);
  });
});

test("a file of a contract loses accents and slashes of its name, and is empty where it is no base64", async () => {
  const [contract] = (await ask("/contracts?limit=1")).data;
  const file = { modulepart: "contrat", ref: contract.ref, subdir: "", fileencoding: "base64" };
  const sent = { ...file, filename: "Attestation d'été n°1/2.pdf", filecontent: "%%%" };
  expect((await ask("/documents/upload", "POST", sent)).data).toBe("Attestation d'ete n_1_2.pdf");
  const { data } = await ask(`/documents?modulepart=contrat&id=${contract.id}`);
  expect(data).toMatchObject([{ filename: "Attestation d'ete n_1_2.pdf", size: 0 }]);
  expect(Object.keys(data[0]).some((key) => key.includes("\u0000"))).toBe(true);
  const nowhere = await ask("/documents/upload", "POST", { ...sent, ref: "CT-NOPE" });
  expect(nowhere.status).toBe(404);
});

test("what looks like a tag vanishes from a name, and any text is taken for an IBAN", async () => {
  expect((await ask("/thirdparties/2", "PUT", { town: "La <Ünï> Rochelle" })).status).toBe(200);
  expect((await ask("/thirdparties/2")).data.town).toBe("La  Rochelle");
  const { status, data } = await ask("/thirdparties/2/bankaccounts", "POST", {
    label: "x",
    iban: "NOT",
  });
  expect([status, data.iban]).toEqual([200, "NOT"]);
});
