/** Both sides of a home page, in one form: what F12 answered, and what the ERP holds. */
import { money, type HeldContract } from "./demo.ts";

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
    serviceRequests: node.serviceRequests?.nodes.map(({ reason, status, createdAt }: any) => ({
      reason,
      status,
      createdAt: Date.parse(createdAt),
    })),
    // oxlint-disable-next-line typescript/no-explicit-any -- an answer's JSON
    rentNotices: node.rentNotices?.nodes.map(({ dueDate, total }: any) => ({ dueDate, total })),
  };
}

const byUnit = (a: { units: { reference: string }[] }, b: { units: { reference: string }[] }) =>
  a.units[0]!.reference.localeCompare(b.units[0]!.reference);

/** Parts of the home page by the capability that they take. */
const partOf = {
  INSURANCE_POLICIES: "insurance",
  BILLING_ADDRESSES: "billingAddress",
  SERVICE_REQUESTS: "serviceRequests",
  RENT_NOTICES: "rentNotices",
} as const;

/** What the home page must show of these contracts; less what the landlord does not offer, if told. */
export function expectedHome(held: readonly HeldContract[], capabilities?: readonly string[]) {
  const missing = Object.entries(partOf).filter(
    ([capability]) => capabilities && !capabilities.includes(capability),
  );
  const nothing = {
    insurance: null,
    billingAddress: null,
    serviceRequests: undefined,
    rentNotices: undefined,
  };
  const absent = Object.fromEntries(missing.map(([, part]) => [part, nothing[part]]));
  return held.map((contract) => ({ ...shown(contract), ...absent })).toSorted(byUnit);
}

/** What it did show: the data that F12-home answered. */
// oxlint-disable-next-line typescript/no-explicit-any -- an answer's JSON
export const answeredHome = (data: any) =>
  data.viewer.contracts.nodes.map(comparable).toSorted(byUnit);
