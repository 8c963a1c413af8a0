/** The adapter, guarded as in the house, against the mock ERP; compared with its World. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  faultOfAnswer,
  descriptionText,
  operationOf,
} from "../../../mocks/beauceron/description.ts";
import { keyOfContract, keyOfDocument, keyOfPerson } from "../../../mocks/beauceron/keys.ts";
import { startBeauceron } from "../../../mocks/beauceron/start.ts";
import type { MockErp } from "../../../mocks/kit/product.ts";
import { contractsOf, personWith } from "../../../mocks/world/find.ts";
import { oddities, type Oddity } from "../../../mocks/world/oddities.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import { createWorld } from "../../../mocks/world/world.ts";
import { connectLandlord } from "../../load.ts";
import { accountEntries, balances, payments } from "../../ports/billing.ts";
import * as contractPorts from "../../ports/contract.ts";
import * as documentPorts from "../../ports/documents.ts";
import { persons, registrations } from "../../ports/identity.ts";
import type { Call, Ports } from "../../ports/port.ts";
import { serviceRequests } from "../../ports/requests.ts";
import type { Page, PageRequest } from "../../ports/values.ts";
import adapter from "./index.ts";
import { fixtures, settings } from "./replay.ts";

const world = createWorld({ landlord: "chartres", seed: 7, today: "2026-11-20", people: 80 });
const call: Call = { signal: new AbortController().signal, requestId: "integration" };
const everyOddity = Object.values(oddities);
const landlord = {
  id: "chartres",
  erp: { product: "beauceron", concurrency: 10, deadlineMs: 20_000 },
};

let erp: MockErp;
let ports: Ports;
let close: () => Promise<void>;

beforeAll(async () => {
  erp = await startBeauceron({ world });
  const own = { ...settings, baseUrl: erp.url, clientSecret: "beauceron-demo" };
  const parsed = adapter.settings.parse(own);
  const options = { log: () => {}, now: () => new Date() };
  ({ ports, close } = await connectLandlord(adapter, landlord, parsed, options));
});
afterAll(async () => {
  await close();
  await erp.close();
});

const cents = (money: { amount: string } | null) => money && Number(money.amount.replace(".", ""));
/** The World's number of a thing, which its key ends with. */
const numberOf = (key: string) => Number(key.split("-").at(-1));
const contractsWith = (oddity: Oddity) => contractsOf(world, personWith(world, oddity));

/** Everything that a list of a port holds, page by page. */
async function all<T>(read: (page: PageRequest) => Promise<Page<T>[]>): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | null = null; ;) {
    const page: Page<T> = (await read({ first: 40, after }))[0]!;
    items.push(...page.items);
    if (!page.hasNextPage) return items;
    after = page.endCursor;
  }
}

test("the description is that of the ERP, and the recorded answers fit it", () => {
  const own = readFileSync(new URL("openapi.yaml", import.meta.url), "utf8");
  expect(own).toBe(descriptionText);
  for (const { request, status, body } of fixtures) {
    if (status === 204 || request.startsWith("/v2/Soldes")) continue;
    const operation = operationOf("GET", request.split("?")[0]!);
    expect([request, faultOfAnswer(operation, status, body)]).toEqual([request, null]);
  }
});

describe.each(everyOddity)("%s", (oddity) => {
  const person = personWith(world, oddity);
  const signed = contractsOf(world, person);
  const key = keyOfPerson(person);

  test("the person, by key and by reference", async () => {
    const [found] = await ports.use(persons).byKeys([key], call);
    expect(found).toMatchObject({
      key,
      title: person.title,
      surname: person.surname,
      birthSurname: person.birthSurname,
      givenName: person.givenName,
      birthDate: person.birthDate,
      email: person.email,
      address: { ...person.address, country: "FR" },
    });
    const national = person.phone?.replace(/\D/g, "").replace(/^(0|33)/, "+33");
    expect(found!.phones).toEqual(national ? [national] : []);
    const references = signed.map((contract) => ({
      kind: "CONTRACT" as const,
      reference: keyOfContract(contract),
    }));
    for (const people of await ports.use(registrations).byReferences(references, call)) {
      expect(people.map(({ personKey }) => personKey)).toContain(key);
    }
  });

  test("the contracts, and what hangs on each", async () => {
    const [found] = await ports.use(contractPorts.contracts).ofPersons([key], call);
    expect(found!.map((contract) => contract.key).toSorted()).toEqual(signed.map(keyOfContract));
    for (const contract of signed) {
      const same = found!.find((candidate) => candidate.key === keyOfContract(contract))!;
      expect(same).toMatchObject({
        kind: contract.kind,
        startDate: contract.start,
        endDate: contract.end,
      });
      expect(same.units.map(({ reference }) => reference).toSorted()).toEqual(
        contract.units.map(({ reference }) => reference).toSorted(),
      );
      expect(same.signatories).toHaveLength(contract.signatories.length);
      await compareContract(contract);
    }
  });

  test("the account", async () => {
    for (const contract of signed) await compareAccount(contract);
  });

  test("the documents", async () => {
    for (const contract of signed) await compareDocuments(contract);
  });

  test("the requests", async () => {
    for (const contract of signed) await compareRequests(contract);
  });
});

async function compareContract(contract: WorldContract): Promise<void> {
  const keys = [keyOfContract(contract)];
  const [policy] = await ports.use(contractPorts.insurancePolicies).ofContracts(keys, call);
  const { insurance, billing, contacts } = contract;
  expect(policy).toEqual(
    insurance && {
      insurer: insurance.insurer,
      policyNumber: insurance.policyNumber,
      holder: insurance.holder,
      validFrom: insurance.from,
      validTo: insurance.to,
    },
  );
  const [address] = await ports.use(contractPorts.billingAddresses).ofContracts(keys, call);
  expect(address).toEqual({ ...billing, address: { ...billing.address, country: "FR" } });
  const [people] = await ports.use(contractPorts.buildingContacts).ofContracts(keys, call);
  expect(people!.map(({ role, name, email }) => ({ role, name, email }))).toEqual(
    contacts.map(({ role, name, email }) => ({ role, name, email })),
  );
}

