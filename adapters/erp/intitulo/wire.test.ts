/** Amounts and days over the wire: what the World holds is what comes out, whatever it is. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as expected from "../../../mocks/intitulo/expected.ts";
import { keyOfContract } from "../../../mocks/intitulo/keys.ts";
import { contractsOf, personWith } from "../../../mocks/world/find.ts";
import { oddities } from "../../../mocks/world/oddities.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import { accountEntries, balances, payments } from "../../ports/billing.ts";
import { rentNotices } from "../../ports/documents.ts";
import type { Ports } from "../../ports/port.ts";
import { call } from "./replay.ts";
import { startHouse, type House } from "./testing/house.ts";

let house: House;
let ports: Ports;
let contract: WorldContract;
let key: string;

beforeAll(async () => {
  house = await startHouse({});
  ({ ports } = house);
  const { world } = house.erp;
  contract = contractsOf(world, personWith(world, oddities.debt))[0]!;
  key = keyOfContract(contract);
});
afterAll(() => house.close());

const cents = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });
const page = () => [{ contractKey: key, first: 100, after: null }];

/** Days around both changes of the clock in several years, and any other. */
const days = fc.oneof(
  fc.constantFrom("2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2025-03-30"),
  fc
    .date({ min: new Date("1990-01-01"), max: new Date("2099-12-30"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
);

describe("Over the wire", () => {
  it("every cent of a balance arrives, as of the right instant on any day", async () => {
    await fc.assert(
      fc.asyncProperty(cents, days, async (balanceCents, balanceAsOf) => {
        Object.assign(contract, { balanceCents, balanceAsOf });
        const [found] = await ports.use(balances).ofContracts([key], call);
        const { asOf, ...rest } = found!;
        expect({ ...rest, asOf: Date.parse(asOf) }).toEqual(expected.balance(contract));
      }),
      { numRuns: 60 },
    );
  });

  it("every cent and day of entries, payments and notices arrives", async () => {
    const [entry, payment, notice] = [contract.entries, contract.payments, contract.notices].map(
      ([first]) => first!,
    );
    const amounts = fc.array(fc.tuple(cents, days), { minLength: 20, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(amounts, async (list) => {
        const made = list
          .map(([value, date]) => ({ value, date }))
          .toSorted((a, b) => (a.date < b.date ? 1 : -1))
          .map((each, i) => ({ ...each, number: contract.number * 1000 + 500 - i }));
        contract.entries = made.map(({ value, date, number }) => ({
          ...(entry as (typeof contract.entries)[0]),
          number,
          date,
          cents: value,
          period: { from: date, to: date },
        }));
        contract.payments = made.map(({ value, date, number }) => ({
          ...(payment as (typeof contract.payments)[0]),
          number,
          date,
          cents: value,
        }));
        contract.notices = made.map(({ value, date, number }) => ({
          ...(notice as (typeof contract.notices)[0]),
          number,
          issuedOn: date,
          period: { from: date, to: date },
          dueDate: date,
          lines: [{ label: "Loyer", cents: value }],
        }));
        const [entries] = await ports.use(accountEntries).ofContracts(page(), call);
        expect(entries!.items).toEqual(expected.entries(contract));
        const [paid] = await ports.use(payments).ofContracts(page(), call);
        expect(paid!.items).toEqual(expected.payments(contract));
        const [notices] = await ports.use(rentNotices).ofContracts(page(), call);
        expect(notices!.items).toEqual(
          contract.notices.map((each) => expected.notice(contract, each)),
        );
      }),
      { numRuns: 15 },
    );
  });
});
