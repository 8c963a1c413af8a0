/** The adapter against the mock ERP, over HTTP: every port, for every odd person of the World. */
import { readdir, readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { MockErp } from "../../../mocks/kit/product.ts";
import * as expected from "../../../mocks/pavois/expected.ts";
import { keyOfContract, keyOfPerson, referenceOf } from "../../../mocks/pavois/keys.ts";
import { servicePath, startPavois } from "../../../mocks/pavois/start.ts";
import { contractsOf, personWith } from "../../../mocks/world/find.ts";
import { oddities } from "../../../mocks/world/oddities.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import { connectLandlord } from "../../load.ts";
import * as billing from "../../ports/billing.ts";
import * as contract from "../../ports/contract.ts";
import * as documents from "../../ports/documents.ts";
import * as identity from "../../ports/identity.ts";
import type { Call, Port, Ports } from "../../ports/port.ts";
import { serviceRequests, type ServiceRequest } from "../../ports/requests.ts";
import { surveys } from "../../ports/surveys.ts";
import type { Page } from "../../ports/values.ts";
import adapter from "./index.ts";
import { call, settings } from "./replay.ts";

/** The adapter behind its guard, as the gateway has it. */
const connect = (password: string) =>
  connectLandlord(
    adapter,
    {
      id: "la-rochelle",
      erp: { product: "pavois", concurrency: 2, deadlineMs: 15_000 },
    },
    adapter.settings.parse({ ...settings, password, endpoint: erp.url + servicePath }),
    { log: () => {}, now: () => new Date() },
  );

let erp: MockErp;
let ports: Ports;
let close: () => Promise<void>;

beforeAll(async () => {
  erp = await startPavois();
  ({ ports, close } = await connect(settings.password));
});
afterAll(async () => {
  await close();
  await erp.close();
});

const use = <I>(port: Port<I>): I => ports.use(port);
const door = (path: string, method = "GET", body?: unknown) =>
  fetch(erp.doorUrl + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });

/** All pages of a list, `first` items each. */
async function allOf<T>(
  read: (key: billing.ContractPage) => Promise<Page<T>>,
  contractKey: string,
  first: number,
): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page<T> = await read({ contractKey, first, after });
    items.push(...page.items);
    expect(page.total).toEqual(expect.any(Number));
    if (!page.hasNextPage) return items;
    after = page.endCursor;
  }
}

const reading =
  <K, A>(port: { ofContracts(keys: K[], call: Call): Promise<A[]> }) =>
  async (key: K) =>
    (await port.ofContracts([key], call))[0]!;

/** Without the zone. */
const onTheWall = (found: billing.Balance | null) =>
  found && { ...found, asOf: found.asOf.slice(0, 19) };

