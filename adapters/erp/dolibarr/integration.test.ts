/** The adapter, guarded as in the house, against the mock ERP; compared with its World. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as expected from "../../../mocks/dolibarr/expected.ts";
import { createDirectory } from "../../../mocks/dolibarr/directory.ts";
import { contractsOf, personWith } from "../../../mocks/world/find.ts";
import { oddities } from "../../../mocks/world/oddities.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import { createWorld } from "../../../mocks/world/world.ts";
import * as billing from "../../ports/billing.ts";
import * as contract from "../../ports/contract.ts";
import * as documents from "../../ports/documents.ts";
import * as identity from "../../ports/identity.ts";
import type { Call, Port } from "../../ports/port.ts";
import { serviceRequests } from "../../ports/requests.ts";
import type { Page, PageRequest } from "../../ports/values.ts";
import { collect } from "../../transport/collect.ts";
import { startHouse, type House } from "./testing/house.ts";

const world = createWorld({
  landlord: "rochefort",
  seed: 71,
  today: "2026-11-20",
  people: 30,
  contracts: 34,
});
const now = () => new Date("2026-11-20T14:30:00Z");
const call: Call = { signal: new AbortController().signal, requestId: "integration" };
const directory = createDirectory(world);

let house: House;
beforeAll(async () => {
  house = await startHouse({ world, now });
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);
type Paged<T> = {
  ofContracts(keys: (PageRequest & { contractKey: string })[], call: Call): Promise<Page<T>[]>;
};

/** All of a contract's list, sixty items at a time. */
async function all<T>(port: Paged<T>, contractKey: string): Promise<T[]> {
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

const ofDay = (a: { date: string; owed: { amount: string } }) => `${a.date} ${a.owed.amount}`;

describe.each(Object.values(oddities))("for the person with %s,", (oddity) => {
  const who = personWith(world, oddity);
  const { id, account } = directory.contactOf(who)!;
  const key = String(id);
  const theirs = contractsOf(world, who);
  const keys = theirs.map(({ number }) => String(number));

  test("the person is as in the World, and behind the references", async () => {
    const [found] = await use(identity.persons).byKeys([key], call);
    expect(found).toEqual(expected.person(key, who, account.people[0]!));
    const references = [
      { kind: "CUSTOMER", reference: account.code },
      { kind: "CONTRACT", reference: expected.contract(theirs[0]!, [], world).number },
      { kind: "CUSTOMER", reference: "LOC999999" },
      { kind: "CONTRACT", reference: "BAIL-1999-0001" },
    ] as const;
    const [one, two, ...nobody] = await use(identity.registrations).byReferences(references, call);
    const { surname, givenName, birthDate, email } = who;
    const registrant = { personKey: key, surnames: [surname], givenName, birthDate, email };
    expect(one).toContainEqual(registrant);
    expect(one).toHaveLength(account.people.length);
    expect(two).toEqual(one);
    expect(nobody).toEqual([[], []]);
  });

  test("the contracts, their insurance and who lives there are as in the World", async () => {
    const [found] = await use(contract.contracts).ofPersons([key], call);
    const wanted = theirs.map((each) => expected.contract(each, account.people, world));
    expect(found!.toSorted(byKey)).toEqual(wanted.toSorted(byKey));
    const [first] = found!;
    expect(found!.some(({ status }) => status === "ACTIVE")).toBe(first!.status === "ACTIVE");
    const policies = await use(contract.insurancePolicies).ofContracts(keys, call);
    expect(policies).toEqual(
      theirs.map(
        ({ insurance }) =>
          insurance && {
            insurer: insurance.insurer,
            policyNumber: insurance.policyNumber,
            holder: insurance.holder,
            validFrom: insurance.from,
            validTo: insurance.to,
          },
      ),
    );
    const people = await use(contract.occupants).ofContracts(keys, call);
    const names = people.flat().map(({ surname, givenName, birthDate, relationship }) => ({
      surname,
      givenName,
      birthDate,
      relationship,
    }));
    expect(names).toEqual(
      theirs.flatMap(({ occupants }) =>
        occupants.map(({ surname, givenName, birthDate, relationship }) => ({
          surname,
          givenName,
          birthDate,
          relationship,
        })),
      ),
    );
  });

  test("the balance is as in the World", async () => {
    const found = await use(billing.balances).ofContracts(keys, call);
    expect(found).toEqual(
      theirs.map(({ balanceCents, late }) => ({
        owed: expected.money(balanceCents),
        late,
        asOf: now().toISOString(),
      })),
    );
  });

  test("the bank details are those of the third party", async () => {
    const held = account.contracts.find(({ bank }) => bank !== null);
    const details = held?.bank ? { iban: held.bank.iban, bic: held.bank.bic, holder: null } : null;
    const found = await use(billing.bankAccounts).ofContracts(keys, call);
    expect(found).toEqual(keys.map(() => details));
    const mandate = held?.directDebit?.status === "ACTIVE" ? held.directDebit : null;
    const debits = await use(billing.directDebits).ofContracts(keys, call);
    expect(debits.map((one) => one?.mandateReference ?? null)).toEqual(
      keys.map(() => mandate?.mandateReference ?? null),
    );
  });

  test("the notices are as in the World, by key and as files, too", async () => {
    for (const each of theirs) {
      const contractKey = String(each.number);
      const found = await all(use(documents.rentNotices), contractKey);
      expect(found).toMatchObject(each.notices.map((one) => expected.notice(each, one)));
      expect(found).toHaveLength(each.notices.length);
      const some = found.slice(0, 2);
      expect(await use(documents.rentNotices).byKeys(some, call)).toEqual(some);
      for (const { key: notice } of some.slice(0, 1)) {
        const asked = { kind: "RENT_NOTICE", contractKey, key: notice } as const;
        const file = await use(documents.documentContents).open(asked, call);
        const bytes = Buffer.from(await collect(file.body));
        expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
        expect(bytes.length).toBe(file.sizeBytes);
      }
    }
  });

  test("the requests are as in the World, open, closed and by key", async () => {
    for (const each of theirs) {
      const asked = { contractKey: String(each.number), first: 50, after: null };
      const read = async (state: "OPEN" | "CLOSED" | "ALL") =>
        (await use(serviceRequests).ofContracts([{ ...asked, state }], call))[0]!.items;
      const found = await read("ALL");
      expect(found.toSorted(byKey)).toMatchObject(
        each.requests.map((one) => expected.request(each, one)).toSorted(byKey),
      );
      expect(found.map(({ updates }) => updates.at(-1)!.status)).toEqual(
        found.map(({ status }) => status),
      );
      const isClosed = ({ status }: { status: string }) => ["DONE", "CANCELLED"].includes(status);
      expect(await read("OPEN")).toEqual(found.filter((one) => !isClosed(one)));
      expect(await read("CLOSED")).toEqual(found.filter(isClosed));
      expect(await use(serviceRequests).byKeys(found, call)).toEqual(found);
    }
  });
});

/** Each invoice is one more call: a few accounts tell as much as all. */
test.each([
  oddities.threeContracts,
  oddities.cotenantSecond,
  oddities.credit,
  oddities.debt,
  oddities.single,
  oddities.empty,
])("the account of %s is as in the World", async (oddity) => {
  for (const each of contractsOf(world, personWith(world, oddity))) await compareAccount(each);
});

test("an account on which a payment was sent back is as in the World", async () => {
  const isBack = ({ payments }: WorldContract) => payments.some((one) => one.status === "REJECTED");
  await compareAccount(world.contracts.find(isBack)!);
});

const byKey = (a: { key: string }, b: { key: string }) => Number(a.key) - Number(b.key);

async function compareAccount(each: WorldContract): Promise<void> {
  const contractKey = String(each.number);
  const entries = await all(use(billing.accountEntries), contractKey);
  const shown = entries.map(({ date, owed, label }) => ({ date, owed, label }));
  expect(shown.map(({ date }) => date)).toEqual(
    shown.map(({ date }) => date).toSorted((a, b) => (a < b ? 1 : -1)),
  );
  const wanted = each.entries.map(expected.entry);
  expect(shown.map(ofDay).toSorted()).toEqual(wanted.map(ofDay).toSorted());
  const paid = await all(use(billing.payments), contractKey);
  const told = ({ date, amount, status, method }: billing.Payment) =>
    `${date} ${amount.amount} ${status} ${method}`;
  expect(paid.map(told).toSorted()).toEqual(
    // What is only announced is nothing yet in Dolibarr.
    each.payments
      .filter(({ status }) => status !== "PENDING")
      .map(({ date, cents, status, method }) =>
        told({ key: "", date, amount: expected.money(cents) as never, status, method }),
      )
      .toSorted(),
  );
}

describe("what belongs to somebody else", () => {
  const other = personWith(world, oddities.longTexts);
  const [theirs] = contractsOf(world, other);
  const mine = String(contractsOf(world, personWith(world, oddities.everything))[0]!.number);
  const [invoice] = theirs!.notices;

  test("is not shown under a contract that it does not belong to", async () => {
    const [notice] = await all(use(documents.rentNotices), String(theirs!.number));
    expect(notice!.issuedOn).toBe(invoice!.issuedOn);
    const asked = { contractKey: mine, key: notice!.key };
    expect(await use(documents.rentNotices).byKeys([asked], call)).toEqual([null]);
    const opened = use(documents.documentContents).open({ kind: "RENT_NOTICE", ...asked }, call);
    await expect(opened).rejects.toMatchObject({ code: "NOT_FOUND" });
    const key = String(theirs!.requests[0]!.number);
    const found = await use(serviceRequests).byKeys([{ contractKey: mine, key }], call);
    expect(found).toEqual([null]);
  });

  test("is not reached through an occupant, who holds nothing", async () => {
    const occupant = directory.contacts.find(({ isHolder }) => !isHolder)!;
    expect(await use(identity.persons).byKeys([String(occupant.id)], call)).toEqual([null]);
    expect(await use(contract.contracts).ofPersons([String(occupant.id)], call)).toEqual([[]]);
  });

  test.each(["0", "-1", "1 or 1", "1/../2", "999999", "é", ""])(
    "cannot be had by the key %j",
    async (key) => {
      expect(await use(identity.persons).byKeys([key], call)).toEqual([null]);
      expect(await use(contract.contracts).ofPersons([key], call)).toEqual([[]]);
      expect(await use(billing.balances).ofContracts([key], call)).toEqual([null]);
      expect(await use(billing.bankAccounts).ofContracts([key], call)).toEqual([null]);
    },
  );
});
