/** What Pavois cannot hold is refused without a call; what it can hold arrives as it was written. */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { oddities } from "../../../mocks/world/oddities.ts";
import { cardPayments } from "../../ports/billing-changes.ts";
import {
  billingAddressChanges,
  insuranceRenewals,
  occupantChanges,
} from "../../ports/contract-changes.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import { serviceRequestCreations } from "../../ports/request-changes.ts";
import { surveyAnswers } from "../../ports/surveys.ts";
import { call, change, fileOf, startHouse, type House } from "./testing/house.ts";
import { add, address, euros, payment, policy, request } from "./testing/samples.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

const calls = async () => ((await house.door("/calls")) as { total: number }).total;
const invalid = { state: "REJECTED", reason: "INVALID" };
const unknown = { state: "REJECTED", reason: "UNKNOWN_THING" };

const big = { ...fileOf("a.pdf", "application/pdf", new Uint8Array(4)).ref, sizeBytes: 10_485_761 };

describe("Without a call", () => {
  beforeEach(() => house.door("/calls", "DELETE"));

  it.each<[string, () => Promise<unknown>, unknown]>([
    [
      "a surname of 61 characters",
      () => house.submit(occupantChanges, add({ surname: "é".repeat(61) })),
      invalid,
    ],
    [
      "a character that XML has not",
      () => house.submit(occupantChanges, add({ surname: "a\u0001b" })),
      invalid,
    ],
    ["half a character", () => house.submit(occupantChanges, add({ surname: "a\ud83d" })), invalid],
    [
      "an amount of nothing",
      () => house.submit(cardPayments, { ...payment, amount: euros("0.00") }),
      invalid,
    ],
    [
      "a negative amount",
      () => house.submit(cardPayments, { ...payment, amount: euros("-5.00") }),
      invalid,
    ],
    [
      "four lines of an address",
      () =>
        house.submit(billingAddressChanges, {
          recipient: "X",
          address: { ...address, lines: ["1", "2", "3", "4"] },
        }),
      invalid,
    ],
    [
      "a line of 39 characters",
      () => house.submit(personChanges, { address: { ...address, lines: ["x".repeat(39)] } }),
      invalid,
    ],
    [
      "a telephone that is none",
      () => house.submit(personChanges, { phones: ["+12345"] }),
      invalid,
    ],
    [
      "an insurance that ends first",
      () => house.submit(insuranceRenewals, { ...policy, validTo: "2025-12-31" }),
      invalid,
    ],
    [
      "a file of more than 10 MB",
      () => house.submit(insuranceRenewals, { ...policy, certificate: big }),
      invalid,
    ],
    [
      "a time that ends first",
      () =>
        house.submit(serviceRequestCreations, {
          ...request,
          availabilities: [{ day: "2026-12-01", from: "12:00", to: "08:00" }],
        }),
      invalid,
    ],
    [
      "a reason that is no key",
      () => house.submit(serviceRequestCreations, { ...request, reasonKey: "x" }),
      unknown,
    ],
    [
      "a signatory as occupant",
      () => house.submit(occupantChanges, { action: "REMOVE", key: "T0000001", leftOn: null }),
      unknown,
    ],
    [
      "more than 60 MB of files in all",
      () => {
        const notice = { ...big, sizeBytes: 10_000_000 };
        const member = {
          key: null,
          surname: "X",
          givenName: "Y",
          birthDate: "1990-01-01",
          occupation: null,
          taxIncome: null,
          taxNotice: notice,
        };
        return house.submit(surveyAnswers, {
          surveyKey: "Q00002001",
          householdStatus: "SINGLE",
          members: Array.from({ length: 7 }, () => member),
        });
      },
      invalid,
    ],
  ])("%s is refused", async (_, sent, refusal) => {
    expect(await sent()).toEqual(refusal);
    expect(await calls()).toBe(0);
  });
});

describe("Text", () => {
  const nasty = [
    "]]><a/>",
    "&x;",
    "<![CDATA[",
    "<!--",
    "é’œ–€",
    "😀👩‍👩‍👧",
    "\"'",
    "\u0000",
    "\ufffe",
    "\t\n",
    "x\r\ny",
    "&#13;",
  ];
  const text = fc
    .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: "binary", maxLength: 6 })), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => parts.join("").trim())
    .filter((joined) => joined !== "" && joined.length <= 4000);

  it("arrives as it was written, or is refused", async () => {
    const results = { arrived: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(text, async (description) => {
        const sent = change(
          { contract: house.contractOf(oddities.debt) },
          { ...request, description },
        );
        const outcome = await house.ports.use(serviceRequestCreations).submit(sent, call);
        const [applied] = await house.applied(sent.operationId);
        if (outcome.state === "REJECTED") {
          expect([outcome, applied]).toEqual([invalid, undefined]);
          results.refused++;
        } else {
          expect(applied!.content).toMatchObject({ description });
          results.arrived++;
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(Math.min(results.arrived, results.refused)).toBeGreaterThan(5);
  });
});
