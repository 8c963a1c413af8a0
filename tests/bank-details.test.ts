/** Bank details and direct debits: asked for by nobody but their owner, and told by mail. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { ask, asked, changeAt } from "./support/changes.ts";
import type { Client } from "./support/client.ts";
import { door, everyOddity, signedInAs, startTestDemo } from "./support/demo.ts";
import { mailSaying, mailsTo, mailTo } from "./support/mails.ts";

const landlord = "la-rochelle";
const iban = "FR7630006000011234567890189";
const logged: string[] = [];

let demo: Demo;
let front: Client;
let email: string;
let currentPassword: string;
let contractId: string;
beforeAll(async () => {
  demo = await startTestDemo({
    logTo: { write: (line) => void logged.push(line) },
    environment: { TROUSSEAU_LOG_LEVEL: "debug" },
  });
  front = await signedInAs(demo, landlord, "threeContracts");
  ({ email, password: currentPassword } = demo.accounts.find(
    (one) => one.landlord === landlord && one.oddity === everyOddity.threeContracts,
  )!);
  const { data } = await front("{ viewer { contracts { nodes { id status } } } }");
  type Node = { id: string; status: string };
  contractId = (data.viewer.contracts.nodes as Node[]).find(
    ({ status }) => status === "ACTIVE",
  )!.id;
});
afterAll(() => demo?.stop());

const account = () => ({ contractId, iban, bic: "AGRIFRPP", holder: "Camille Martin" });
const replace = (more: object = {}) =>
  ask(front, "F28-replace-bank-details", { ...account(), currentPassword, ...more });
const codes = ({ userErrors }: Awaited<ReturnType<typeof ask>>) =>
  userErrors.map(({ code, field }) => `${code} ${field?.join(".") ?? ""}`.trim());
const writes = async () => (await door(demo, landlord).writes()).length;

describe("bank details", () => {
  test("H-05 H-06 are replaced, and the person is told, with the IBAN masked", async () => {
    const before = (await mailsTo(demo, email)).length;
    const change = (await replace()).change!;
    await changeAt(front, change.id, "APPLIED");
    const mail = await mailTo(demo, email, before + 1);
    expect(mail.subject).toContain("coordonnées bancaires");
    expect(mail.text).toContain("FR76 •••• 0189");
    expect(mail.text.replace(/\s/g, "")).not.toContain(iban);
  });

  test("H-06 are not replaced, and nobody is told, without the password and with what is no IBAN", async () => {
    const [before, mails] = [await writes(), (await mailsTo(demo, email)).length];
    const typed = { iban: "FR7630006000011234567890188", bic: "AGRI", holder: " " };
    expect(codes(await replace({ ...typed, currentPassword: "guess" }))).toEqual([
      "IBAN_INVALID iban",
      "BIC_INVALID bic",
      "REQUIRED holder",
      "CURRENT_PASSWORD_WRONG currentPassword",
    ]);
    expect([await writes(), (await mailsTo(demo, email)).length]).toEqual([before, mails]);
  });

  test("H-06 of two requests at once are one of the two, never a mixture", async () => {
    const other = { iban: "FR1420041010050500013M02606", bic: "PSSTFRPPMON", holder: "Deux" };
    const both = await Promise.all([replace(), replace(other)]);
    for (const { change } of both) await changeAt(front, change!.id, "APPLIED");
    const held = await door(demo, landlord).contractsOf("threeContracts");
    const pairs = held.map(({ bank }) => bank && `${bank.iban} ${bank.holder}`);
    const wanted = new Set([`${iban} Camille Martin`, `${other.iban} ${other.holder}`]);
    expect(pairs.filter((pair) => pair && wanted.has(pair))).toHaveLength(1);
  });

  test("need no password for a repeat, which changes nothing", async () => {
    const idempotencyKey = randomUUID();
    const first = await replace({ idempotencyKey });
    await changeAt(front, first.change!.id, "APPLIED");
    const before = await writes();
    const again = await replace({ idempotencyKey, currentPassword: "" });
    expect(again.change).toMatchObject({ id: first.change!.id, status: "APPLIED" });
    expect(await writes()).toBe(before);
  });
});

describe("a direct debit", () => {
  test("is told by mail with its whole mandate, then moved, then stopped", async () => {
    await ask(front, "F27-stop-direct-debit", { contractId }).then(
      ({ change }) => change && changeAt(front, change.id, "APPLIED"),
    );
    const mandate = { ...account(), day: 10, mandateAccepted: true, currentPassword };
    const subscribed = await asked(front, "F27-subscribe-direct-debit", mandate);
    await changeAt(front, subscribed.id, "APPLIED");
    const { data } = await front(
      "query ($id: ID!) { contract(id: $id) { directDebit { mandateReference day } } }",
      { id: contractId },
    );
    const { mandateReference, day } = data.contract.directDebit;
    expect(day).toBe(10);
    const { text } = await mailSaying(demo, email, mandateReference);
    for (const part of ["FR57ZZZ900017", "FR76 •••• 0189", "8 semaines"]) {
      expect(text).toContain(part);
    }
    const again = await ask(front, "F27-subscribe-direct-debit", mandate);
    expect(codes(again)).toEqual(["ALREADY_SUBSCRIBED contractId"]);
    const same = await ask(front, "F27-change-direct-debit-day", { contractId, day: 10 });
    expect(codes(same)).toEqual(["DAY_UNCHANGED day"]);
    const moved = await asked(front, "F27-change-direct-debit-day", { contractId, day: 15 });
    await changeAt(front, moved.id, "APPLIED");
    const stopped = await asked(front, "F27-stop-direct-debit", { contractId });
    await changeAt(front, stopped.id, "APPLIED");
    await mailSaying(demo, email, "prélevé le 15 du mois");
  });

  test("that is not there is neither moved nor stopped", async () => {
    const stop = await ask(front, "F27-stop-direct-debit", { contractId });
    expect(codes(stop)).toEqual(["NO_DIRECT_DEBIT contractId"]);
    const move = await ask(front, "F27-change-direct-debit-day", { contractId, day: 7 });
    expect(codes(move)).toEqual(["DAY_NOT_OFFERED day", "NO_DIRECT_DEBIT contractId"]);
  });

  test("needs a day that the landlord offers, and the mandate accepted", async () => {
    for (const day of [null, 7]) {
      const typed = { ...account(), day, mandateAccepted: false, currentPassword };
      expect(codes(await ask(front, "F27-subscribe-direct-debit", typed))).toEqual([
        "DAY_NOT_OFFERED day",
        "MANDATE_NOT_ACCEPTED mandateAccepted",
      ]);
    }
  });
});

test("a neighbour finds no such contract", async () => {
  const neighbour = await signedInAs(demo, landlord, "everything");
  const { errors } = await ask(neighbour, "F28-replace-bank-details", {
    ...account(),
    currentPassword,
  });
  expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});

test("ten wrong passwords are enough", async () => {
  const told: string[] = [];
  for (let count = 0; count < 11; count += 1) {
    told.push(...codes(await replace({ currentPassword: `guess ${count}` })));
  }
  expect(told.at(-1)).toBe("TOO_MANY_ATTEMPTS");
  expect(codes(await replace())).toEqual(["TOO_MANY_ATTEMPTS"]);
});

test("H-05 no log line holds an IBAN, a holder or a password", () => {
  const all = logged.join("\n");
  expect(all.length).toBeGreaterThan(0);
  for (const secret of [iban, "FR1420041010050500013M02606", "Camille Martin", currentPassword]) {
    expect(all).not.toContain(secret);
  }
});
