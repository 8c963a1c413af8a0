/** The adapter against the mock ERP, over HTTP: every port, for every odd person of the World. */
import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { MockErp } from "../../../mocks/kit/product.ts";
import * as expected from "../../../mocks/habilog/expected.ts";
import { keyOfContract, keyOfPerson, referenceOf } from "../../../mocks/habilog/keys.ts";
import { servicePath, startHabilog } from "../../../mocks/habilog/start.ts";
import { contractsOf, personWith } from "../../../mocks/world/find.ts";
import { oddities, type Oddity } from "../../../mocks/world/oddities.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import * as billing from "../../ports/billing.ts";
import * as contract from "../../ports/contract.ts";
import * as documents from "../../ports/documents.ts";
import * as identity from "../../ports/identity.ts";
import type { Call, Port, Ports } from "../../ports/port.ts";
import type { Page } from "../../ports/values.ts";
import { call, connectTo } from "./testing/house.ts";

let erp: MockErp;
let ports: Ports;
let close: () => Promise<void>;

beforeAll(async () => {
  erp = await startHabilog();
  ({ ports, close } = await connectTo(erp.url, {}));
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
  port: { ofContracts(keys: billing.ContractPage[], call: Call): Promise<Page<T>[]> },
  contractKey: string,
  first: number,
): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  for (;;) {
    const [page] = (await port.ofContracts([{ contractKey, first, after }], call)) as [Page<T>];
    items.push(...page.items);
    if (!page.hasNextPage) {
      expect(page.total).toBe(items.length);
      return items;
    }
    expect(page.items).toHaveLength(first);
    after = page.endCursor;
  }
}

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
    for (const each of theirs()) {
      const references = [
        { kind: "CONTRACT", reference: referenceOf(each) },
        { kind: "CONTRACT", reference: keyOfContract(each) },
      ] as const;
      const people = each.signatories.map((number) =>
        erp.world.people.find((person) => person.number === number)!,
      );
      const found = await use(identity.registrations).byReferences(references, call);
      expect(found).toEqual([people.map(expected.registrant), people.map(expected.registrant)]);
    }
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
      expect(await allOf(use(billing.accountEntries), key, 70)).toEqual(expected.entries(each));
      expect(await allOf(use(billing.payments), key, 100)).toEqual(expected.payments(each));
    }
  });

  it("bank details, mandate and payment plan are as in the World", async () => {
    expect(await use(billing.bankAccounts).ofContracts(keys(), call)).toEqual(
      theirs().map(expected.bank),
    );
    expect(await use(billing.directDebits).ofContracts(keys(), call)).toEqual(
      theirs().map(expected.directDebit),
    );
    expect(await use(billing.paymentPlans).ofContracts(keys(), call)).toEqual(
      theirs().map(expected.paymentPlan),
    );
  });

  it("the rent notices are as in the World, listed and by key", async () => {
    for (const each of theirs()) {
      const key = keyOfContract(each);
      const notices = await allOf(use(documents.rentNotices), key, 20);
      expect(notices).toEqual(each.notices.map((notice) => expected.notice(key, notice)));
      expect(await use(documents.rentNotices).byKeys(notices, call)).toEqual(notices);
    }
  });
});

