/** Over the wire: amounts of any size to the cent, and days and moments when the clocks change. */
import { bigInt, sample } from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { euros } from "../../../mocks/habilog/expected.ts";
import { keyOfContract } from "../../../mocks/habilog/keys.ts";
import { servicePath, startHabilog } from "../../../mocks/habilog/start.ts";
import type { MockErp } from "../../../mocks/kit/product.ts";
import { addDays } from "../../../mocks/world/days.ts";
import { createWorld } from "../../../mocks/world/world.ts";
import { connectLandlord } from "../../load.ts";
import { accountEntries, balances, paymentPlans, payments } from "../../ports/billing.ts";
import { rentNotices } from "../../ports/documents.ts";
import type { Port } from "../../ports/port.ts";
import adapter from "./index.ts";
import { call, settings } from "./replay.ts";

const most = 99_999_999_999;
const chosen = [0, 1, -1, 5, -10, 99, -100, 100_000, -99_999, 100_001, most, -most, most - 1];
const anyCents = bigInt({ min: BigInt(-most), max: BigInt(most) });
const cents = chosen.concat(sample(anyCents, { numRuns: 187, seed: 31 }).map(Number));

/** 200 days from the last ones before March's change of the clock on, October's among them. */
const days = cents.map((_, i) => addDays("2026-03-27", i < 100 ? i : i + 100));

let erp: MockErp;
let use: <I>(port: Port<I>) => I;
let close: () => Promise<void>;

beforeAll(async () => {
  const world = createWorld({ landlord: "ivry", seed: 31, today: "2026-11-20" });
  cents.forEach((amount, i) => {
    Object.assign(world.contracts[i]!, { balanceCents: amount, balanceAsOf: days[i] });
  });
  const [first] = world.contracts;
  Object.assign(first!, {
    entries: cents
      .map((amount, i) => ({
        number: 1000 + i,
        date: days[i],
        label: "Écriture",
        cents: amount,
        period: null,
      }))
      .toReversed(),
    payments: cents
      .map((amount, i) => ({
        number: 1000 + i,
        date: days[i],
        cents: Math.abs(amount),
        method: "CARD",
        status: "RECEIVED",
      }))
      .toReversed(),
    notices: [
      {
        number: 1001,
        issuedOn: "2026-10-25",
        period: { from: "2026-03-29", to: "2026-10-25" },
        dueDate: "2026-03-29",
        lines: cents.map((amount) => ({ label: "Ligne", cents: amount })),
      },
    ],
    paymentPlan: {
      agreedOn: "2026-03-29",
      instalments: cents.map((amount, i) => ({
        dueDate: days[i],
        cents: Math.abs(amount),
        status: "DUE",
      })),
    },
  });
  erp = await startHabilog({ world });
  const connected = await connectLandlord(
    adapter,
    { id: "ivry", erp: { product: "habilog", concurrency: 4, deadlineMs: 30_000 } },
    adapter.settings.parse({ ...settings, endpoint: erp.url + servicePath }),
    { log: () => {}, now: () => new Date() },
  );
  use = (port) => connected.ports.use(port);
  close = connected.close;
});
afterAll(async () => {
  await close();
  await erp.close();
});

const key = () => keyOfContract(erp.world.contracts[0]!);

it("balances keep every cent, turned round, and say the evening in the zone of that day", async () => {
  const keys = cents.map((_, i) => keyOfContract(erp.world.contracts[i]!));
  const found = await use(balances).ofContracts(keys, call);
  expect(found.map((balance) => balance!.owed)).toEqual(cents.map(euros));
  const zoneOf = (day: string) => (day >= "2026-03-29" && day < "2026-10-25" ? "+02:00" : "+01:00");
  expect(found.map((balance) => balance!.asOf)).toEqual(
    days.map((day) => `${day}T22:15:00${zoneOf(day)}`),
  );
  expect(days).toEqual(expect.arrayContaining(["2026-03-29", "2026-10-25"]));
});

it("entries keep every cent and day, with the minus behind", async () => {
  const pages = [0, 1].map((i) => ({
    contractKey: key(),
    first: 100,
    after: i === 0 ? null : `E${1000 + cents.length - 100}`,
  }));
  const found = await use(accountEntries).ofContracts(pages, call);
  const items = found.flatMap((page) => page.items).toReversed();
  expect(items.map(({ owed, date }) => [owed, date])).toEqual(
    cents.map((amount, i) => [euros(amount), days[i]]),
  );
});

it("payments and instalments keep every cent and day", async () => {
  const wanted = cents.map((amount, i) => [euros(Math.abs(amount)), days[i]]);
  const [page] = await use(payments).ofContracts(
    [{ contractKey: key(), first: 300, after: null }],
    call,
  );
  expect(page!.items.toReversed().map(({ amount, date }) => [amount, date])).toEqual(wanted);
  const [plan] = await use(paymentPlans).ofContracts([key()], call);
  expect(plan!.instalments.map(({ amount, dueDate }) => [amount, dueDate])).toEqual(wanted);
});

it("notices keep every cent of their lines, and days when the clocks change", async () => {
  const [page] = await use(rentNotices).ofContracts(
    [{ contractKey: key(), first: 1, after: null }],
    call,
  );
  expect(page!.items[0]).toMatchObject({
    issuedOn: "2026-10-25",
    dueDate: "2026-03-29",
    period: { from: "2026-03-29", to: "2026-10-25" },
    lines: cents.map((amount) => ({ amount: euros(amount) })),
  });
});
