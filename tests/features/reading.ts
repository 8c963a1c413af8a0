/** Rows that only read: each compares what the portal shows with what the ERP holds, for every odd person. */
import type { HeldContract } from "../support/demo.ts";
import { money } from "../support/demo.ts";
import { answeredHome, expectedHome } from "../support/home.ts";
import { contractIds, run, type Portal } from "./portal.ts";
import { same, sorted } from "./same.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- answers' JSON
type Json = any;

interface OfContract {
  readonly operation: string;
  readonly variables?: object;
  shown(contract: Json): unknown;
  held(contract: HeldContract): unknown;
}

const euros = (cents: number) => ({ amount: money(cents), currencyCode: "EUR" });
const place = ({ lines, postalCode, city }: Json) => ({ lines, postalCode, city });

/** Asks one operation for each contract of everybody and compares. Says how many contracts it saw. */
export function ofContracts(...checks: OfContract[]) {
  return async (portal: Portal): Promise<string> => {
    let seen = 0;
    for (const { front, contracts, account } of await portal.everybody()) {
      const ids = await contractIds(front);
      for (const contract of contracts) {
        const id = ids.get(contract.units[0]!.reference);
        if (!id) throw new Error(`a contract of "${account.oddity}" is missing`);
        for (const check of checks) {
          const data = await run(front, check.operation, { id, ...check.variables });
          const what = `${check.operation} of "${account.oddity}"`;
          same(what, check.shown(data.contract), check.held(contract));
        }
        seen += 1;
      }
    }
    return `${seen} contracts equal`;
  };
}

export async function home(portal: Portal): Promise<string> {
  const everybody = await portal.everybody();
  const { landlord } = await run(portal.front, "B01-landlord");
  for (const { front, contracts, account } of everybody) {
    const data = await run(front, "F12-home");
    same(
      `F12-home of "${account.oddity}"`,
      answeredHome(data),
      expectedHome(contracts, landlord.capabilities),
    );
  }
  return `${everybody.length} people equal`;
}

export const contracts = ofContracts({
  operation: "F13-contract",
  shown: ({ startDate, endDate, units, number }) => ({
    startDate,
    endDate,
    printed: /^[\w/ -]{5,}$/.test(number),
    units: units.map(({ reference, kind, address }: Json) => ({
      reference,
      kind,
      address: place(address),
    })),
  }),
  held: ({ start, end, units }) => ({
    startDate: start,
    endDate: end,
    printed: true,
    units: units.map(({ reference, kind, address }) => ({
      reference,
      kind,
      address: place(address),
    })),
  }),
});

export async function people(portal: Portal): Promise<string> {
  const everybody = await portal.everybody();
  for (const { front, held, account } of everybody) {
    const { viewer } = await run(front, "F14-personal-data");
    const { surname, givenName, title, address } = viewer.person;
    const shown = { surname, givenName, title, city: address?.city ?? null };
    const expected = {
      surname: held.surname,
      givenName: held.givenName,
      title: held.title,
      city: held.address.city,
    };
    same(`the person of "${account.oddity}"`, shown, expected);
  }
  return `${everybody.length} people equal`;
}

export const occupants = ofContracts({
  operation: "F15-occupants",
  shown: ({ occupants: list }) =>
    sorted(list.map(({ surname, givenName }: Json) => [surname, givenName])),
  held: ({ occupants: list }) => sorted(list.map(({ surname, givenName }) => [surname, givenName])),
});

export const billingAddress = ofContracts({
  operation: "F16-billing-address",
  shown: ({ billingAddress: found }) => ({
    recipient: found.recipient,
    address: place(found.address),
  }),
  held: ({ billing }) => ({ recipient: billing.recipient, address: place(billing.address) }),
});

export const insurance = ofContracts({
  operation: "F17-insurance",
  shown: ({ insurance: found }) =>
    found && [found.insurer, found.policyNumber, found.validFrom, found.validTo],
  held: ({ insurance: found }) =>
    found && [found.insurer, found.policyNumber, found.from, found.to],
});

export const balances = ofContracts({
  operation: "F23-balance-of-contract",
  shown: ({ balance }) => [balance.amount, balance.side, balance.late],
  held: ({ balanceCents, late }) => [
    euros(Math.abs(balanceCents)),
    balanceCents === 0 ? "SETTLED" : balanceCents > 0 ? "DEBTOR" : "CREDITOR",
    late,
  ],
});

const entry = ({ date, debit, credit }: Json) => [date, debit ?? null, credit ?? null];

