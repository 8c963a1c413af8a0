import { describe, expect, it } from "vitest";
import { readNotification } from "./notification.ts";
import { isSigned, sign } from "./signature.ts";
import { meaningOf } from "./statuses.ts";
import { compactUtc, fromCompactUtc } from "./time.ts";

const settings = {
  formUrl: "https://secure.payzen.eu/vads-payment/",
  apiUrl: "https://api.payzen.eu",
  siteId: "12345678",
  mode: "TEST",
  key: "1122334455667788",
  apiPassword: "api-password",
} as const;

const uuid = "5d4b401773724d8880b219e9be5d5173";
const reference = "0ABCDEFGHIJKLMNOPQRSTUVWX";

/** As Lyra sends them, some of them empty, one with letters beyond ASCII. */
const fields: Record<string, string> = {
  vads_amount: "12050",
  vads_auth_number: "3fe4e0",
  vads_ctx_mode: "TEST",
  vads_currency: "978",
  vads_cust_name: "Hélène Léger + fils",
  vads_effective_amount: "12050",
  vads_effective_creation_date: "20261121081530",
  vads_extra_result: "",
  vads_hash: "ab12",
  vads_operation_type: "DEBIT",
  vads_order_id: reference,
  vads_site_id: "12345678",
  vads_trans_id: "000016",
  vads_trans_status: "AUTHORISED",
  vads_trans_uuid: uuid,
  vads_url_check_src: "PAY",
};

const raw = (body: string | Uint8Array, contentType = "application/x-www-form-urlencoded") => ({
  body: typeof body === "string" ? Buffer.from(body) : body,
  contentType,
  query: "",
});
const form = (pairs: Record<string, string>) => new URLSearchParams(pairs).toString();
const signed = (change: Record<string, string> = {}, key: string = settings.key) => {
  const all = { ...fields, ...change };
  const signature = sign(Object.entries(all), key);
  return { ...all, signature } as Record<string, string>;
};
const read = (change?: Record<string, string>) =>
  readNotification(raw(form(signed(change))), settings);
const kindOf = (pairs: Record<string, string>) => readNotification(raw(form(pairs)), settings).kind;

describe("the signature", () => {
  it("is that of the provider's own example", () => {
    const example = {
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
      other: "is not signed",
    };
    const signature = "ycA5Do5tNvsnKdc/eP1bj2xa19z9q3iWPy9/rpesfS0=";
    expect(sign(Object.entries(example), "1122334455667788")).toBe(signature);
    expect(isSigned(Object.entries(example), signature, "1122334455667788")).toBe(true);
    expect(isSigned(Object.entries(example), signature, "1122334455667789")).toBe(false);
    expect(isSigned(Object.entries(example), "", "1122334455667788")).toBe(false);
  });

  it("covers every field that came, empty ones too, and no field that did not", () => {
    const right = signed();
    expect(kindOf(right)).toBe("NEWS");
    for (const name of Object.keys(fields)) {
      const { [name]: _gone, ...without } = right;
      expect(kindOf(without), `without ${name}`).toBe("REJECTED");
      expect(kindOf({ ...right, [name]: `${fields[name]}1` }), `other ${name}`).toBe("REJECTED");
    }
    expect(kindOf({ ...right, vads_new: "" })).toBe("REJECTED");
    expect(kindOf({ ...right, unsigned: "x" })).toBe("NEWS");
  });

  it("does not fit a body that was written anew", () => {
    const right = signed();
    const trimmed = Object.fromEntries(
      Object.entries(right).map(([name, value]) => [name, value.replaceAll(" ", "")]),
    );
    const latin = form(right).replace("H%C3%A9l%C3%A8ne+L%C3%A9ger", "H%E9l%E8ne+L%E9ger");
    const bytes = Buffer.from(form(right).replace("H%C3%A9l%C3%A8ne", "H\xe9l\xe8ne"), "latin1");
    expect(kindOf(trimmed)).toBe("REJECTED");
    expect(readNotification(raw(latin), settings).kind).toBe("REJECTED");
    expect(readNotification(raw(bytes), settings).kind).toBe("REJECTED");
  });

  it("is none for a field that comes twice, whichever of both was signed", () => {
    for (const more of ["vads_amount=1", "vads_amount=12050", "signature=x"]) {
      expect(readNotification(raw(`${form(signed())}&${more}`), settings).kind).toBe("REJECTED");
      expect(readNotification(raw(`${more}&${form(signed())}`), settings).kind).toBe("REJECTED");
    }
  });

  it("made with another key, or for another shop or mode, is none", () => {
    expect(kindOf(signed({}, "8877665544332211"))).toBe("REJECTED");
    expect(kindOf(signed({ vads_site_id: "87654321" }))).toBe("REJECTED");
    expect(kindOf(signed({ vads_ctx_mode: "PRODUCTION" }))).toBe("REJECTED");
  });

  it("of what a browser brings back makes no notification", () => {
    expect(kindOf(signed({ vads_hash: "" }))).toBe("REJECTED");
  });
});

