import { pino } from "pino";
import { buildSchema, getIntrospectionQuery, parse, validate } from "graphql";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveSubgraph, type ServedSubgraph } from "../../subgraphs/kernel/serve.ts";
import { measure } from "../../subgraphs/kernel/door/measure.ts";
import {
  maxCharacters,
  maxCost,
  maxDepth,
  maxSelections,
} from "../../subgraphs/kernel/door/numbers.ts";
import { createScales } from "../../subgraphs/kernel/door/scales.ts";
import { readOperations } from "../operations.ts";
import type { Running } from "../run.ts";
import { subgraphs } from "../subgraphs.ts";
import { startGateway, stopGateway } from "./testing/gateway.ts";

const root = new URL("../../schema/", import.meta.url);
const api = buildSchema(readFileSync(new URL("api.graphql", root), "utf8"));
const operations = readOperations(root);

let gateway: Running;
let served: ServedSubgraph;
beforeAll(async () => {
  gateway = await startGateway();
  const identity = subgraphs.find(({ name }) => name === "identity")!;
  served = await serveSubgraph(identity, gateway.house, { log: pino({ level: "silent" }) });
});
afterAll(async () => {
  await served?.stop();
  await stopGateway(gateway);
});

interface Answer {
  status: number;
  code: string;
  text: string;
}

async function ask(url: string, body: unknown): Promise<Answer> {
  const headers = { "content-type": "application/json", "x-landlord": "chartres" };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(url, { method: "POST", headers, body: text });
  const said = await answer.text();
  const json = JSON.parse(said) as { errors?: { extensions: { code: string } }[] };
  return { status: answer.status, code: json.errors?.[0]?.extensions.code ?? "OK", text: said };
}
const places = () => [`${gateway.url}/graphql`, served.url];

/** Asks the gateway and a lone subgraph, which must refuse it alike. */
async function expectRefused(body: unknown, code: string): Promise<void> {
  for (const url of places()) {
    const answer = await ask(url, body);
    expect({ url, status: answer.status, code: answer.code }).toEqual({ url, status: 400, code });
    expect(answer.text).not.toMatch(/\d{3,} |stack|node_modules/);
  }
}

const doubled = (n: number) =>
  `{ ...A0 } ${Array.from({ length: n }, (_, i) => `fragment A${i} on Query { ...A${i + 1} ...A${i + 1} }`).join(" ")} fragment A${n} on Query { landlord { id } }`;
const nested = (n: number) => `${"{ landlord ".repeat(n)}{ id }${"}".repeat(n)}`;
const repeated = (n: number, make: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => make(i)).join(" ");