export const account = ofContracts(
  {
    operation: "F25-entries",
    variables: { first: 50 },
    shown: ({ entries }) => sorted(entries.nodes.map(entry)),
    held: ({ entries }) =>
      sorted(
        entries
          .slice(0, 50)
          .map(({ date, cents }) => [
            date,
            cents < 0 ? null : euros(cents),
            cents < 0 ? euros(-cents) : null,
          ]),
      ),
  },
  {
    operation: "F25-payments",
    variables: { first: 50 },
    shown: ({ payments }) => sorted(payments.nodes.map(({ date, amount }: Json) => [date, amount])),
    held: ({ payments }) =>
      sorted(payments.slice(0, 50).map(({ date, cents }) => [date, euros(cents)])),
  },
);

export const directDebit = ofContracts({
  operation: "F27-direct-debit",
  shown: ({ directDebit: found }) => found && [found.mandateReference, found.day, found.status],
  held: ({ directDebit: found }) => found && [found.mandateReference, found.day, found.status],
});

export const bankDetails = ofContracts({
  operation: "F28-bank-details",
  shown: ({ bankDetails: found }) => found && found.maskedIban,
  held: ({ bank }) => bank && `${bank.iban.slice(0, 4)} •••• ${bank.iban.slice(-4)}`,
});

export const paymentPlan = ofContracts({
  operation: "F29-payment-plan",
  shown: ({ paymentPlan: found }) =>
    found && [
      found.agreedOn,
      found.instalments.map(({ dueDate, amount, status }: Json) => [dueDate, amount, status]),
    ],
  held: ({ paymentPlan: found }) =>
    found && [
      found.agreedOn,
      found.instalments.map(({ dueDate, cents, status }) => [dueDate, euros(cents), status]),
    ],
});

export const rentNotices = ofContracts({
  operation: "F30-rent-notices",
  shown: ({ rentNotices: found }) =>
    found.nodes.map(({ period, dueDate, total }: Json) => [period, dueDate, total]),
  held: ({ notices }) =>
    notices
      .slice(0, 12)
      .map(({ period, dueDate, lines }) => [
        period,
        dueDate,
        euros(lines.reduce((sum, { cents }) => sum + cents, 0)),
      ]),
});

export const rentReceipts = ofContracts({
  operation: "F31-receipts",
  shown: ({ rentReceipts: found }) =>
    sorted(found.nodes.map(({ kind, period, paid }: Json) => [kind, period, paid])),
  held: ({ receipts }) =>
    sorted(
      receipts.slice(0, 12).map(({ kind, period, paidCents }) => [kind, period, euros(paidCents)]),
    ),
});

export const chargeRegularisations = ofContracts({
  operation: "F32-charge-regularisations",
  shown: ({ chargeRegularisations: found }) =>
    found.nodes.map(({ year, actual, provisions, difference }: Json) => [
      year,
      actual,
      provisions,
      difference,
    ]),
  held: ({ regularisations }) =>
    regularisations.map(({ year, actualCents, provisionsCents }) => [
      year,
      euros(actualCents),
      euros(provisionsCents),
      euros(actualCents - provisionsCents),
    ]),
});

/** Minutes of the zones that the person may see, and calls for funds. */
export const coOwnership = ofContracts(
  {
    operation: "F33-funds-calls",
    shown: ({ fundsCalls }) =>
      fundsCalls.nodes.map(({ period, dueDate, total }: Json) => [period, dueDate, total]),
    held: ({ fundsCalls }) =>
      fundsCalls.slice(0, 12).map(({ period, dueDate, cents }) => [period, dueDate, euros(cents)]),
  },
  {
    operation: "F33-assembly-minutes",
    variables: { first: 50 },
    shown: ({ assemblyMinutes }) =>
      sorted(assemblyMinutes.nodes.map(({ zone, meetingDate }: Json) => [zone, meetingDate])),
    held: ({ minutes }) => sorted(minutes.map(({ zone, meetingDate }) => [zone, meetingDate])),
  },
);

const requestOf = ({ reason, status, createdAt }: Json) => [reason, status, Date.parse(createdAt)];

export const serviceRequests = ofContracts(
  ...(["OPEN", "CLOSED"] as const).map((state) => ({
    operation: "F38-requests",
    variables: { state, first: 50 },
    shown: ({ serviceRequests: found }: Json) => sorted(found.nodes.map(requestOf)),
    held: ({ requests }: HeldContract) =>
      sorted(
        requests
          .map(({ reason, updates, createdAt }) => ({
            reason,
            status: updates.at(-1)!.status,
            createdAt,
          }))
          .filter(({ status }) => ["DONE", "CANCELLED"].includes(status) === (state === "CLOSED"))
          .slice(0, 50)
          .map(requestOf),
      ),
  })),
);
