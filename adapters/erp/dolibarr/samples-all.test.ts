/**
 * Samples beside those that the other tests replay to the ports: each is read by the code that would
 * read it in service, and the table says what must come out. No sample stands here unread.
 */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { accountEntries } from "../../ports/billing.ts";
import { PortError } from "../../ports/errors.ts";
import { contracts } from "../../ports/contract.ts";
import { registrations } from "../../ports/identity.ts";
import { serviceRequests } from "../../ports/requests.ts";
import { testIo } from "../../transport/fixtures/server.ts";
import { toldBy } from "./answer.ts";
import { call, connected, fixture, laboratory, replay } from "./replay.ts";
import * as wire from "./wire.ts";

const told = (name: string) => {
  const { status, contentType, body } = fixture(name);
  const headers = { "content-type": contentType };
  return toldBy(testIo(), "sample", { status, headers, bytes: Buffer.from(body) });
};

const Created = z.int();
const Stored = z.string();
const seeds = ["FA2609-0001", "FA2610-0002", "FA2611-0003", "FA2609-0004"];

/** What of the answer says that it was understood. */
const answers: [sample: string, shape: z.ZodType, found: unknown][] = [
  ["err-badstatus", wire.Charge.array(), seeds.map((ref) => ({ ref }))],
  ["pay-after", wire.Charge, { ref: "FA2611-0003", status: "2", remaintopay: "0.00" }],
  ["pay-after-payments", wire.PaymentRow.array(), [{ num: "CB-REF-0001", fk_bank_line: "6" }]],
  ["tp-by-code", wire.KnownThirdParty.array(), [{ id: "1", code_client: "LOC000123" }]],
  ["tp-by-code-name", wire.KnownThirdParty.array(), [{ id: "1", code_client: "LOC000123" }]],
  ["tp-by-code-name-props", wire.ThirdParty.array(), [{ id: "1", code_client: "LOC000123" }]],
  ["rib-create-badiban", wire.BankAccount, { iban: "NOT-AN-IBAN", socid: "1" }],
  ["rib-update-badiban", wire.BankAccount, { id: "1", iban: "FR00BAD" }],
  ["ticket-by-ref", wire.Ticket, { ref: "TS2611-0001", fk_contract: "1" }],
  ["ticket-update-status", wire.Ticket, { ref: "TS2611-0001", fk_statut: "3" }],
  ["doc-list-contract", wire.ListedFile.array(), [{ filename: "CT2601-0001.pdf", size: 8013 }]],
  ["doc-list-invoice", wire.ListedFile.array(), [{ filename: "FA2609-0001.pdf", size: 9079 }]],
  ["doc-download-contract", wire.Download, { filename: "CT2601-0001.pdf", filesize: 8013 }],
  ["ticket-photo-download", wire.Download, { filename: "photo.png", "content-type": "image/png" }],
  ["pay-partial", Created, 6],
  ["pay-partial-again-sameref", Created, 7],
  ["pay-negative", Created, 8],
  ["pay-refext-replay", Created, 19],
  ["ticket-create-badsoc", Created, 4],
  ["ticket-create-badtype", Created, 3],
  ["ticket-upload-subdir-gw", Stored, "photo.png"],
  ["upload-contract-gw", Stored, "attestation-assurance-2026.pdf"],
  ["upload-contract-accent", Stored, "Attestation d'ete n_1_2.pdf"],
  ["upload-contract-php", Stored, "x.php"],
];

test.each(answers)("%s is an answer", (name, shape, found) => {
  const read = told(name);
  if (!("data" in read)) throw new Error(`${name} was taken for a refusal`);
  const data: unknown = shape.parse(read.data);
  if (typeof found !== "object") return expect(data).toBe(found);
  const expected = Array.isArray(data) ? data.slice(0, (found as unknown[]).length) : data;
  expect(expected).toMatchObject(found as object);
});