describe("a document", () => {
  test("C-05 of a letter with thousands of marks on it is refused, and one of our letters is not", async () => {
    const query = "query($a: String) { landlord { id help(search: $a) { question } } }";
    const heap = `a${"\u0301\u0323".repeat(30_000)}`;
    await expectRefused({ query, variables: { a: heap } }, "TOO_LARGE");
    await expectRefused(
      { query: `{ landlord { help(search: "${heap.slice(0, 9_000)}") { question } } }` },
      "TOO_LARGE",
    );
    const a = "Ấ\u0323".normalize("NFD").repeat(30_000);
    for (const url of places())
      expect(await ask(url, { query, variables: { a } })).toMatchObject({ status: 200 });
  });

  test.each([12, 16, 20, 24, 28])("C-01 of %i doubled fragments is refused", async (n) => {
    await expectRefused({ query: doubled(n) }, "TOO_COMPLEX");
  });

  test("C-01 of doubled fragments is measured once for each fragment, however many uses there are", () => {
    let asked = 0;
    const watched = new Proxy(api, {
      get: (schema, name) => {
        if (name === "getType") asked += 1;
        const value = Reflect.get(schema, name) as unknown;
        return typeof value === "function" ? (value.bind(schema) as unknown) : value;
      },
    });
    expect(measure(watched, parse(doubled(200))).selections).toBeGreaterThan(1e50);
    expect(asked).toBe(201);
  });

  test.each([20, 50, 500, 5_000])("C-02 %i deep is refused", async (n) => {
    await expectRefused({ query: nested(n) }, n <= 50 ? "TOO_COMPLEX" : "TOO_LARGE");
  });

  test("C-02 of lists within lists costs what it would bring", () => {
    const lists = buildSchema(
      "type Query { all(first: Int! = 20): [Thing!]! } type Thing { id: ID! all(first: Int! = 20): [Thing!] parts: [Thing!]! }",
    );
    const weigh = createScales(lists);
    expect(weigh("{ all(first: 2) { id } }")).toEqual({ refused: null, cost: 1 });
    expect(weigh("{ all(first: 2) { parts { id } } }")).toEqual({ refused: null, cost: 3 });
    expect(weigh("query($n: Int!) { all(first: $n) { parts { id } } }")).toEqual({
      refused: null,
      cost: 51,
    });
    // A page of less than nothing is refused by its field, and makes up for no other.
    expect(weigh("{ all(first: -9000) { parts { id } } }")).toEqual({ refused: null, cost: 2 });
    const parts = `{ all { ${"parts { ".repeat(9)} id ${"} ".repeat(9)} } }`;
    const pages = "{ all { all { all { all { id } } } } }";
    for (const text of [parts, pages]) expect(weigh(text)).toEqual({ refused: "TOO_COMPLEX" });
  });

  test.each([
    ["5,000 directives", `{ landlord ${"@a ".repeat(5_000)}{ id } }`, "TOO_LARGE"],
    [
      "100 directives",
      `{ landlord { ${repeated(100, () => "id @skip(if: false)")} } }`,
      "TOO_COMPLEX",
    ],
    [
      "1,500 overlapping inline fragments",
      `{ landlord { ${"... { id } ".repeat(1_500)} } }`,
      "TOO_LARGE",
    ],
    [
      "500 overlapping inline fragments",
      `{ landlord { ${"... { id } ".repeat(500)} } }`,
      "TOO_COMPLEX",
    ],
    ["2,000 fields of one name", `{ landlord { ${"id ".repeat(2_000)} } }`, "TOO_COMPLEX"],
    ["100 aliases", `{ ${repeated(100, (i) => `a${i}: landlord { id }`)} }`, "TOO_COMPLEX"],
    [
      "a literal list 20,000 deep",
      `{ landlord(x: ${"[".repeat(20_000)}${"]".repeat(20_000)}) { id } }`,
      "TOO_LARGE",
    ],
    [
      "a literal list 100 deep",
      `{ landlord(x: ${"[".repeat(100)}${"]".repeat(100)}) { id } }`,
      "TOO_LARGE",
    ],
    ["a text that has no end", `{ landlord { id } } # ${"a".repeat(maxCharacters)}`, "TOO_LARGE"],
  ])("C-05 with %s is refused", async (_what, query, code) => {
    await expectRefused({ query }, code);
  });

  test("C-05 whose variables are 20,000 deep, or 20,000 many, is refused", async () => {
    const query = "query($x: String) { landlord { id } }";
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    for (const part of ["variables", "extensions"]) {
      await expectRefused(`{"query":"${query}","${part}":{"x":${deep}}}`, "TOO_LARGE");
    }
    const many = { x: Array.from({ length: 20_000 }, () => 1) };
    await expectRefused({ query, variables: many }, "TOO_LARGE");
  });

  test("A-08 with 500 sign-ins under aliases is refused, and so are six of them", async () => {
    const signIns = (n: number) =>
      `mutation { ${repeated(n, (i) => `a${i}: signIn(input: { email: "a@example.org", password: "x" }) { userErrors { code } }`)} }`;
    await expectRefused({ query: signIns(500) }, "TOO_LARGE");
    await expectRefused({ query: signIns(6) }, "TOO_COMPLEX");
    const spread = `mutation { ...All ...All } fragment All on Mutation { ${signIns(3).slice(11, -2)} }`;
    await expectRefused({ query: spread }, "TOO_COMPLEX");
  });

  test("C-05 that makes up for much with a page of less than nothing is refused", () => {
    const contracts = (first: number) =>
      `contracts(first: ${first}) { nodes { balance { amount } entries { nodes { id } } } }`;
    const query = `{ viewer { ${repeated(45, (i) => `a${i}: ${contracts(50)}`)} less: ${contracts(-900_000)} } }`;
    const weigh = createScales(api);
    expect(weigh(query)).toEqual({ refused: "TOO_COMPLEX" });
  });

  test("C-09 A-08 in a batch is refused", async () => {
    await expectRefused([{ query: "{ landlord { id } }" }], "INVALID_INPUT");
  });

  test("C-05 is measured as it is executed, whatever stands in the address", async () => {
    const aliases = `{ ${repeated(100, (i) => `a${i}: landlord { id }`)} } #`;
    const headers = { "x-landlord": "chartres", "apollo-require-preflight": "yes" };
    for (const url of places()) {
      for (const end of ["", "%FF", "%", "&query=%7B__typename%7D"]) {
        const answer = await fetch(`${url}?query=${encodeURIComponent(aliases)}${end}`, {
          headers,
        });
        expect({ url, end, status: answer.status }).toEqual({ url, end, status: 400 });
      }
    }
  });

  test("D-01 of a kind that the schema has not is refused as the client's own fault", async () => {
    await expectRefused({ query: "subscription { landlord { id } }" }, "INVALID_INPUT");
  });

  test("that holds itself is refused by what is wrong with it", async () => {
    const query = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }";
    await expectRefused({ query }, "INVALID_INPUT");
  });
});

