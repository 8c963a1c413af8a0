/** The mock itself, called by hand: it takes what the guide says, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MockProvider } from "../checkout/provider.ts";
import { signatureOf, signed } from "./signature.ts";
import { startLyra } from "./start.ts";

const shop = {
  siteId: "12345678",
  mode: "TEST",
  key: "lyra-key-12345",
  apiPassword: "password-1",
} as const;

let lyra: MockProvider;
beforeAll(async () => {
  lyra = await startLyra({ shops: [shop] });
});
afterAll(() => lyra.close());

let number = 0;
const usual = (): Record<string, string> => ({
  vads_action_mode: "INTERACTIVE",
  vads_amount: "12050",
  vads_ctx_mode: "TEST",
  vads_currency: "978",
  vads_order_id: "ORDER1",
  vads_page_action: "PAYMENT",
  vads_payment_config: "SINGLE",
  vads_return_mode: "GET",
  vads_site_id: shop.siteId,
  vads_trans_date: new Date().toISOString().replace(/\D/g, "").slice(0, 14),
  vads_trans_id: String((number += 1)).padStart(6, "0"),
  vads_url_return: "http://127.0.0.1:9/r",
  vads_version: "V2",
});
const post = (fields: Record<string, string>) =>
  fetch(`${lyra.url}/vads-payment/`, { method: "POST", body: new URLSearchParams(fields) });
const open = (change: Record<string, string> = {}) =>
  post(signed({ ...usual(), ...change }, shop.key));

it("signs as the provider's own example does", () => {
  const fields = {
    vads_version: "V2",
    vads_page_action: "PAYMENT",
    vads_action_mode: "INTERACTIVE",
    vads_payment_config: "SINGLE",
    vads_site_id: "12345678",
    vads_ctx_mode: "TEST",
    vads_trans_id: "123456",
    vads_trans_date: "20170129130025",
    vads_amount: "5124",
    vads_currency: "978",
  };
  expect(signatureOf(fields, "1122334455667788")).toBe(
    "ycA5Do5tNvsnKdc/eP1bj2xa19z9q3iWPy9/rpesfS0=",
  );
});

describe("a form", () => {
  it("as the guide says opens a page in French", async () => {
    const answer = await open();
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toContain('<html lang="fr">');
    expect(text).toMatch(/120,50.€/);
  });

  it.each([
    ["vads_amount", "0"],
    ["vads_amount", "12.50"],
    ["vads_currency", "840"],
    ["vads_ctx_mode", "PRODUCTION"],
    ["vads_site_id", "87654321"],
    ["vads_trans_id", "12345"],
    ["vads_trans_date", "20200101000000"],
    ["vads_version", "V1"],
    ["vads_unheard_of", "1"],
  ])("with %s = %s is refused", async (field, value) => {
    expect((await open({ [field]: value })).status).toBe(400);
  });

  it("without its signature, or with another's, is refused", async () => {
    expect((await post(usual())).status).toBe(400);
    expect((await post(signed(usual(), "another-key"))).status).toBe(400);
  });

  it("with a number that the shop has had that day is refused", async () => {
    expect((await open({ vads_trans_id: "zz0001" })).status).toBe(200);
    expect((await open({ vads_trans_id: "zz0001" })).status).toBe(400);
  });
});

describe("a payment", () => {
  const order = (orderId: string, password: string = shop.apiPassword) =>
    fetch(`${lyra.url}/api-payment/V4/Order/Get`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${shop.siteId}:${password}`).toString("base64")}`,
      },
      body: JSON.stringify({ orderId }),
    }).then(async (answer) => ({ status: answer.status, ...((await answer.json()) as object) }));

  it("is found by the shop that asks, once somebody tried to make it", async () => {
    expect(await order("ORDER2")).toMatchObject({ answer: { errorCode: "PSP_010" } });
    const page = await (await open({ vads_order_id: "ORDER2" })).text();
    const action = /action="([^"]+)"/.exec(page)![1]!;
    const back = await fetch(new URL(action, lyra.url), {
      method: "POST",
      body: new URLSearchParams({ decision: "payer" }),
      redirect: "manual",
    });
    const carried = Object.fromEntries(new URL(back.headers.get("location")!).searchParams);
    expect(carried).toMatchObject({ vads_trans_status: "AUTHORISED", vads_order_id: "ORDER2" });
    expect(carried["vads_hash"]).toBeUndefined();
    expect(carried["signature"]).toBe(signatureOf(carried, shop.key));
    expect(await order("ORDER2")).toMatchObject({
      status: "SUCCESS",
      answer: { transactions: [{ detailedStatus: "AUTHORISED", amount: 12050 }] },
    });
    expect(await order("ORDER2", "wrong")).toMatchObject({ answer: { errorCode: "INT_905" } });
  });
});
