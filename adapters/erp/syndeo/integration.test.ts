/** The adapter, guarded as in the house, against the mock ERP; compared with its World. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { descriptionText } from "../../../mocks/syndeo/description.ts";
import * as expected from "../../../mocks/syndeo/expected.ts";
import { keyOfContract, keyOfPerson } from "../../../mocks/syndeo/keys.ts";
import { contractsOf, personWith } from "../../../mocks/world/find.ts";
import { oddities, ownerOddities, type Oddity } from "../../../mocks/world/oddities.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import { createWorld } from "../../../mocks/world/world.ts";
import * as billing from "../../ports/billing.ts";
import * as contract from "../../ports/contract.ts";
import * as documents from "../../ports/documents.ts";
import * as identity from "../../ports/identity.ts";
import type { Call, Port } from "../../ports/port.ts";
import { serviceRequests, type ServiceRequest } from "../../ports/requests.ts";
import type { Page, PageRequest } from "../../ports/values.ts";
import { startHouse, type House } from "./testing/house.ts";

const world = createWorld({ landlord: "immo-paris", seed: 53, today: "2026-11-20", people: 80 });
const now = () => new Date("2026-11-20T14:30:00Z");
/** The last publication before half past three in Paris. */
const asOf = "2026-11-20T13:00:00+01:00";
const call: Call = { signal: new AbortController().signal, requestId: "integration" };

let house: House;
beforeAll(async () => {
  house = await startHouse({ world, now, deadlockEvery: 0 });
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);

/** All of a contract's list, sixty items at a time. */
async function all<T>(
  port: {
    ofContracts(keys: (PageRequest & { contractKey: string })[], call: Call): Promise<Page<T>[]>;
  },
  contractKey: string,
): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | null = null; ;) {
    const [page]: Page<T>[] = await port.ofContracts([{ contractKey, first: 60, after }], call);
    items.push(...page!.items);
    if (!page!.hasNextPage) {
      expect(page!.total).toBe(items.length);
      return items;
    }
    after = page!.endCursor;
  }
}

const instants = (request: ServiceRequest) => ({
  ...request,
  createdAt: Date.parse(request.createdAt),
  updates: request.updates.map((update) => ({ ...update, at: Date.parse(update.at) })),
});

test("the description is that of the ERP", () => {
  const own = readFileSync(new URL("openapi.yaml", import.meta.url), "utf8");
  expect(own).toBe(descriptionText);
});

const everyOddity: Oddity[] = [...Object.values(oddities), ...Object.values(ownerOddities)];

describe.each(everyOddity)("for the person with %s,", (oddity) => {
  const who = personWith(world, oddity);
  const key = keyOfPerson(who);
  const theirs = contractsOf(world, who);
  const keys = theirs.map(keyOfContract);

  test("the person is as in the World, and known by the issued credentials", async () => {
    expect(await use(identity.persons).byKeys([key], call)).toEqual([expected.person(who)]);
    expect(await use(identity.roles).ofPersons([key], call)).toEqual([who.roles]);
    const { identifier, password } = who.credentials!;
    const found = await use(identity.credentials).check(
      [
        { identifier, password },
        { identifier, password: `${password}0` },
        { identifier: "ZZ999999", password },
      ],
      call,
    );
    expect(found).toEqual([expected.holder(who), null, null]);
  });

  test("the contracts, what is owned and what is looked for are as in the World", async () => {
    const [found] = await use(contract.contracts).ofPersons([key], call);
    const wanted = theirs.map((each) => expected.contract(each, world));
    const active = (status: string) => (status === "ACTIVE" ? 0 : 1);
    const order = (a: (typeof wanted)[number], b: (typeof wanted)[number]) =>
      active(a.status) - active(b.status) || (a.number < b.number ? -1 : 1);
    expect(found).toEqual(wanted.toSorted(order));
    const owned = await use(contract.properties).ofPersons([key], call);
    expect(owned).toEqual([who.properties.map(expected.property)]);
    const files = await use(contract.candidacies).ofPersons([key], call);
    expect(files).toEqual([who.candidacies.map(expected.candidacy)]);
  });

  test("the buildings and whom to ask there are as in the World", async () => {
    const houses = theirs.map((each) => world.buildings.find((b) => b.number === each.building)!);
    expect(await use(contract.buildings).ofContracts(keys, call)).toEqual(
      houses.map(expected.building),
    );
    expect(await use(contract.buildingContacts).ofContracts(keys, call)).toEqual(
      theirs.map((each) => each.contacts.map(expected.contact)),
    );
  });

  test("the accounts are as in the World", async () => {
    expect(await use(billing.ledgers).ofPersons([key], call)).toEqual([
      who.ledgers.map((ledger) => expected.ledger(ledger, asOf)),
    ]);
    expect(await use(billing.balances).ofContracts(keys, call)).toEqual(
      theirs.map((each) => expected.balance(each, asOf)),
    );
    expect(await use(billing.bankAccounts).ofContracts(keys, call)).toEqual(
      theirs.map(({ bank }) => bank),
    );
    expect(await use(billing.directDebits).ofContracts(keys, call)).toEqual(
      theirs.map(({ directDebit }) => directDebit),
    );
    for (const each of theirs) {
      const entries = await all(use(billing.accountEntries), keyOfContract(each));
      expect(entries).toEqual(each.entries.map((entry) => expected.entry(each, entry)));
      const paid = await all(use(billing.payments), keyOfContract(each));
      expect(paid).toEqual(each.payments.map((payment) => expected.payment(each, payment)));
    }
  });

  test("the documents are as in the World, listed and by key", async () => {
    for (const each of theirs) await compareDocuments(each);
  });

  test("the requests are as in the World, open, closed and by key", async () => {
    for (const each of theirs) {
      const asked = { contractKey: keyOfContract(each), first: 50, after: null };
      const read = async (state: "OPEN" | "CLOSED" | "ALL") =>
        (await use(serviceRequests).ofContracts([{ ...asked, state }], call))[0]!.items;
      const found = await read("ALL");
      expect(found.map(instants)).toEqual(each.requests.map((one) => expected.request(each, one)));
      const closed = new Set(["DONE", "CANCELLED"]);
      expect(await read("OPEN")).toEqual(found.filter(({ status }) => !closed.has(status)));
      expect(await read("CLOSED")).toEqual(found.filter(({ status }) => closed.has(status)));
      expect(await use(serviceRequests).byKeys(found, call)).toEqual(found);
    }
  });
});

async function compareDocuments(each: WorldContract): Promise<void> {
  const key = keyOfContract(each);
  const compare = async <D extends { title: string; key: string; contractKey: string }>(
    port: Port<documents.DocumentsOf<D>>,
    wanted: object[],
  ) => {
    const found = await all(use(port), key);
    expect(found).toMatchObject(wanted);
    expect(found).toHaveLength(wanted.length);
    expect(await use(port).byKeys(found.slice(0, 5), call)).toEqual(found.slice(0, 5));
  };
  await compare(
    documents.fundsCalls,
    each.fundsCalls.map((one) => expected.fundsCall(each, one)),
  );
  await compare(
    documents.assemblyMinutes,
    each.minutes.map((one) => expected.minutes(each, one)),
  );
  await compare(
    documents.rentReceipts,
    each.receipts.map((one) => expected.receipt(each, one)),
  );
  await compare(
    documents.rentNotices,
    each.notices.map((one) => expected.notice(each, one)),
  );
}
