import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { operation } from "./support/client.ts";
import {
  door,
  money,
  signedInAs,
  startTestDemo,
  type HeldContract,
  type OddityName,
} from "./support/demo.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo();
});
afterAll(() => demo?.stop());

const landlords = ["la-rochelle", "chartres"];
const everybody: OddityName[] = [
  "twoSurnames",
  "accents",
  "particle",
  "birthSurname",
  "cotenantFirst",
  "cotenantSecond",
  "threeContracts",
  "noEmail",
  "ended",
  "debt",
  "zero",
  "empty",
  "everything",
  "single",
  "credit",
  "large",
  "many",
  "upcoming",
];

const address = ({ lines, postalCode, city }: HeldContract["billing"]["address"]) => ({
  lines,
  postalCode,
  city,
});

/** What the home page must show of a contract, made of what the ERP holds. */
function shown(contract: HeldContract) {
  const open = contract.requests
    .filter(({ updates }) => !["DONE", "CANCELLED"].includes(updates.at(-1)!.status))
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const side =
    contract.balanceCents === 0 ? "SETTLED" : contract.balanceCents > 0 ? "DEBTOR" : "CREDITOR";
  const newest = contract.notices[0];
  return {
    paymentMethod: contract.paymentMethod,
    units: contract.units.map(({ reference, kind, label, address: place }) => ({
      reference,
      kind,
      label,
      address: address(place),
    })),
    balance: {
      amount: { amount: money(Math.abs(contract.balanceCents)), currencyCode: "EUR" },
      side,
      late: contract.late,
    },
    insurance: contract.insurance && {
      insurer: contract.insurance.insurer,
      policyNumber: contract.insurance.policyNumber,
      validFrom: contract.insurance.from,
      validTo: contract.insurance.to,
    },
    billingAddress: {
      recipient: contract.billing.recipient,
      address: address(contract.billing.address),
    },
    serviceRequests: open.slice(0, 5).map((request) => ({
      reason: request.reason,
      status: request.updates.at(-1)!.status,
      createdAt: Date.parse(request.createdAt),
    })),
    rentNotices: newest
      ? [
          {
            dueDate: newest.dueDate,
            total: {
              amount: money(newest.lines.reduce((sum, line) => sum + line.cents, 0)),
              currencyCode: "EUR",
            },
          },
        ]
      : [],
  };
}

/** The answer without what is ours alone: ids, titles, the landlord's number of a request. */
// oxlint-disable-next-line typescript/no-explicit-any -- an answer's JSON
function comparable(node: any) {
  const { amount, side, late } = node.balance;
  return {
    paymentMethod: node.paymentMethod,
    units: node.units,
    balance: { amount, side, late },
    insurance: node.insurance,
    billingAddress: node.billingAddress,
    // oxlint-disable-next-line typescript/no-explicit-any -- an answer's JSON
    serviceRequests: node.serviceRequests.nodes.map(({ reason, status, createdAt }: any) => ({
      reason,
      status,
      createdAt: Date.parse(createdAt),
    })),
    // oxlint-disable-next-line typescript/no-explicit-any -- an answer's JSON
    rentNotices: node.rentNotices.nodes.map(({ dueDate, total }: any) => ({ dueDate, total })),
  };
}

describe.each(landlords)("F12 the home page at %s, in one request,", (landlord) => {
  test.each(everybody)("equals what the ERP holds for: %s", async (oddity) => {
    const front = await signedInAs(demo, landlord, oddity);
    const { data, errors } = await front(operation("F12-home"));
    expect(errors).toBeUndefined();
    const held = await door(demo, landlord).contractsOf(oddity);
    const { nodes } = data.viewer.contracts;
    expect(nodes).toHaveLength(held.length);
    const byUnit = (one: { units: { reference: string }[] }) => one.units[0]!.reference;
    const answered = nodes
      .map(comparable)
      .toSorted((a: never, b: never) => byUnit(a).localeCompare(byUnit(b)));
    const expected = held.map(shown).toSorted((a, b) => byUnit(a).localeCompare(byUnit(b)));
    expect(answered).toEqual(expected);
    expect(data.landlord.id).toBe(landlord);
  });

  test("shows the contract number as the landlord prints it", async () => {
    const front = await signedInAs(demo, landlord, "everything");
    const { data } = await front(operation("F12-home"));
    const printed = landlord === "la-rochelle" ? /^L\/\d{7}$/ : /^\d{10}B$/;
    for (const { number } of data.viewer.contracts.nodes) expect(number).toMatch(printed);
  });

  test("costs the ERP few calls, one after the other at most twice", async () => {
    const front = await signedInAs(demo, landlord, "threeContracts");
    await door(demo, landlord).forgetCalls();
    await front(operation("F12-home"));
    const { calls } = await door(demo, landlord).calls();
    const operations = calls.map((call) => call.operation);
    // Three contracts: what exists in a list form is asked once for all of them.
    expect(operations.length).toBeLessThanOrEqual(2 + 3 * 5);
    expect(new Set(operations).size).toBeLessThanOrEqual(7);
  });
});

test("co-tenants see the same contract under the same id", async () => {
  for (const landlord of landlords) {
    const query = "{ viewer { contracts { nodes { id number } } } }";
    const first = await (await signedInAs(demo, landlord, "cotenantFirst"))(query);
    const second = await (await signedInAs(demo, landlord, "cotenantSecond"))(query);
    expect(second.data).toEqual(first.data);
  }
});