describe("a notification", () => {
  it("of money taken says how much, when and by what", () => {
    expect(read()).toEqual({
      kind: "NEWS",
      reference,
      event: `${uuid}:DEBIT:AUTHORISED`,
      news: {
        state: "PAID",
        amount: "120.50",
        paidAt: "2026-11-21T08:15:30.000Z",
        transaction: uuid,
        means: "CARD",
        authorisation: "3fe4e0",
      },
    });
  });

  it("that comes again is the same event, and later news of the same money is another", () => {
    const event = (change: Record<string, string>) => {
      const found = read(change);
      return found.kind === "NEWS" ? found.event : found;
    };
    for (const source of ["BO", "RETRY", "BATCH"]) {
      expect(event({ vads_url_check_src: source, vads_hash: "cd34" })).toBe(event({}));
    }
    expect(event({ vads_trans_status: "CAPTURED" })).not.toBe(event({}));
    expect(event({ vads_operation_type: "CREDIT" })).not.toBe(event({}));
  });

  it("tells what was taken, not what was asked for", () => {
    expect(read({ vads_effective_amount: "12000" })).toMatchObject({ news: { amount: "120.00" } });
    expect(read({ vads_effective_amount: "" })).toMatchObject({ news: { amount: "120.50" } });
  });

  it.each([
    ["AUTHORISED_TO_VALIDATE", { state: "WAITING" }],
    ["WAITING_AUTHORISATION", { state: "WAITING" }],
    ["UNDER_VERIFICATION", { state: "WAITING" }],
    ["REFUSED", { state: "REFUSED", transaction: uuid }],
    ["ABANDONED", { state: "ABANDONED" }],
    ["EXPIRED", { state: "EXPIRED" }],
    ["CANCELLED", { state: "REVERSED", transaction: uuid }],
    ["CAPTURE_FAILED", { state: "REVERSED", transaction: uuid }],
  ])("of %s is no payment", (status, news) => {
    expect(read({ vads_trans_status: status })).toMatchObject({ kind: "NEWS", news });
  });

  it("of money given back is no payment, whatever its status", () => {
    expect(read({ vads_operation_type: "CREDIT", vads_trans_status: "CAPTURED" })).toMatchObject({
      news: { state: "REVERSED", transaction: uuid },
    });
  });

  it.each([
    ["a status that is not known", { vads_trans_status: "CONSTRUCTOR" }],
    ["a status of every object", { vads_trans_status: "constructor" }],
    ["another currency", { vads_currency: "840" }],
    ["no transaction", { vads_trans_uuid: "" }],
    ["a day that cannot be", { vads_effective_creation_date: "20260231081530" }],
    ["an amount that is none", { vads_effective_amount: "1e9" }],
    ["a negative amount", { vads_effective_amount: "-12050" }],
  ])("with %s is not understood, and says so without repeating it", (_what, change) => {
    const found = read(change);
    expect(found.kind).toBe("REJECTED");
    for (const value of Object.values(change)) {
      if (value !== "") expect(JSON.stringify(found)).not.toContain(value);
    }
  });

  it("is a form and nothing else", () => {
    expect(readNotification(raw(form(signed()), "application/json"), settings).kind).toBe(
      "REJECTED",
    );
    expect(readNotification(raw(form(signed()), ""), settings).kind).toBe("REJECTED");
  });
});

describe("Lyra's words", () => {
  it("for states are known, and no others", () => {
    expect(meaningOf("CAPTURED")).toBe("PAID");
    expect(meaningOf("toString")).toBeNull();
    expect(meaningOf("")).toBeNull();
  });

  it("for moments are UTC without a sign between", () => {
    expect(compactUtc(new Date("2026-11-21T23:59:58.999+01:00"))).toBe("20261121225958");
    expect(fromCompactUtc("20261121225958")).toBe("2026-11-21T22:59:58.000Z");
    expect(fromCompactUtc("20261321225958")).toBeNull();
    expect(fromCompactUtc("")).toBeNull();
  });
});
