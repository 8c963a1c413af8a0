/** The adapter against the mock ERP, over HTTP: every port, for every odd person of the World. */
import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDirectory } from "../../../mocks/intitulo/directory.ts";
import * as expected from "../../../mocks/intitulo/expected.ts";
import { keyOfContract, keyOfNotice, keyOfPerson } from "../../../mocks/intitulo/keys.ts";
import { servicePath, startIntitulo } from "../../../mocks/intitulo/start.ts";
import type { MockErp } from "../../../mocks/kit/product.ts";
import { contractsOf, personWith } from "../../../mocks/world/find.ts";
import { oddities, type Oddity } from "../../../mocks/world/oddities.ts";
import { connectLandlord } from "../../load.ts";
import * as billing from "../../ports/billing.ts";
import { buildingContacts, contracts } from "../../ports/contract.ts";
import { documentContents, rentNotices } from "../../ports/documents.ts";
import { persons, registrations } from "../../ports/identity.ts";
import type { Call, Port, Ports } from "../../ports/port.ts";
import type { Page } from "../../ports/values.ts";
import { collect } from "../../transport/collect.ts";
import adapter from "./index.ts";

const call: Call = { signal: new AbortController().signal, requestId: "integration" };
const concurrency = 4;
const logs: { level: string; message: string }[] = [];

/** The adapter behind its guard, as the gateway has it. */
const connect = (to: MockErp, password = "intitulo-demo") =>
  connectLandlord(
    adapter,
    { id: "aubervilliers", erp: { product: "intitulo", concurrency, deadlineMs: 15_000 } },
    adapter.settings.parse({ endpoint: to.url + servicePath, username: "portail", password }),
    { log: (level, message) => void logs.push({ level, message }), now: () => new Date() },
  );

let erp: MockErp;
let ports: Ports;
let close: () => Promise<void>;

beforeAll(async () => {
  erp = await startIntitulo({ loginMs: 1, refusalMs: 20 });
  ({ ports, close } = await connect(erp));
});
afterAll(async () => {
  await close();
  await erp.close();
});

const use = <I>(port: Port<I>): I => ports.use(port);
const door = (path: string, method = "GET", body?: unknown) =>
  fetch(erp.doorUrl + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });

/** All pages of a contract's list, `first` items each. */
async function allOf<T>(
  port: { ofContracts(keys: billing.ContractPage[], call: Call): Promise<Page<T>[]> },
  contractKey: string,
  first: number,
): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | null = null; ;) {
    const page: Page<T> = (await port.ofContracts([{ contractKey, first, after }], call))[0]!;
    items.push(...page.items);
    if (!page.hasNextPage) {
      expect(page.total).toBe(items.length);
      return items;
    }
    after = page.endCursor;
  }
}

const instant = (found: billing.Balance | null) =>
  found && { ...found, asOf: Date.parse(found.asOf) };

describe.each(Object.values(oddities))("For the person with %s,", (oddity) => {
  const who = () => personWith(erp.world, oddity);
  const theirs = () => contractsOf(erp.world, who());

  it("the person and the registration are as in the World", async () => {
    expect(await use(persons).byKeys([keyOfPerson(who())], call)).toEqual([expected.person(who())]);
    const intitules = createDirectory(erp.world).intitulesOf(who());
    const references = intitules.flatMap(({ key, contracts: held }) => [
      { kind: "CUSTOMER", reference: key } as const,
      { kind: "CONTRACT", reference: keyOfContract(held[0]!) } as const,
    ]);
    const found = await use(registrations).byReferences(references, call);
    const holders = intitules.map((intitule) => intitule.holders.map(expected.registrant));
    expect(found).toEqual(holders.flatMap((each) => [each, each]));
  });

  it("the contracts and their contacts are as in the World", async () => {
    const [found] = await use(contracts).ofPersons([keyOfPerson(who())], call);
    const active = (status: string) => (status === "ACTIVE" ? 0 : 1);
    const wanted = theirs()
      .map((each) => expected.contract(each, erp.world))
      .toSorted((a, b) => active(a.status) - active(b.status));
    expect(found).toEqual(wanted);
    const keys = theirs().map(keyOfContract);
    expect(await use(buildingContacts).ofContracts(keys, call)).toEqual(
      theirs().map(expected.contacts),
    );
  });

  it("the account is as in the World, to its last page", async () => {
    const found = await use(billing.balances).ofContracts(theirs().map(keyOfContract), call);
    expect(found.map(instant)).toEqual(theirs().map(expected.balance));
    for (const each of theirs()) {
      const key = keyOfContract(each);
      const entries = await allOf(use(billing.accountEntries), key, 100);
      expect(entries).toEqual(expected.entries(each));
      const payments = await allOf(use(billing.payments), key, 100);
      expect(payments).toEqual(expected.payments(each));
    }
  });

  it("the rent notices are as in the World, listed and by key", async () => {
    for (const each of theirs()) {
      const notices = await allOf(use(rentNotices), keyOfContract(each), 20);
      expect(notices).toEqual(each.notices.map((issued) => expected.notice(each, issued)));
      const some = notices.slice(0, 5);
      expect(await use(rentNotices).byKeys(some, call)).toEqual(some);
    }
  });
});

