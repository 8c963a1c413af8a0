import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import type { WorldNotice, WorldReceipt } from "../mocks/world/types.ts";
import { operation, type Client } from "./support/client.ts";
import { createClock } from "./support/clock.ts";
import {
  door,
  erpOf,
  money,
  signedInAs,
  startTestDemo,
  type HeldContract,
} from "./support/demo.ts";

const clock = createClock();
let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo({ now: clock.now });
});
afterAll(() => demo?.stop());
afterEach(async () => {
  for (const { landlord } of demo.mocks.erps) await door(demo, landlord).calm();
});

const euros = (cents: number) => ({ amount: money(cents), currencyCode: "EUR" });
const orNull = (cents: number | null) => (cents === null ? null : euros(cents));
const sum = (lines: { cents: number }[]) => lines.reduce((total, { cents }) => total + cents, 0);

/** Lists of a contract: the saved operation, its field, and what it must show of the ERP's. */
const lists = {
  "F25-entries": {
    field: "entries",
    expected: ({ entries }: HeldContract) =>
      entries.map(({ date, label, cents, period }) => ({
        date,
        label,
        debit: cents < 0 ? null : euros(cents),
        credit: cents < 0 ? euros(-cents) : null,
        period,
      })),
  },
  "F25-payments": {
    field: "payments",
    expected: ({ payments }: HeldContract) =>
      payments.map(({ date, cents, method, status }) => ({
        date,
        amount: euros(cents),
        method,
        status,
      })),
  },
  "F30-rent-notices": {
    field: "rentNotices",
    expected: ({ notices }: HeldContract) =>
      notices.map(({ issuedOn, dueDate, period, lines }: WorldNotice) => ({
        title: expect.stringMatching(/^Avis d'échéance /),
        issuedOn,
        dueDate,
        period,
        total: euros(sum(lines)),
        lines: lines.map(({ label, cents }) => ({ label, amount: euros(cents) })),
      })),
  },
  "F31-receipts": {
    field: "rentReceipts",
    expected: ({ receipts }: HeldContract) =>
      receipts.map(({ kind, issuedOn, period, ...cents }: WorldReceipt) => ({
        title: expect.stringMatching(kind === "FULL" ? /^Quittance / : /^Reçu /),
        issuedOn,
        kind,
        period,
        paid: euros(cents.paidCents),
        rent: orNull(cents.rentCents),
        charges: orNull(cents.chargesCents),
      })),
  },
  "F32-charge-regularisations": {
    field: "chargeRegularisations",
    expected: ({ regularisations }: HeldContract) =>
      regularisations.map(({ issuedOn, year, actualCents, provisionsCents }) => ({
        title: expect.stringContaining(String(year)),
        issuedOn,
        year,
        actual: euros(actualCents),
        provisions: euros(provisionsCents),
        difference: euros(actualCents - provisionsCents),
      })),
  },
};
type ListName = keyof typeof lists;
const listNames = Object.keys(lists) as ListName[];

interface Item {
  id: string;
}

const inOrder = (items: object[]) => items.map((item) => JSON.stringify(item));
const withoutId = (item: Item): object =>
  Object.fromEntries(Object.entries(item).filter(([name]) => name !== "id"));

/** The ids of a person's contracts, by the contract number as the ERP has it. */
async function idsOf(front: Client): Promise<Map<string, string>> {
  const { data } = await front(operation("F13-contracts"));
  const nodes = data.viewer.contracts.nodes as { id: string; number: string }[];
  return new Map(nodes.map(({ id, number }) => [number, id]));
}

/** A list read to its end, so many at a time. Throws when it does not end. */
async function readAll(front: Client, name: ListName, id: string, first: number): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 200; pages += 1) {
    const { data, errors } = await front(operation(name), { id, first, after });
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data.contract[lists[name].field];
    expect(nodes.length).toBeLessThanOrEqual(first);
    items.push(...nodes);
    if (!pageInfo.hasNextPage) return items;
    expect(nodes.length).toBeGreaterThan(0);
    after = pageInfo.endCursor;
  }
  throw new Error(`${name} does not end.`);
}

const landlords = ["la-rochelle", "chartres"];