async function compareAccount(contract: WorldContract): Promise<void> {
  const contractKey = keyOfContract(contract);
  const [balance] = await ports.use(balances).ofContracts([contractKey], call);
  expect([cents(balance!.owed), balance!.late]).toEqual([contract.balanceCents, contract.late]);
  expect(balance!.asOf.slice(0, 10)).toBe(contract.balanceAsOf);
  const entries = await all((page) =>
    ports.use(accountEntries).ofContracts([{ contractKey, ...page }], call),
  );
  expect(
    entries.map(({ key, date, label, owed, period }) => ({
      number: numberOf(key),
      date,
      label,
      cents: cents(owed),
      period,
    })),
  ).toEqual(contract.entries);
  const paid = await all((page) =>
    ports.use(payments).ofContracts([{ contractKey, ...page }], call),
  );
  expect(
    paid.map(({ key, date, amount, method, status }) => ({
      number: numberOf(key),
      date,
      cents: cents(amount),
      method,
      status,
    })),
  ).toEqual(contract.payments);
}

async function compareDocuments(contract: WorldContract): Promise<void> {
  const contractKey = keyOfContract(contract);
  const read = <T>(port: Parameters<Ports["use"]>[0]) =>
    all<T>((page) =>
      (ports.use(port) as documentPorts.DocumentsOf<T>).ofContracts(
        [{ contractKey, ...page }],
        call,
      ),
    );
  const notices = await read<documentPorts.RentNotice>(documentPorts.rentNotices);
  expect(
    notices.map(({ key, issuedOn, period, dueDate, lines }) => ({
      number: numberOf(key),
      issuedOn,
      period,
      dueDate,
      lines: lines.map(({ label, amount }) => ({ label, cents: cents(amount) })),
    })),
  ).toEqual(contract.notices);
  const receipts = await read<documentPorts.RentReceipt>(documentPorts.rentReceipts);
  expect(
    receipts.map(({ key, kind, issuedOn, period, paid, rent, charges }) => ({
      number: numberOf(key),
      kind,
      issuedOn,
      period,
      paidCents: cents(paid),
      rentCents: cents(rent),
      chargesCents: cents(charges),
    })),
  ).toEqual(contract.receipts);
  const settled = await read<documentPorts.ChargeRegularisation>(
    documentPorts.chargeRegularisations,
  );
  expect(
    settled.map(({ issuedOn, year, actual, provisions, difference }) => [
      issuedOn,
      year,
      cents(actual),
      cents(provisions),
      cents(difference),
    ]),
  ).toEqual(
    contract.regularisations.map((s) => [
      s.issuedOn,
      s.year,
      s.actualCents,
      s.provisionsCents,
      s.actualCents - s.provisionsCents,
    ]),
  );
}

async function compareRequests(contract: WorldContract): Promise<void> {
  const contractKey = keyOfContract(contract);
  const newestFirst = contract.requests.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const isClosed = (status: string) => status === "DONE" || status === "CANCELLED";
  for (const state of ["OPEN", "CLOSED", "ALL"] as const) {
    const found = await all((page) =>
      ports.use(serviceRequests).ofContracts([{ contractKey, state, ...page }], call),
    );
    const expected = newestFirst.filter(
      ({ updates }) => state === "ALL" || isClosed(updates.at(-1)!.status) === (state === "CLOSED"),
    );
    expect(found.map(({ reason, category, place }) => ({ reason, category, place }))).toEqual(
      expected.map(({ reason, category, place }) => ({ reason, category, place })),
    );
    expect(found.map(({ createdAt }) => Date.parse(createdAt))).toEqual(
      expected.map(({ createdAt }) => Math.floor(Date.parse(createdAt) / 1000) * 1000),
    );
    expect(found.map(({ updates }) => updates.map(({ status }) => status))).toEqual(
      expected.map(({ updates }) => updates.map(({ status }) => status)),
    );
  }
}

describe("the file of a document", () => {
  const [contract] = contractsWith(oddities.everything);
  const [other] = contractsWith(oddities.single);
  const contractKey = keyOfContract(contract!);
  const files = [
    ["RENT_NOTICE", keyOfDocument("notice", contract!.number, contract!.notices[0]!.number)],
    ["RENT_RECEIPT", keyOfDocument("receipt", contract!.number, contract!.receipts[0]!.number)],
    [
      "CHARGE_REGULARISATION",
      keyOfDocument("regularisation", contract!.number, contract!.regularisations[0]!.number),
    ],
  ] as const;

  test.each(files)("%s is a whole PDF of the announced size", async (kind, key) => {
    const { body, ...head } = await ports
      .use(documentPorts.documentContents)
      .open({ kind, contractKey, key }, call);
    const chunks = [];
    for await (const chunk of body) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    expect(bytes.length).toBe(head.sizeBytes);
    expect(bytes.toString("latin1")).toMatch(/^%PDF-[^]*%%EOF\s*$/);
    expect(head.fileName).toMatch(/^[A-ZÀ-ÿ].* [\d]{4}\.pdf$/);
  });

  test.each(files)("%s is not shown under another contract", async (kind, key) => {
    const ask = ports
      .use(documentPorts.documentContents)
      .open({ kind, contractKey: keyOfContract(other!), key }, call);
    await expect(ask).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