describe.each(Object.values(oddities))("For the person with %s,", (oddity) => {
  const who = () => personWith(erp.world, oddity);
  const theirs = () => contractsOf(erp.world, who());
  const keys = () => theirs().map(keyOfContract);

  it("the person and the registration are as in the World", async () => {
    expect(await use(identity.persons).byKeys([keyOfPerson(who())], call)).toEqual([
      expected.person(who()),
    ]);
    const [first] = theirs() as [WorldContract];
    const references = [
      { kind: "CUSTOMER", reference: referenceOf(first) },
      { kind: "CONTRACT", reference: keyOfContract(first) },
    ] as const;
    const people = first.signatories.map((number) =>
      erp.world.people.find((each) => each.number === number)!,
    );
    const found = await use(identity.registrations).byReferences(references, call);
    expect(found).toEqual([people.map(expected.registrant), people.map(expected.registrant)]);
    const key = [keyOfPerson(who())];
    expect(await use(identity.professionalSituations).ofPersons(key, call)).toEqual([
      who().professional,
    ]);
  });

  it("the news are those for everybody and for the building, newest first", async () => {
    const [found] = await use(contract.news).ofPersons([keyOfPerson(who())], call);
    expect(found).toEqual(expected.news(who(), erp.world));
  });

  it("the contracts and what belongs to them are as in the World", async () => {
    const [found] = await use(contract.contracts).ofPersons([keyOfPerson(who())], call);
    const active = (status: string) => (status === "ACTIVE" ? 0 : 1);
    const wanted = theirs()
      .map((each) => expected.contract(each, erp.world))
      .toSorted((a, b) => active(a.status) - active(b.status));
    expect(found).toEqual(wanted);
    expect(await use(contract.insurancePolicies).ofContracts(keys(), call)).toEqual(
      theirs().map(expected.insurance),
    );
    expect(await use(contract.billingAddresses).ofContracts(keys(), call)).toEqual(
      theirs().map(expected.billing),
    );
    expect(await use(contract.buildingContacts).ofContracts(keys(), call)).toEqual(
      theirs().map(expected.contacts),
    );
    expect(await use(contract.occupants).ofContracts(keys(), call)).toEqual(
      theirs().map(expected.occupants),
    );
  });

  it("the account is as in the World, to its last page", async () => {
    const found = await use(billing.balances).ofContracts(keys(), call);
    expect(found.map(onTheWall)).toEqual(theirs().map(expected.balance));
    for (const each of theirs()) {
      const key = keyOfContract(each);
      const entries = await allOf(reading(use(billing.accountEntries)), key, 100);
      expect(entries).toEqual(expected.entries(each));
      const payments = await allOf(reading(use(billing.payments)), key, 100);
      expect(payments).toEqual(expected.payments(each));
    }
  });

  it("the bank, the mandate and the payment plan are as in the World", async () => {
    const details = await use(billing.bankAccounts).ofContracts(keys(), call);
    expect(details).toEqual(theirs().map(({ bank }) => bank));
    const mandates = await use(billing.directDebits).ofContracts(keys(), call);
    expect(mandates).toEqual(theirs().map(({ directDebit }) => directDebit));
    const plans = await use(billing.paymentPlans).ofContracts(keys(), call);
    expect(plans).toEqual(theirs().map(expected.paymentPlan));
  });

  it("the documents are as in the World, listed and by key", async () => {
    const { rentNotices, rentReceipts, chargeRegularisations } = documents;
    for (const each of theirs()) {
      const key = keyOfContract(each);
      const notices = await allOf(reading(use(rentNotices)), key, 20);
      expect(notices).toEqual(each.notices.map((notice) => expected.notice(key, notice)));
      expect(await use(rentNotices).byKeys(notices, call)).toEqual(notices);
      const receipts = await allOf(reading(use(rentReceipts)), key, 100);
      expect(receipts).toEqual(each.receipts.map((receipt) => expected.receipt(key, receipt)));
      expect(await use(rentReceipts).byKeys(receipts.slice(0, 25), call)).toEqual(
        receipts.slice(0, 25),
      );
      const regularisations = await allOf(reading(use(chargeRegularisations)), key, 1);
      expect(regularisations).toEqual(
        each.regularisations.map((done) => expected.regularisation(key, done)),
      );
    }
  });

  it("the surveys are as in the World", async () => {
    const found = await use(surveys).ofContracts(keys(), call);
    expect(found).toEqual(theirs().map(expected.surveys));
  });

  it("the requests are as in the World, open, closed and by key", async () => {
    const instants = (request: ServiceRequest) => ({
      ...request,
      createdAt: Date.parse(request.createdAt),
      updates: request.updates.map((update) => ({ ...update, at: Date.parse(update.at) })),
    });
    for (const each of theirs()) {
      const key = keyOfContract(each);
      const read = async (state: "OPEN" | "CLOSED" | "ALL") => {
        const asked = { contractKey: key, first: 50, after: null, state };
        return (await use(serviceRequests).ofContracts([asked], call))[0]!.items;
      };
      const all = await read("ALL");
      expect(all.map(instants)).toEqual(each.requests.map((one) => expected.request(key, one)));
      const parts = [...(await read("OPEN")), ...(await read("CLOSED"))];
      expect(new Set(parts.map(({ key: name }) => name)).size).toBe(all.length);
      expect(await use(serviceRequests).byKeys(all, call)).toEqual(all);
    }
  });
});

