/** The adapter behind its guard against the mock ERP: its tickets, its holes, its bad days. */
import { assert, asyncProperty, integer } from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { keyOfContract, keyOfDocument, keyOfPerson } from "../../../mocks/syndeo/keys.ts";
import { contractsOf, personWith } from "../../../mocks/world/find.ts";
import { oddities, ownerOddities } from "../../../mocks/world/oddities.ts";
import { createWorld } from "../../../mocks/world/world.ts";
import { accountEntries, balances, payments } from "../../ports/billing.ts";
import { contracts } from "../../ports/contract.ts";
import { assemblyMinutes, documentContents, rentReceipts } from "../../ports/documents.ts";
import { credentials } from "../../ports/identity.ts";
import type { Call, Port } from "../../ports/port.ts";
import { serviceRequests } from "../../ports/requests.ts";
import { startHouse, type House } from "./testing/house.ts";

const world = createWorld({ landlord: "immo-paris", seed: 53, today: "2026-11-20", people: 80 });
const call = (signal = new AbortController().signal): Call => ({ signal, requestId: "habits" });
const lease = contractsOf(world, personWith(world, oddities.everything))[0]!;
const lot = contractsOf(world, personWith(world, ownerOddities.coOwner))[0]!;
const council = contractsOf(world, personWith(world, ownerOddities.council))[0]!;
const key = keyOfContract(lease);

let house: House;
beforeAll(async () => {
  house = await startHouse({ world, deadlockEvery: 0 });
});
afterAll(() => house.close());
afterEach(() => house.door("/faults", "DELETE"));

const use = <I>(port: Port<I>): I => house.ports.use(port);
const owed = async (contractKey = key) => {
  const [balance] = await use(balances).ofContracts([contractKey], call());
  return balance?.owed.amount;
};
interface Report {
  mostAtOnce: number;
  calls: { operation: string }[];
}
const operations = async () => {
  const { calls } = (await house.door("/calls")) as Report;
  return calls.map(({ operation }) => operation);
};

