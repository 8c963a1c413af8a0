import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signatureOf } from "../gateway/webhooks/signature.ts";
import type { Demo } from "../mocks/demo/start.ts";
import { operation, type Client } from "./support/client.ts";
import { door, signedInAs, startTestDemo } from "./support/demo.ts";
import { mailTo, mailsTo } from "./support/mails.ts";
import { sendUpload } from "./support/uploads.ts";

const landlord = "la-rochelle";
const secret = "pavois-demo-signs-with-this-secret";

let demo: Demo;
let front: Client;
let contractId: string;
let contractKey: string;
beforeAll(async () => {
  demo = await startTestDemo();
  front = await signedInAs(demo, landlord, "everything");
  const { data } = await front("{ viewer { contracts { nodes { id number } } } }");
  [{ id: contractId }] = data.viewer.contracts.nodes;
  const [contract] = await door(demo, landlord).contractsOf("everything");
  contractKey = contract!.key;
});
afterAll(() => demo?.stop());

async function catalogue() {
  const { data } = await front(operation("F37-request-catalogue"), { contractId });
  const { places, reasons } = data.contract.requestCatalogue;
  const reason = reasons.find(({ placeNeeded }: { placeNeeded: boolean }) => placeNeeded);
  return { places, reasons, reason };
}

let keys = 0;
async function create(more: object = {}, who = front) {
  const { places, reason } = await catalogue();
  const input = {
    contractId,
    reasonId: reason.id,
    placeId: places[0].id,
    description: "L’eau coule\r\nsous l’évier.",
    idempotencyKey: `request-${(keys += 1)}`,
    ...more,
  };
  const answer = await who(operation("F37-create-request"), { input });
  return { ...answer, input, ...answer.data?.createServiceRequest };
}

const tell = (
  request: string,
  { timestamp = Math.floor(Date.now() / 1000), key = secret } = {},
) => {
  const body = JSON.stringify({ request });
  return fetch(`${demo.url}/webhooks/${landlord}/requests`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-trousseau-timestamp": String(timestamp),
      "x-trousseau-signature": signatureOf(key, String(timestamp), Buffer.from(body)),
    },
    body,
  }).then(({ status }) => status);
};

describe("a new request", () => {
  test("reaches the ERP once with its photos, can be looked at, and its progress is mailed", async () => {
    const { email } = demo.accounts.find(
      (one) => one.landlord === landlord && one.oddity.length > 0 && one.email.includes("leger"),
    )!;
    const photo = await sendUpload(front, "REQUEST_PHOTO");
    const before = (await mailsTo(demo, email)).length;
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const { change, userErrors, input } = await create({
      availabilities: [{ date: tomorrow, from: "08:30", to: "12:00" }],
      contactPhone: "+33612345678",
      photoIds: [photo.id],
    });
    expect(userErrors).toEqual([]);
    expect(change).toMatchObject({ status: "APPLIED", serviceRequestId: expect.any(String) });
    const again = await front(operation("F37-create-request"), { input });
    expect(again.data.createServiceRequest.change.receipt).toBe(change.receipt);

    const writes = (await door(demo, landlord).writes()).filter(
      ({ reference }) => reference === change.receipt,
    );
    expect(writes).toMatchObject([
      {
        kind: "serviceRequestCreations",
        contract: contractKey,
        content: {
          description: "L’eau coule\nsous l’évier.",
          availabilities: [{ day: tomorrow, from: "08h30", to: "12h00" }],
          photos: [expect.anything()],
        },
      },
    ]);
    const { data } = await front(operation("F38-request"), { id: change.serviceRequestId });
    expect(data.serviceRequest).toMatchObject({ status: "RECEIVED", category: "TECHNICAL" });

    const { number } = data.serviceRequest;
    const first = await mailTo(demo, email, before + 1);
    expect(first.subject).toContain(`Votre demande n° ${number} : reçue`);
    const world = await door(demo, landlord).contract(contractKey);
    const step = { status: "SCHEDULED", comment: "Passage jeudi <8 h>." };
    await door(demo, landlord).progress(contractKey, {
      ...step,
      number: world.requests[0]!.number,
    });
    expect(await tell(number)).toBe(202);
    const second = await mailTo(demo, email, before + 2);
    expect(second.subject).toContain("intervention planifiée");
    expect(second.text).toContain("« Passage jeudi <8 h>. »");
    expect(second.text).not.toContain("évier");
  });

  test("is told all that is wrong with it at once, and then goes nowhere", async () => {
    const before = (await door(demo, landlord).writes()).length;
    const { places } = await catalogue();
    const { change, userErrors } = await create({
      reasonId: places[0].id,
      placeId: "x",
      description: "   ",
      availabilities: [
        { date: "2020-01-01", from: "12:00", to: "08:00" },
        { date: "2099-01-01", from: "8h", to: "25:00" },
      ],
      photoIds: ["x"],
    });
    expect(change).toBeNull();
    const told = userErrors.map((error: { code: string; field: string[] }) => [
      error.code,
      error.field.join("."),
    ]);
    expect(told).toEqual([
      ["NOT_IN_CATALOGUE", "reasonId"],
      ["NOT_IN_CATALOGUE", "placeId"],
      ["REQUIRED", "description"],
      ["IN_THE_PAST", "availabilities.0.date"],
      ["HOURS_REVERSED", "availabilities.0.to"],
      ["INVALID_FORMAT", "availabilities.1.from"],
      ["INVALID_FORMAT", "availabilities.1.to"],
      ["UPLOAD_NOT_USABLE", "photoIds"],
    ]);
    const lacking = await create({ placeId: null });
    expect(lacking.userErrors).toMatchObject([{ code: "REQUIRED", field: ["placeId"] }]);
    const many = await create({
      description: "x".repeat(4001),
      photoIds: ["x", "x", "x", "x", "x", "x"],
    });
    expect(many.userErrors).toMatchObject([
      { code: "TOO_LONG", field: ["description"] },
      { code: "TOO_MANY", field: ["photoIds"] },
    ]);
    expect((await door(demo, landlord).writes()).length).toBe(before);
  });

  test("takes no ids of another contract's catalogue, nor another's contract", async () => {
    const other = await signedInAs(demo, landlord, "threeContracts");
    const { errors } = await create({}, other);
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    const { data } = await other("{ viewer { contracts { nodes { id } } } }");
    const { userErrors } = await create({ contractId: data.viewer.contracts.nodes[0].id }, other);
    expect(userErrors.map(({ code }: { code: string }) => code)).toEqual([
      "NOT_IN_CATALOGUE",
      "NOT_IN_CATALOGUE",
    ]);
  });
});

describe("the landlord's system, when it tells of a request,", () => {
  test("H-07 must have signed it, now, and only once", async () => {
    const now = Math.floor(Date.now() / 1000);
    expect(await tell("D1", { key: "x".repeat(32) })).toBe(401);
    expect(await tell("D1", { timestamp: now - 310 })).toBe(401);
    expect(await tell("D1", { timestamp: now + 310 })).toBe(401);
    expect(await tell("D1", { timestamp: now - 290 })).toBe(404);
    expect(await tell("D1", { timestamp: now - 290 })).toBe(409);
    expect(await tell("", { timestamp: now })).toBe(400);
    const elsewhere = await fetch(`${demo.url}/webhooks/chartres/requests`, { method: "POST" });
    expect(elsewhere.status).toBe(404);
  });
});