describe.each(landlords)("at %s", (landlord) => {
  test.each(["everything", "single", "empty", "ended"] as const)(
    "F25, F30 to F32: the lists are those of the ERP for: %s",
    async (oddity) => {
      const front = await signedInAs(demo, landlord, oddity);
      const ids = await idsOf(front);
      for (const held of await door(demo, landlord).contractsOf(oddity)) {
        for (const name of listNames) {
          const items = await readAll(front, name, ids.get(held.key)!, 50);
          expect(items.map(withoutId), name).toEqual(lists[name].expected(held));
        }
      }
    },
  );

  test("a tenant with more than 250 entries reads each list to its end, in pages of any size", async () => {
    const front = await signedInAs(demo, landlord, "many");
    const [held] = await door(demo, landlord).contractsOf("many");
    const id = (await idsOf(front)).get(held!.key)!;
    expect(held!.entries.length).toBeGreaterThan(250);
    for (const name of listNames) {
      const sevens = await readAll(front, name, id, 7);
      const fifties = await readAll(front, name, id, 50);
      expect(sevens.map(withoutId), name).toEqual(lists[name].expected(held!));
      expect(inOrder(fifties), name).toEqual(inOrder(sevens));
      expect(new Set(sevens.map((item) => item.id)).size, name).toBe(sevens.length);
    }
  });

  test("a list may be read on from behind any of its items", async () => {
    const front = await signedInAs(demo, landlord, "many");
    const [id] = (await idsOf(front)).values();
    const query = `query($id: ID!, $first: Int!, $after: String) { contract(id: $id) {
      entries(first: $first, after: $after) { totalCount edges { cursor node { id } } } } }`;
    const { data } = await front(query, { id, first: 50 });
    const { edges } = data.contract.entries as { edges: { cursor: string; node: Item }[] };
    for (const index of [0, 12, 48]) {
      const after = edges[index]!.cursor;
      const next = await front(query, { id, first: 1, after });
      expect(next.data.contract.entries.edges[0].node).toEqual(edges[index + 1]!.node);
    }
  });

  test("a page that cannot be is INVALID_INPUT, and the ERP is not asked for it", async () => {
    const front = await signedInAs(demo, landlord, "single");
    const [id] = (await idsOf(front)).values();
    await door(demo, landlord).forgetCalls();
    const wrong = [{ first: 0 }, { first: -1 }, { first: 51 }, { after: "not-a-cursor" }];
    for (const name of listNames) {
      for (const paging of wrong) {
        const { data, errors } = await front(operation(name), { id, ...paging });
        expect(data.contract[lists[name].field]).toBeNull();
        expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["INVALID_INPUT"]);
        expect(errors![0]!.extensions).toMatchObject({ retryable: false, landlord });
      }
    }
    const asked = new Set((await door(demo, landlord).calls()).calls.map((call) => call.operation));
    expect([...asked]).toEqual([landlord === "chartres" ? "contrats" : "ListerContrats"]);
  });

  test("an id of somebody else's document is as unknown as one that was made up", async () => {
    const owner = await signedInAs(demo, landlord, "everything");
    const other = await signedInAs(demo, landlord, "debt");
    const [contract] = (await idsOf(owner)).values();
    const notices = await readAll(owner, "F30-rent-notices", contract!, 50);
    const foreign = await other(operation("F35-download"), { id: notices[0]!.id });
    const madeUp = await other(operation("F35-download"), { id: `${notices[0]!.id}AAAA` });
    for (const { data, errors } of [foreign, madeUp]) {
      expect(data.document).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND", landlord } }]);
    }
    expect(foreign.errors![0]!.message).toBe(madeUp.errors![0]!.message);
  });
});

/** The newest document of each kind of the person who has everything, with a link to its file. */
async function linksOf(landlord: string, kinds = listNames.slice(2)) {
  const front = await signedInAs(demo, landlord, "everything");
  const ids = [...(await idsOf(front)).values()];
  const links: { url: string; expiresAt: string }[] = [];
  for (const name of kinds) {
    const pages = await Promise.all(ids.map((id) => front(operation(name), { id, first: 1 })));
    const [item] = pages.flatMap(({ data }) => data.contract[lists[name].field].nodes as Item[]);
    const { data, errors } = await front(operation("F35-download"), { id: item!.id });
    expect(errors).toBeUndefined();
    links.push(data.document.download);
  }
  return { front, links };
}

const fileOperation: Record<string, string> = {
  "la-rochelle": "OuvrirDocument",
  chartres: "fichier",
};