describe("The adapter", () => {
  afterEach(async () => {
    await door("/faults", "DELETE");
    await door("/calls", "DELETE");
  });

  const firstOf = (oddity: Oddity) => contractsOf(erp.world, personWith(erp.world, oddity))[0]!;
  const balanceOf = (oddity: Oddity) =>
    use(billing.balances).ofContracts([keyOfContract(firstOf(oddity))], call);

  it("serves what the landlord's guide describes, and nothing else", () => {
    expect(ports.served).toEqual([
      "accountEntries",
      "balances",
      "buildingContacts",
      "cardPayments",
      "contracts",
      "documentContents",
      "payments",
      "personChanges",
      "persons",
      "registrations",
      "rentNotices",
    ]);
  });

  it("was written for the WSDL and the flux that this ERP publishes", async () => {
    for (const [query, file] of [
      ["wsdl", "serveur_portail.wsdl"],
      ["xsd", "flux.xsd"],
    ] as const) {
      const published = await (await fetch(`${erp.url}${servicePath}?${query}`)).text();
      const own = await readFile(new URL(`./wsdl/${file}`, import.meta.url), "utf8");
      expect(published, file).toBe(own);
    }
  });

  it("knows nobody and nothing under numbers that do not exist", async () => {
    const page = { contractKey: "C9999999", first: 5, after: null };
    const nothing = { items: [], endCursor: null, hasNextPage: false, total: 0 };
    const document = { contractKey: "C9999999", key: "F99999999" };
    expect(await use(persons).byKeys(["T99999"], call)).toEqual([null]);
    expect(await use(contracts).ofPersons(["T99999"], call)).toEqual([[]]);
    expect(await use(buildingContacts).ofContracts(["C9999999"], call)).toEqual([[]]);
    expect(await use(billing.balances).ofContracts(["C9999999"], call)).toEqual([null]);
    expect(await use(billing.accountEntries).ofContracts([page], call)).toEqual([nothing]);
    expect(await use(billing.payments).ofContracts([page], call)).toEqual([nothing]);
    expect(await use(rentNotices).ofContracts([page], call)).toEqual([nothing]);
    expect(await use(rentNotices).byKeys([document], call)).toEqual([null]);
    const unknown = [{ kind: "CUSTOMER", reference: "999999" } as const];
    expect(await use(registrations).byReferences(unknown, call)).toEqual([[]]);
  });

  it("never asks more than the landlord allows at once, and asks once for what is alike", async () => {
    const some = erp.world.contracts.slice(0, 40).map(keyOfContract);
    const found = await use(billing.balances).ofContracts([...some, ...some], call);
    expect(found.every((balance) => balance !== null)).toBe(true);
    const report = (await (await door("/calls")).json()) as { total: number; mostAtOnce: number };
    expect(report).toMatchObject({ total: 40, mostAtOnce: concurrency });
  });

  it("streams a notice, and finds none under another contract", async () => {
    const [own, other] = [firstOf(oddities.everything), firstOf(oddities.accents)];
    const key = keyOfNotice(own.notices[0]!);
    const asked = { kind: "RENT_NOTICE", key, contractKey: keyOfContract(own) } as const;
    const { body, ...head } = await use(documentContents).open(asked, call);
    const bytes = Buffer.from(await collect(body));
    expect(head).toEqual({
      fileName: `${expected.notice(own, own.notices[0]!).title}.pdf`,
      mediaType: "application/pdf",
      sizeBytes: bytes.length,
    });
    expect(bytes.toString("latin1")).toMatch(/^%PDF-1\.4[^]*%%EOF\s*$/);
    for (const wrong of [
      { ...asked, contractKey: keyOfContract(other) },
      { ...asked, kind: "RENT_RECEIPT" as const },
      { ...asked, key: "F99999999" },
    ]) {
      await expect(use(documentContents).open(wrong, call)).rejects.toMatchObject({
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
    await expect(balanceOf(oddities.accents)).rejects.toMatchObject({ code });
    expect((await balanceOf(oddities.accents)).map(instant)).toEqual([
      expected.balance(firstOf(oddities.accents)),
    ]);
  });

  it("has a redirect as BAD_RESPONSE, and goes nowhere", async () => {
    await door("/faults", "PUT", { kind: "redirect", to: `${erp.doorUrl}/faults` });
    await expect(balanceOf(oddities.accents)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it.each(["cut-middle", "garbage", "empty", "html", "huge"])(
    "has %s instead of a file as BAD_RESPONSE, at its beginning or at its end",
    async (kind) => {
      const own = firstOf(oddities.everything);
      const key = keyOfNotice(own.notices[0]!);
      await door("/faults", "PUT", { kind, operation: "lireDocument" });
      const read = async () => {
        const asked = { kind: "RENT_NOTICE", key, contractKey: keyOfContract(own) } as const;
        await collect((await use(documentContents).open(asked, call)).body);
      };
      await expect(read()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    },
  );

  it("stops waiting when the caller does", async () => {
    await door("/faults", "PUT", { kind: "hang", times: 1 });
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 100);
    const asked = use(billing.balances).ofContracts(["C2400001"], {
      signal: caller.signal,
      requestId: "gone",
    });
    await expect(asked).rejects.toMatchObject({ code: "TIMEOUT" });
  });

  it("is told UNAVAILABLE when its password is wrong, and says so in the log", async () => {
    const wrong = await connect(erp, "faux");
    logs.length = 0;
    const asked = wrong.ports.use(billing.balances).ofContracts(["C2400001"], call);
    await expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(logs.filter(({ level }) => level === "error")).toHaveLength(1);
    await wrong.close();
  });

  it("is told BAD_RESPONSE when a module is off, never an empty list", async () => {
    const off = await startIntitulo({ world: erp.world, loginMs: 0, modulesOff: ["avis"] });
    const other = await connect(off);
    const page = { contractKey: "C2400001", first: 5, after: null };
    const asked = other.ports.use(rentNotices).ofContracts([page], call);
    await expect(asked).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    await other.close();
    await off.close();
  });
});