describe("The adapter", () => {
  afterEach(async () => {
    await door("/faults", "DELETE");
    await door("/calls", "DELETE");
  });

  const firstOf = (oddity: (typeof oddities)[keyof typeof oddities]) =>
    contractsOf(erp.world, personWith(erp.world, oddity))[0]!;
  const balanceOf = (of: WorldContract) =>
    use(billing.balances).ofContracts([keyOfContract(of)], call);

  it("was written for the WSDL that this ERP publishes", async () => {
    const folder = new URL("./wsdl/", import.meta.url);
    const files = await readdir(folder, { recursive: true });
    const names = files.filter((name) => /\.(wsdl|xsd)$/.test(name));
    expect(names).toHaveLength(9);
    for (const name of names) {
      const path = name.endsWith(".wsdl") ? `${servicePath}?wsdl` : `${servicePath}?xsd=${name}`;
      const published = await (await fetch(erp.url + path)).text();
      expect(published, name).toBe(await readFile(new URL(name, folder), "utf8"));
    }
  });

  it("reads the home page of somebody with three contracts in six calls, two at once", async () => {
    await door("/calls", "DELETE");
    const who = personWith(erp.world, oddities.threeContracts);
    const [found] = await use(contract.contracts).ofPersons([keyOfPerson(who)], call);
    const keys = found!.map(({ key }) => key);
    expect(keys).toHaveLength(3);
    const newest = keys.map((contractKey) => ({ contractKey, first: 1, after: null }));
    await Promise.all([
      use(billing.balances).ofContracts(keys, call),
      use(contract.insurancePolicies).ofContracts(keys, call),
      use(contract.billingAddresses).ofContracts(keys, call),
      use(documents.rentNotices).ofContracts(newest, call),
      use(serviceRequests).ofContracts(
        newest.map((key) => ({ ...key, first: 5, state: "OPEN" })),
        call,
      ),
    ]);
    const { total, mostAtOnce } = (await (await door("/calls")).json()) as Record<string, number>;
    expect([total, mostAtOnce! <= 2]).toEqual([6, true]);
  });

  it("never makes Pavois busy, however many ask at once", async () => {
    const contracts = erp.world.contracts.slice(0, 60);
    const pages = contracts.map((each) => ({
      contractKey: keyOfContract(each),
      first: 1,
      after: null,
    }));
    const found = await use(billing.accountEntries).ofContracts(pages, call);
    expect(found).toHaveLength(60);
  });

  it("streams a document, and finds none under another contract", async () => {
    const [own, other] = [firstOf(oddities.everything), firstOf(oddities.accents)];
    const key = expected.notice("", own.notices[0]!).key;
    const asked = { kind: "RENT_NOTICE", key, contractKey: keyOfContract(own) } as const;
    const { body, sizeBytes } = await use(documents.documentContents).open(asked, call);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    expect(bytes).toHaveLength(sizeBytes!);
    expect(bytes.toString("latin1")).toMatch(/^%PDF-1\.4[^]*%%EOF\s*$/);
    const theirs = { ...asked, contractKey: keyOfContract(other) };
    // More often than there are places for calls: what nobody may read must not hold one.
    for (let i = 0; i < 3; i++) {
      await expect(use(documents.documentContents).open(theirs, call)).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    }
  });

  it.each([
    ["closed", "UNAVAILABLE"],
    ["fault", "UNAVAILABLE"],
    ["cut-before", "UNAVAILABLE"],
    ["cut-after", "UNAVAILABLE"],
    ["html-202", "UNAVAILABLE"],
    ["cut-middle", "BAD_RESPONSE"],
    ["html", "BAD_RESPONSE"],
    ["empty", "BAD_RESPONSE"],
    ["garbage", "BAD_RESPONSE"],
    ["huge", "BAD_RESPONSE"],
    ["bomb", "BAD_RESPONSE"],
  ])("has %s as %s, and goes on afterwards", async (kind, code) => {
    await door("/faults", "PUT", { kind, times: 1 });
    const of = firstOf(oddities.accents);
    await expect(balanceOf(of)).rejects.toMatchObject({ code });
    expect((await balanceOf(of)).map(onTheWall)).toEqual([expected.balance(of)]);
  });

  it("stops waiting when the caller does", async () => {
    await door("/faults", "PUT", { kind: "hang", times: 1 });
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 100);
    const asked = use(billing.balances).ofContracts(["L/2013936"], {
      signal: caller.signal,
      requestId: "gone",
    });
    await expect(asked).rejects.toMatchObject({ code: "TIMEOUT" });
  });

  it("is told UNAVAILABLE when its password is wrong", async () => {
    const wrong = await connect("faux");
    const asked = wrong.ports.use(billing.balances).ofContracts(["L/2013936"], call);
    await expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await wrong.close();
  });
});