describe("The adapter", () => {
  afterEach(async () => {
    await door("/faults", "DELETE");
    await door("/calls", "DELETE");
  });

  const firstOf = (oddity: Oddity) => contractsOf(erp.world, personWith(erp.world, oddity))[0]!;
  const balanceOf = (of: WorldContract) =>
    use(billing.balances).ofContracts([keyOfContract(of)], call);

  it("was written for the WSDL that this ERP publishes", async () => {
    for (const [name, query] of [
      ["PortailLocataire.wsdl", "?wsdl"],
      ["PortailLocataire.xsd", "?xsd=PortailLocataire.xsd"],
    ] as const) {
      const published = await (await fetch(erp.url + servicePath + query)).text();
      expect(published).toBe(await readFile(new URL(`./wsdl/${name}`, import.meta.url), "utf8"));
    }
  });

  it("meets in the World what it has to read: plans, mandates, banks, occupants, three thousands", () => {
    const { contracts } = erp.world;
    const plan = contracts.find(({ paymentPlan }) => paymentPlan !== null);
    const shared = contracts.filter(({ occupants }) => occupants.length > 1);
    expect([plan !== undefined, shared.length > 0]).toEqual([true, true]);
    expect(contracts.some(({ directDebit }) => directDebit !== null)).toBe(true);
    expect(contracts.some(({ bank }) => bank === null)).toBe(true);
  });

  it("reads plans, banks and mandates of others than the odd ones as in the World", async () => {
    const some = erp.world.contracts
      .filter(({ paymentPlan, directDebit }) => paymentPlan !== null || directDebit !== null)
      .slice(0, 40);
    const keys = some.map(keyOfContract);
    expect(await use(billing.paymentPlans).ofContracts(keys, call)).toEqual(
      some.map(expected.paymentPlan),
    );
    expect(await use(billing.directDebits).ofContracts(keys, call)).toEqual(
      some.map(expected.directDebit),
    );
    expect(await use(billing.bankAccounts).ofContracts(keys, call)).toEqual(
      some.map(expected.bank),
    );
  });

  it("reads the home page of somebody with three contracts in ten calls, four at once", async () => {
    await door("/calls", "DELETE");
    const who = personWith(erp.world, oddities.threeContracts);
    const [found] = await use(contract.contracts).ofPersons([keyOfPerson(who)], call);
    const keys = found!.map(({ key }) => key);
    expect(keys).toHaveLength(3);
    await Promise.all([
      use(billing.balances).ofContracts(keys, call),
      use(contract.insurancePolicies).ofContracts(keys, call),
      use(contract.billingAddresses).ofContracts(keys, call),
    ]);
    const { total, mostAtOnce } = (await (await door("/calls")).json()) as Record<string, number>;
    expect([total, mostAtOnce! <= 4]).toEqual([10, true]);
  });

  it("never makes Habilog busy, however many ask at once", async () => {
    const contracts = erp.world.contracts.slice(0, 60);
    const found = await use(billing.balances).ofContracts(contracts.map(keyOfContract), call);
    expect(found.map(onTheWall)).toEqual(contracts.map(expected.balance));
    const { mostAtOnce } = (await (await door("/calls")).json()) as Record<string, number>;
    expect(mostAtOnce).toBe(4);
  });

  it("gives a document, and finds none under another contract", async () => {
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
    await expect(use(documents.documentContents).open(theirs, call)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
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

  it("has a closed port as UNAVAILABLE, and goes on afterwards", async () => {
    const of = firstOf(oddities.accents);
    await door("/faults", "PUT", { kind: "refuse" });
    await expect(balanceOf(of)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await door("/faults", "DELETE");
    expect((await balanceOf(of)).map(onTheWall)).toEqual([expected.balance(of)]);
  });

  it("does not follow a redirect", async () => {
    await door("/faults", "PUT", { kind: "redirect", to: `${erp.doorUrl}/calls`, times: 1 });
    await expect(balanceOf(firstOf(oddities.accents))).rejects.toMatchObject({
      code: "BAD_RESPONSE",
    });
  });

  it("waits for a slow answer, and for one that drips", async () => {
    const of = firstOf(oddities.accents);
    for (const fault of [
      { kind: "slow", ms: 100, times: 1 },
      { kind: "drip", ms: 0, times: 1 },
    ]) {
      await door("/faults", "PUT", fault);
      expect((await balanceOf(of)).map(onTheWall)).toEqual([expected.balance(of)]);
    }
  });

  it("stops waiting when the caller does", async () => {
    await door("/faults", "PUT", { kind: "hang", times: 1 });
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 100);
    const asked = use(billing.balances).ofContracts(["L1200001"], {
      signal: caller.signal,
      requestId: "gone",
    });
    await expect(asked).rejects.toMatchObject({ code: "TIMEOUT" });
  });

  it("is told UNAVAILABLE, never an empty list, when its password is wrong", async () => {
    const wrong = await connectTo(erp.url, { password: "faux" });
    const key = keyOfContract(firstOf(oddities.everything));
    const person = keyOfPerson(personWith(erp.world, oddities.everything));
    const asked: Promise<unknown>[] = [
      wrong.ports.use(contract.contracts).ofPersons([person], call),
      wrong.ports.use(billing.paymentPlans).ofContracts([key], call),
      wrong.ports
        .use(identity.registrations)
        .byReferences([{ kind: "CONTRACT", reference: key }], call),
    ];
    for (const { status, reason } of (await Promise.allSettled(asked)) as PromiseRejectedResult[]) {
      expect([status, reason]).toEqual([
        "rejected",
        expect.objectContaining({ code: "UNAVAILABLE" }),
      ]);
    }
    expect(wrong.logs.filter(({ level }) => level === "error")).toHaveLength(3);
    expect(JSON.stringify(wrong.logs)).not.toMatch(/faux|portail/);
    await wrong.close();
  });

  it("is told UNAVAILABLE for accounts while the night's batch runs", async () => {
    const night = await startHabilog({ world: erp.world, inBatch: () => true });
    const awake = await connectTo(night.url, {});
    const keys = [keyOfContract(firstOf(oddities.everything))];
    await expect(awake.ports.use(billing.balances).ofContracts(keys, call)).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
    const [found] = await awake.ports.use(contract.billingAddresses).ofContracts(keys, call);
    expect(found).toEqual(expected.billing(firstOf(oddities.everything)));
    await awake.close();
    await night.close();
  });
});