describe.each(landlords)("F35 at %s: a file", (landlord) => {
  let links: { url: string }[];
  beforeAll(async () => {
    ({ links } = await linksOf(landlord));
  });

  test("G-06 of each kind comes whole, by its name, for nobody to keep", async () => {
    expect(links).toHaveLength(3);
    for (const { url } of links) {
      const answer = await fetch(url);
      expect(answer.status).toBe(200);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.toString("latin1", 0, 5)).toBe("%PDF-");
      expect(bytes.toString("latin1").trimEnd()).toMatch(/%%EOF$/);
      const { headers } = answer;
      expect(headers.get("content-type")).toBe("application/pdf");
      expect(headers.get("content-disposition")).toMatch(
        /^attachment; filename="[\w. -]+\.pdf"; filename\*=UTF-8''[\w.%~-]+\.pdf$/,
      );
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("content-security-policy")).toContain("sandbox");
      expect(headers.get("content-length") ?? String(bytes.length)).toBe(String(bytes.length));
    }
  });

  test("answers HEAD with the same headers and no body", async () => {
    const [get, head] = [
      await fetch(links[0]!.url),
      await fetch(links[0]!.url, { method: "HEAD" }),
    ];
    await get.arrayBuffer();
    expect(head.status).toBe(200);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    for (const name of ["content-type", "content-disposition", "cache-control"]) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
  });

  test("G-05 is 404 in JSON once its link has had its time, its session has ended, or it was changed", async () => {
    const { front, links } = await linksOf(landlord, ["F30-rent-notices"]);
    const { url, expiresAt } = links[0]!;
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(5 * 60_000);
    const other = landlords.find((each) => each !== landlord)!;
    const gone = async (address: string) => {
      const answer = await fetch(address);
      expect(answer.status).toBe(404);
      expect(answer.headers.get("content-type")).toContain("application/json");
      const { errors } = (await answer.json()) as { errors: object[] };
      expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND", retryable: false } }]);
    };
    await clock.later(6, () => gone(url));
    await gone(`${url}A`);
    await gone(url.replace(`/files/${landlord}/`, `/files/${other}/`));
    await gone(url.replace(`/files/${landlord}/`, "/files/nobody/"));
    expect((await fetch(url)).status).toBe(200);
    await front(operation("F06-sign-out"));
    await gone(url);
  });

  test("of a client who goes away is no longer asked of the ERP", async () => {
    await door(demo, landlord).fault({ kind: "huge", operation: fileOperation[landlord] });
    await door(demo, landlord).forgetCalls();
    const leaving = new AbortController();
    const answer = await fetch(links[0]!.url, { signal: leaving.signal });
    const reader = answer.body!.getReader();
    expect((await reader.read()).done).toBe(false);
    leaving.abort();
    await vi.waitFor(
      async () => {
        const { calls } = await callsOf(landlord);
        expect(calls.at(-1)).toMatchObject({
          operation: fileOperation[landlord],
          ended: "aborted by client",
        });
      },
      { timeout: 5_000, interval: 50 },
    );
    expect((await callsOf(landlord)).atOnce).toBe(0);
  });

  test("G-07 that the ERP cuts off never looks whole", async () => {
    await door(demo, landlord).fault({ kind: "cut-middle", operation: fileOperation[landlord] });
    const whole = fetch(links[0]!.url).then(async (answer) => {
      const bytes = await answer.arrayBuffer();
      if (!answer.ok) throw new Error(String(answer.status));
      return bytes;
    });
    await expect(whole).rejects.toThrow();
  });

  test.each(["html", "empty", "garbage", "fault", "closed"])(
    "G-07 that comes as %s is not shown as the document",
    async (kind) => {
      await door(demo, landlord).fault({ kind, operation: fileOperation[landlord] });
      const answer = await fetch(links[0]!.url);
      expect(answer.status).toBe(503);
      expect(answer.headers.get("content-type")).toContain("application/json");
      const text = await answer.text();
      expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { retryable: true } }] });
      expect(text).not.toMatch(/<html|Connexion|Trace|exception|127\.0\.0\.1/i);
    },
  );
});

async function callsOf(landlord: string) {
  const answer = await fetch(`${erpOf(demo, landlord).doorUrl}/calls`);
  return (await answer.json()) as { atOnce: number; calls: { operation: string; ended: string }[] };
}