/** An answer of the right endpoint that lacks what the adapter needs: it is believed in no part. */
const incomplete: [sample: string, shape: z.ZodType][] = [
  // Asked with other `properties` than the adapter's, or without a contract that it could be of.
  ["contracts-extrafield-filter", wire.Contract.array()],
  ["verify-lowercase", wire.KnownThirdParty.array()],
  ["verify-wildcard", wire.KnownThirdParty.array()],
  // With `pagination_data`, which the adapter never asks for, a list is no list.
  ["invoices-order-page", wire.Charge.array()],
  ["tp-list-paged", wire.ThirdParty.array()],
];

test.each(incomplete)("%s is not enough of an answer", (name, shape) => {
  const read = told(name);
  expect("data" in read && shape.safeParse(read.data).success).toBe(false);
});

test.each([
  ["err-nobody", "VALUE"],
  ["pay-404", "MISSING"],
  ["pay-full-noaccount", "VALUE"],
  ["ticket-replay", "KNOWN_TICKET"],
  ["ticket-upload-subdir", "FILE_EXISTS"],
  ["tp-by-code-quote", "MISSING"],
  ["tp-by-name-quote2", "MISSING"],
  ["tp-list-page-beyond", "MISSING"],
  ["upload-contract-admin", "FILE_EXISTS"],
])("%s is a refusal: %s", (name, refusal) => {
  expect(told(name)).toEqual({ refusal });
});

test.each([
  ["banklines-gw", "UNAVAILABLE", true],
  ["doc-download-traversal", "UNAVAILABLE", true],
  ["doc-list-badmodule", "UNAVAILABLE", false],
  ["err-forbidden-create", "UNAVAILABLE", true],
  ["err-method", "BAD_RESPONSE", false],
  ["err-norights-list", "UNAVAILABLE", true],
  ["pay-gw-forbidden", "UNAVAILABLE", true],
  ["rib-update-gw", "UNAVAILABLE", true],
  ["ticket-upload-ref", "UNAVAILABLE", false],
  ["xml-accept", "BAD_RESPONSE", false],
] as const)("%s is an error: %s", (name, code, notApplied) => {
  let caught: unknown;
  try {
    told(name);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(PortError);
  expect(caught).toMatchObject({ code, notApplied });
});

const erp = replay();
const { use } = await connected({}, laboratory);
const page = { first: 20, after: null };

test("empty lists are pages, contracts and registrants of nothing", async () => {
  erp.answers("/contacts/3", "contacts-full");
  erp.answers("/contacts", "contacts-none");
  erp.answers("/contracts", "contracts-none");
  erp.answers("/contracts/1", "contract-get");
  erp.answers("/thirdparties", "tp-by-code");
  erp.answers("/thirdparties/1", "tp-get");
  erp.answers("/invoices", "invoices-none");
  erp.answers("/tickets", "tickets-list-none");
  expect(await use(contracts).ofPersons(["3"], call())).toEqual([[]]);
  const asked = [{ kind: "CUSTOMER", reference: "LOC000123" }] as const;
  expect(await use(registrations).byReferences(asked, call())).toEqual([[]]);
  const ofContract = { contractKey: "1", ...page };
  const [entries] = await use(accountEntries).ofContracts([ofContract], call());
  expect(entries!.items).toEqual([]);
  const all = { ...ofContract, state: "ALL" as const };
  const [requests] = await use(serviceRequests).ofContracts([all], call());
  expect(requests!.items).toEqual([]);
});

test("invoices of everybody, where a filter was ignored, make an account unusable", async () => {
  erp.answers("/contracts/1", "contract-get");
  erp.answers("/invoices", "err-badstatus");
  const asked = use(accountEntries).ofContracts([{ contractKey: "1", ...page }], call());
  await expect(asked).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("every sample in fixtures is read by a test", () => {
  const here = new URL(".", import.meta.url);
  const tests = readdirSync(here).filter((name) => /\.test\.ts$|^replay\.ts$/.test(name));
  const text = tests.map((name) => readFileSync(new URL(name, here), "utf8")).join("\n");
  const samples = readdirSync(new URL("fixtures/", here)).filter((name) => name.endsWith(".http"));
  const unread = samples.filter((name) => !text.includes(`"${name.slice(0, -".http".length)}"`));
  expect(samples.length).toBeGreaterThan(100);
  expect(unread).toEqual([]);
});
