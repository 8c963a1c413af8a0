import { describe, expect, it } from "vitest";
import { readPages, type AskParts } from "./paging.ts";

interface Asked {
  contracts: string[];
  skip: number;
  max: number;
}

const mine = "L/2013936";
const other = "L/2013937";

/** An ERP with lists of that many records, which gives at most `cap` at once. */
function erpWith(lengths: Record<string, number>, cap = 50) {
  const asked: Asked[] = [];
  const ask: AskParts<string> = (contracts, skip, max) => {
    asked.push({ contracts, skip, max });
    const known = contracts.filter((contract) => lengths[contract] !== undefined);
    const parts = known.map((contract) => {
      const all = Array.from({ length: lengths[contract]! }, (_, i) => `${contract}#${i}`);
      const part = { total: all.length, records: all.slice(skip, skip + Math.min(max, cap)) };
      return [contract, part] as const;
    });
    return Promise.resolve(new Map(parts));
  };
  return { ask, asked };
}

const key = (contractKey: string, first: number, after: string | null = null) => ({
  contractKey,
  first,
  after,
});

describe("A page", () => {
  it("is cut where it should be, and says where it ended", async () => {
    const { ask } = erpWith({ [mine]: 5 });
    const [page] = await readPages([key(mine, 2, "2")], ask);
    expect(page).toEqual({
      items: [`${mine}#2`, `${mine}#3`],
      endCursor: "4",
      hasNextPage: true,
      total: 5,
    });
  });

  it("that ends with the list has none after it", async () => {
    const { ask } = erpWith({ [mine]: 4 });
    const [page] = await readPages([key(mine, 2, "2")], ask);
    expect(page).toMatchObject({ endCursor: "4", hasNextPage: false });
  });

  it("of 100 takes two calls, since Pavois gives 50 at most", async () => {
    const { ask, asked } = erpWith({ [mine]: 120 });
    const [page] = await readPages([key(mine, 100)], ask);
    expect(page!.items).toEqual(Array.from({ length: 100 }, (_, i) => `${mine}#${i}`));
    expect(page).toMatchObject({ endCursor: "100", hasNextPage: true });
    expect(asked.map(({ skip, max }) => [skip, max])).toEqual([
      [0, 50],
      [50, 50],
    ]);
  });

  it("is full even when the ERP gives fewer than asked for", async () => {
    const { ask } = erpWith({ [mine]: 30 }, 7);
    const [page] = await readPages([key(mine, 20)], ask);
    expect(page!.items).toHaveLength(20);
    expect(page).toMatchObject({ endCursor: "20", hasNextPage: true });
  });

  it("is empty beyond the end, and for an unknown contract", async () => {
    const { ask } = erpWith({ [mine]: 3 });
    const pages = await readPages([key(mine, 10, "3"), key(other, 10)], ask);
    const empty = { items: [], endCursor: null, hasNextPage: false };
    expect(pages).toEqual([
      { ...empty, total: 3 },
      { ...empty, total: 0 },
    ]);
  });

  it("does not ask for ever when the total promises more than comes", async () => {
    const ask: AskParts<string> = (_, skip) =>
      Promise.resolve(new Map([[mine, { total: 99, records: skip === 0 ? ["a"] : [] }]]));
    const [page] = await readPages([key(mine, 10)], ask);
    expect(page).toMatchObject({ items: ["a"], hasNextPage: false });
  });

  it("is not asked for when the key is no contract number", async () => {
    const { ask, asked } = erpWith({});
    const [page] = await readPages([key("]]><x/>", 10)], ask);
    expect([page!.items, asked]).toEqual([[], []]);
  });

  it("with a cursor of something else is refused", async () => {
    const { ask } = erpWith({ [mine]: 3 });
    await expect(readPages([key(mine, 10, "-1")], ask)).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });
});

describe("Several pages", () => {
  it("at the same place are asked for together, each distinct one once, and answered in order", async () => {
    const { ask, asked } = erpWith({ [mine]: 3, [other]: 1 });
    const keys = [key(other, 2), key(mine, 2), key(other, 2), key(mine, 1, "2")];
    const pages = await readPages(keys, ask);
    expect(pages.map(({ items }) => items.length)).toEqual([1, 2, 1, 1]);
    expect(pages[3]!.items).toEqual([`${mine}#2`]);
    expect(asked).toEqual([
      { contracts: [other, mine], skip: 0, max: 2 },
      { contracts: [mine], skip: 2, max: 1 },
    ]);
  });
});