describe("sessions", () => {
  const someKeys = world.contracts.slice(0, 60).map(keyOfContract);

  test("that are lost while many ask are opened once more, for all of them", async () => {
    await use(balances).ofContracts(someKeys, call());
    await house.door("/lose-sessions", "POST");
    await house.door("/calls", "DELETE");
    const found = await use(balances).ofContracts(someKeys, call());
    expect(found).not.toContain(null);
    const asked = await operations();
    expect(asked.filter((operation) => operation === "ouvrirSession")).toHaveLength(1);
    expect(asked.filter((operation) => operation === "solde").length).toBeLessThanOrEqual(120);
  });

  test("that are lost before a file is opened do not lose the file", async () => {
    const receipt = keyOfDocument("QUITTANCE", lease.number, lease.receipts[0]!.number);
    const asked = { kind: "RENT_RECEIPT", contractKey: key, key: receipt } as const;
    await house.door("/lose-sessions", "POST");
    const { body, sizeBytes } = await use(documentContents).open(asked, call());
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    expect(bytes).toHaveLength(sizeBytes!);
    expect(bytes.toString("latin1")).toMatch(/^%PDF-1\.4[^]*%%EOF\s*$/);
  });

  test("with wrong credentials are tried once, however many ask", async () => {
    const wrong = await startHouse({ world }, "faux");
    const ask = () => wrong.ports.use(balances).ofContracts(someKeys, call());
    for (let i = 0; i < 3; i++) await expect(ask()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const { calls } = (await wrong.door("/calls")) as Report;
    expect(calls.map(({ operation }) => operation)).toEqual(["ouvrirSession"]);
    await wrong.close();
  });

  test("whose tickets lapse all the time are no bother", async () => {
    let time = 0;
    // Each look at the clock moves it by two seconds: a ticket is good for two calls or so.
    const now = () => new Date((time += 2000));
    const restless = await startHouse({ world, now, ticketMs: 9000, deadlockEvery: 0 });
    for (const contract of world.contracts.slice(0, 12)) {
      const [found] = await restless.ports
        .use(balances)
        .ofContracts([keyOfContract(contract)], call());
      expect(Number(found!.owed.amount.replace(".", ""))).toBe(contract.balanceCents);
    }
    await restless.close();
  });
});

describe("what syndeo gives to anybody", () => {
  test("is not shown under another contract", async () => {
    const receipt = keyOfDocument("QUITTANCE", lease.number, lease.receipts[0]!.number);
    const request = `INT-${lease.number}-${lease.requests[0]!.number}`;
    const contractKey = keyOfContract(lot);
    expect(await use(rentReceipts).byKeys([{ contractKey, key: receipt }], call())).toEqual([null]);
    expect(await use(serviceRequests).byKeys([{ contractKey, key: request }], call())).toEqual([
      null,
    ]);
    const asked = { kind: "RENT_RECEIPT", contractKey, key: receipt } as const;
    await expect(use(documentContents).open(asked, call())).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("of the council is shown to its members only", async () => {
    const zones = async (contractKey: string) => {
      const asked = { contractKey, first: 50, after: null };
      const [page] = await use(assemblyMinutes).ofContracts([asked], call());
      return new Set(page!.items.map(({ zone }) => zone));
    };
    expect(await zones(keyOfContract(council))).toContain("COUNCIL");
    expect(await zones(keyOfContract(lot))).not.toContain("COUNCIL");
  });
});

test("no more calls than the landlord allows are made at once", async () => {
  await house.door("/calls", "DELETE");
  const pages = world.contracts
    .slice(0, 80)
    .map((contract) => ({ contractKey: keyOfContract(contract), first: 2, after: null }));
  const found = await use(payments).ofContracts(pages, call());
  expect(found).toHaveLength(80);
  const { mostAtOnce, calls } = (await house.door("/calls")) as Report;
  expect(mostAtOnce).toBeLessThanOrEqual(4);
  expect(calls).toHaveLength(80);
});

test("deadlocks in the midst of things go unnoticed", async () => {
  const busy = await startHouse({ world, deadlockEvery: 3 });
  const some = world.contracts.slice(0, 40);
  const found = await busy.ports.use(balances).ofContracts(some.map(keyOfContract), call());
  expect(found.map((balance) => Number(balance!.owed.amount.replace(".", "")))).toEqual(
    some.map(({ balanceCents }) => balanceCents),
  );
  await busy.close();
});

describe("amounts over the wire", () => {
  test("come through to the cent, with the sign of each resource", async () => {
    const entry = lease.entries[0]!;
    const before = { balance: lease.balanceCents, entry: entry.cents };
    const cents = integer({ min: -99_999_999_999, max: 99_999_999_999 });
    const asked = { contractKey: key, first: 1, after: null };
    await assert(
      asyncProperty(cents, async (value) => {
        lease.balanceCents = value;
        entry.cents = value;
        const [page] = await use(accountEntries).ofContracts([asked], call());
        expect(Number(page!.items[0]!.owed.amount.replace(".", ""))).toBe(value);
        expect(Number((await owed())!.replace(".", ""))).toBe(value);
      }),
      { numRuns: 60, examples: [[-99_999_999_999], [99_999_999_999], [0], [-1], [99]] },
    );
    lease.balanceCents = before.balance;
    entry.cents = before.entry;
  });
});

describe("when the ERP has", () => {
  test.each([
    ["fault", "UNAVAILABLE"],
    ["closed", "UNAVAILABLE"],
    ["cut-before", "UNAVAILABLE"],
    ["cut-after", "UNAVAILABLE"],
    ["html-202", "UNAVAILABLE"],
    ["cut-middle", "BAD_RESPONSE"],
    ["html", "BAD_RESPONSE"],
    ["empty", "BAD_RESPONSE"],
    ["garbage", "BAD_RESPONSE"],
    ["huge", "BAD_RESPONSE"],
    ["bomb", "BAD_RESPONSE"],
  ])("%s, a read is %s, and all is well afterwards", async (kind, code) => {
    const before = await owed();
    await house.door("/faults", "PUT", { kind, operation: "solde" });
    await expect(owed()).rejects.toMatchObject({ code });
    await house.door("/faults", "DELETE");
    expect(await owed()).toBe(before);
  });

  test("a redirect to another host for data, a read is BAD_RESPONSE", async () => {
    await house.door("/faults", "PUT", { kind: "redirect", to: house.erp.doorUrl });
    await expect(owed()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("a redirect to another host for a file, it is BAD_RESPONSE", async () => {
    const receipt = keyOfDocument("QUITTANCE", lease.number, lease.receipts[0]!.number);
    const fault = { kind: "redirect", operation: "fichier", to: `${house.erp.doorUrl}/calls` };
    await house.door("/faults", "PUT", fault);
    const asked = { kind: "RENT_RECEIPT", contractKey: key, key: receipt } as const;
    await expect(use(documentContents).open(asked, call())).rejects.toMatchObject({
      code: "BAD_RESPONSE",
    });
  });

  test("no answer to a login, nobody waits longer than they want, and later logins work", async () => {
    await house.door("/lose-sessions", "POST");
    await house.door("/faults", "PUT", { kind: "hang", operation: "ouvrirSession", times: 1 });
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 100);
    const ask = use(balances).ofContracts([key], call(caller.signal));
    await expect(ask).rejects.toMatchObject({ code: "TIMEOUT" });
    await house.door("/restart", "POST");
    await expect.poll(() => owed().catch(() => null)).toBeTypeOf("string");
  });

  test("a restart behind it, the next reads sign in again", async () => {
    await house.door("/restart", "POST");
    const who = personWith(world, ownerOddities.coOwnerAndOwner);
    const [found] = await use(contracts).ofPersons([keyOfPerson(who)], call());
    expect(found).toHaveLength(2);
  });
});

test("a person with quotes and angle brackets in the password is recognised", async () => {
  const who = personWith(world, ownerOddities.council);
  const { identifier, password } = who.credentials!;
  const wrong = ["' or '1'='1", '"', "{}", "\u0000", "é".repeat(200)];
  const asked = [password, ...wrong].map((each) => ({ identifier, password: each }));
  const found = await use(credentials).check(asked, call());
  expect(found.map((holder) => holder?.personKey)).toEqual([
    keyOfPerson(who),
    ...wrong.map(() => undefined),
  ]);
});
