/** The adapter against the mock ERP: its caps, its limits, its bad days. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyOfContract } from "../../../mocks/beauceron/keys.ts";
import { startBeauceron } from "../../../mocks/beauceron/start.ts";
import type { MockErp } from "../../../mocks/kit/product.ts";
import { contractsOf, personWith } from "../../../mocks/world/find.ts";
import { oddities } from "../../../mocks/world/oddities.ts";
import { createWorld } from "../../../mocks/world/world.ts";
import { createLimit } from "../../limit.ts";
import { accountEntries, balances } from "../../ports/billing.ts";
import { call, connected } from "./replay.ts";

const world = createWorld({ landlord: "chartres", seed: 7, today: "2026-11-20", people: 80 });
let erp: MockErp;
let beauceron: Awaited<ReturnType<typeof connected>>;

beforeAll(async () => {
  erp = await startBeauceron({ world });
  const own = { baseUrl: erp.url, clientSecret: "beauceron-demo" };
  beauceron = await connected({ limit: createLimit("chartres", 10) }, own);
});
afterAll(async () => {
  await beauceron.close();
  await erp.close();
});

describe("beauceron, as it is", () => {
  test("a list of more than 250 comes whole for every size of page", async () => {
    const [contract] = contractsOf(world, personWith(world, oddities.many));
    const contractKey = keyOfContract(contract!);
    expect(contract!.entries.length).toBeGreaterThan(250);
    for (const first of [7, 25, 26, 100]) {
      const keys: string[] = [];
      for (let after: string | null = null; ;) {
        const request = { contractKey, first, after };
        const [page] = await beauceron.use(accountEntries).ofContracts([request], call());
        expect(page!.total).toBeNull();
        keys.push(...page!.items.map(({ key }) => key));
        after = page!.endCursor;
        if (!page!.hasNextPage) break;
      }
      expect(keys).toHaveLength(contract!.entries.length);
      expect(new Set(keys).size).toBe(contract!.entries.length);
    }
  });

  test("many calls at once stay under its limit", async () => {
    await fetch(`${erp.doorUrl}/calls`, { method: "DELETE" });
    const keys = world.contracts
      .slice(0, 200)
      .map((contract) => ({ contractKey: keyOfContract(contract), first: 2, after: null }));
    const pages = await beauceron.use(accountEntries).ofContracts(keys, call());
    expect(pages).toHaveLength(200);
    const answer = await fetch(`${erp.doorUrl}/calls`);
    const { mostAtOnce, calls } = (await answer.json()) as {
      mostAtOnce: number;
      calls: { status: number }[];
    };
    expect(mostAtOnce).toBeLessThanOrEqual(10);
    expect(calls).toHaveLength(200);
    expect(calls.filter(({ status }) => status === 429)).toEqual([]);
  });

  test("a wrong secret makes it unavailable, and no more is said", async () => {
    const other = await connected({}, { baseUrl: erp.url, clientSecret: "wrong-secret" });
    const ask = other.use(balances).ofContracts([keyOfContract(world.contracts[0]!)], call());
    const error: unknown = await ask.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "UNAVAILABLE" });
    expect((error as Error).message).not.toMatch(/wrong-secret|SELECT|bcn_core/);
    await other.close();
  });

  // Each of a contract that nobody asked for before: an answer that is known comes without a body
  // that could go wrong.
  test.each([
    ["fault", "UNAVAILABLE", 501],
    ["closed", "UNAVAILABLE", 502],
    ["html", "BAD_RESPONSE", 503],
    ["html-202", "UNAVAILABLE", 504],
    ["garbage", "BAD_RESPONSE", 505],
    ["empty", "BAD_RESPONSE", 506],
    ["cut-middle", "BAD_RESPONSE", 507],
    ["cut-before", "UNAVAILABLE", 508],
  ])("%s is %s, then all is well again", async (kind, code, number) => {
    const keys = [keyOfContract({ number })];
    const put = await fetch(`${erp.doorUrl}/faults`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind, operation: "soldes", times: 1 }),
    });
    expect(put.ok).toBe(true);
    await expect(beauceron.use(balances).ofContracts(keys, call())).rejects.toMatchObject({ code });
    const [balance] = await beauceron.use(balances).ofContracts(keys, call());
    const owed = Number(balance!.owed.amount.replace(".", ""));
    expect(owed).toBe(world.contracts[number - 1]!.balanceCents);
  });
});