describe("the limits", () => {
  test.each(operations)("leave room for $name", ({ text }) => {
    const { depth, selections, cost } = measure(api, parse(text));
    expect(text.length * 4).toBeLessThan(maxCharacters);
    expect(depth * 2).toBeLessThanOrEqual(maxDepth);
    expect(selections * 4).toBeLessThan(maxSelections);
    expect(cost * 4).toBeLessThan(maxCost);
  });

  test("are as far away for a page that is written as a fragment", () => {
    const weigh = createScales(api);
    const page = "nodes { period { label } }";
    const plain = weigh(`{ viewer { contracts { nodes { entries { ${page} } } } } }`);
    expect(plain).toMatchObject({ cost: 2_530 });
    const spread = `{ viewer { contracts { nodes { entries { ...P } } } } } fragment P on AccountEntryConnection { ${page} }`;
    expect(weigh(spread)).toEqual(plain);
  });

  test("leave room for the query by which tools read a schema, and for none that digs in it", () => {
    const weigh = createScales(api);
    const introspection = getIntrospectionQuery({
      schemaDescription: true,
      inputValueDeprecation: true,
    });
    expect(weigh(introspection).refused).toBe(null);
    const digging = `{ __schema { types { ${"fields { type { ".repeat(4)} name ${"} } ".repeat(4)} } } }`;
    expect(validate(api, parse(digging)).map(({ message }) => message)).toEqual([
      "Maximum introspection depth exceeded",
    ]);
  });

  test("every page of the schema has a length, and one that nothing makes longer", () => {
    const types = Object.values(api.getTypeMap()).filter((type) => "getFields" in type);
    const paged = types.flatMap((type) =>
      Object.values(type.getFields()).filter((field) => /Connection!?$/.test(String(field.type))),
    );
    expect(paged.length).toBeGreaterThan(10);
    for (const field of paged) {
      const args: readonly { name: string }[] = "args" in field ? field.args : [];
      expect(
        args.map(({ name }) => name),
        field.name,
      ).toContain("first");
      expect(
        args.map(({ name }) => name),
        field.name,
      ).not.toContain("last");
    }
  });

  test("texts that were seen are known again, and no more are kept than the memory bears", () => {
    const weigh = createScales(api);
    for (let i = 0; i < 5_000; i += 1) weigh(`{ landlord { id } } # ${i}`);
    expect(weigh("{ landlord { id } }")).toBe(weigh("{ landlord { id } }"));
  });
});
