/** The way of a payment through the whole house: gateway, store, mock providers, mock ERPs. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Demo } from "../../mocks/demo/start.ts";
import { bookingOf } from "../../payments/booking.ts";
import { startPayment } from "../../payments/start.ts";
import { decide } from "../../payments/testing/counter.ts";
import { erpOf, startTestDemo } from "../../tests/support/demo.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo();
});
afterAll(() => demo?.stop());

const landlords = ["aubervilliers", "chartres", "immo-paris", "ivry", "la-rochelle"] as const;
const providerOf = (landlord: string) =>
  ["aubervilliers", "la-rochelle"].includes(landlord) ? "payfip" : "lyra";

const deskOf = (landlord: string) => demo.gateway.house.payments.desks.get(landlord)!;

async function begin(landlord: string, idempotencyKey: string, amount = "57.30") {
  const account = demo.accounts.find((one) => one.landlord === landlord)!;
  const { store } = demo.gateway.house;
  const { id } = (await store.accounts.byEmail(landlord, account.email))!;
  const contract = erpOf(demo, landlord).world.contracts[0]!;
  const started = await startPayment(deskOf(landlord), {
    accountId: id,
    personKey: "P1",
    contractKey: `contract-${contract.number}`,
    label: `Contrat ${contract.number}`,
    email: account.email,
    language: "fr",
    amount,
    due: null,
    blocked: false,
    idempotencyKey,
    requestId: "test",
  });
  if (started.outcome !== "REDIRECT") throw new Error(started.outcome);
  return started;
}

const stateOf = async (landlord: string, id: string) =>
  (await demo.gateway.house.store.payments.find(landlord, id))!.state;

describe.each(landlords)("at %s", (landlord) => {
  it("a payment is begun by the landlord's own provider", () => {
    expect(deskOf(landlord).rules).toMatchObject({
      provider: providerOf(landlord),
      partial: true,
      minimum: "1.00",
    });
  });

  it("the provider's news reaches the store, and a booking is submitted with it", async () => {
    const started = await begin(landlord, "paid-once");
    const back = await decide(started, "payer");
    expect(back.status).toBe(200);
    expect(await back.text()).toContain("en cours de confirmation");
    const { id } = started.payment;
    await expect.poll(() => stateOf(landlord, id), { timeout: 5_000 }).toBe("PAID");
    const payment = (await demo.gateway.house.store.payments.find(landlord, id))!;
    const { changes } = demo.gateway.house.store;
    const booking = await changes.repeated({
      landlord,
      accountId: payment.accountId,
      ...bookingOf(payment),
    });
    const served = demo.gateway.house.landlords.find((one) => one.landlord.id === landlord)!;
    if (served.ports.served.includes("cardPayments")) {
      expect(booking?.change).toMatchObject({ kind: "CARD_PAYMENT" });
    } else expect(booking).toBeNull();
  });
});

describe("the address for notifications", () => {
  const post = (path: string, body: string, type = "application/x-www-form-urlencoded") =>
    fetch(`${demo.url}${path}`, { method: "POST", headers: { "content-type": type }, body });

  it.each([
    ["of a landlord that is none", "/notifications/lyra/nobody", 404],
    ["of another provider than the landlord's", "/notifications/lyra/la-rochelle", 404],
    ["without a signature", "/notifications/lyra/chartres", 400],
    ["about a payment that is none", "/notifications/payfip/la-rochelle", 404],
  ])("refuses one %s", async (_what, path, status) => {
    const body = "idop=3f2b8c1e-0000-4000-8000-000000000000&vads_site_id=28000001";
    expect((await post(path, body)).status).toBe(status);
  });

  it.each(["application/json", "text/xml", "multipart/form-data; boundary=x"])(
    "refuses what is no form (%s), and reads none of it",
    async (type) => {
      expect((await post("/notifications/lyra/chartres", "{", type)).status).toBe(400);
    },
  );

  it("refuses more than a provider ever sends", async () => {
    const body = `vads_x=${"a".repeat(70_000)}`;
    expect((await post("/notifications/lyra/chartres", body)).status).toBe(413);
  });

  it("refuses the form that the browser was given, though its signature is right", async () => {
    const { redirect, payment } = await begin("ivry", "own-form");
    if (redirect.method !== "POST") throw new Error("no form");
    const fields = redirect.fields.map(({ name, value }) => [name, value] as [string, string]);
    const paid: [string, string][] = [["vads_trans_status", "AUTHORISED"]];
    for (const form of [fields, [...fields, ...paid]]) {
      const body = new URLSearchParams(form).toString();
      expect((await post("/notifications/lyra/ivry", body)).status).toBe(400);
    }
    expect(await stateOf("ivry", payment.id)).toBe("REDIRECTED");
  });
});

describe("the way back", () => {
  it.each(["GET", "POST"])("by %s says nothing about the payment, to anybody", async (method) => {
    const { payment } = await begin("chartres", `back-${method}`);
    const answer = await fetch(`${demo.url}/payments/return/chartres/${payment.id}`, {
      method,
      ...(method === "POST" && { body: new URLSearchParams({ vads_trans_status: "AUTHORISED" }) }),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const text = await answer.text();
    for (const secret of [payment.id, payment.amount, payment.contractKey, payment.label]) {
      expect(text).not.toContain(secret);
    }
    expect(await stateOf("chartres", payment.id)).toBe("REDIRECTED");
  });

  it("leads nowhere for a payment that is none, or another landlord's", async () => {
    const { payment } = await begin("chartres", "elsewhere");
    for (const path of [`ivry/${payment.id}`, "chartres/x", "nobody/x"]) {
      expect((await fetch(`${demo.url}/payments/return/${path}`)).status, path).toBe(404);
    }
  });
});
