import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parse } from "yaml";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Io } from "../../adapters/ports/adapter.ts";
import type { Call } from "../../adapters/ports/port.ts";
import {
  serve,
  testCall,
  testIo,
  type Answerer,
} from "../../adapters/transport/fixtures/server.ts";
import type { Written } from "../../adapters/transport/rest-answer.ts";
import type { Generated } from "../scaffold/generated.ts";
import { generateFromOpenApi } from "./generate.ts";
import { createProject, type Project } from "./testing/project.ts";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const ofProduct = (name: string, file = "openapi.yaml") =>
  fileURLToPath(new URL(`../../adapters/erp/${name}/${file}`, import.meta.url));

async function made(file: string, product: string, operations?: string[]): Promise<Generated> {
  const generation = await generateFromOpenApi(file, {
    product,
    ...(operations && { operations }),
  });
  if ("faults" in generation) throw new Error(JSON.stringify(generation.faults));
  return generation;
}

async function faultsOf(file: string) {
  const generation = await generateFromOpenApi(file, { product: "broken" });
  if (!("faults" in generation)) throw new Error("no fault was found");
  return generation.faults.map(({ line, place, message }) => ({ line, place, message }));
}

const textOf = ({ files }: Generated, path: string) =>
  files.find((file) => file.path === path)?.text ?? "";

/** Keys without a value: what a comma makes of words that stand in braces without quotes. */
const emptyKeys = (value: unknown): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, one]) =>
        one === null && !Array.isArray(value) ? [key] : emptyKeys(one),
      )
    : [];

test.each(["beauceron", "syndeo"])("the description of %s is what it seems to be", async (name) => {
  expect(emptyKeys(parse(await readFile(ofProduct(name), "utf8")))).toEqual([]);
});

describe("what is generated", () => {
  const products: Record<string, string> = {
    rents: fixture("rents.yaml"),
    old: fixture("old.json"),
    parts: fixture("parts/openapi.yaml"),
    "hard-names": fixture("hard-names.yaml"),
    oauth: fixture("oauth.yaml"),
    beauceron: ofProduct("beauceron"),
    syndeo: ofProduct("syndeo"),
    dolibarr: ofProduct("dolibarr", "swagger.json"),
  };
  const generated = new Map<string, Generated>();
  let project: Project;
  beforeAll(async () => {
    project = await createProject();
    for (const [product, file] of Object.entries(products)) {
      generated.set(product, await made(file, product));
      await project.add(product, generated.get(product)!);
    }
  });
  afterAll(() => project.remove());
  const of = (product: string) => generated.get(product)!;

  test("passes the compiler, the lint, the formatter, and leaves no export unused", async () => {
    const [types, lint, style, unused] = await Promise.all([
      project.complaints("tsc", "--noEmit"),
      project.complaints("oxlint", "--type-aware", "--deny-warnings", "adapters/erp"),
      project.complaints("oxfmt", "--check", "adapters/erp"),
      project.complaints("knip", "--include", "files,exports,types,unlisted"),
    ]);
    expect({ types, lint, style, unused }).toEqual({ types: "", lint: "", style: "", unused: "" });
  });

  test("stands in files that a person can read", () => {
    for (const { files } of generated.values()) {
      for (const { path, text } of files.filter(({ path }) => path.endsWith(".ts"))) {
        expect(text.split("\n").length, path).toBeLessThan(330);
      }
    }
  });

  test("has one function for each operation, and says how it is called", () => {
    const { operations } = of("rents");
    expect(operations[0]).toEqual({
      name: "GET /contracts/{number}",
      about: "One contract",
      call: "client.contract({ number }, call)",
    });
    expect(operations.map(({ call }) => call)).toContain(
      "client.deleteContractsByNumber({ number }, call)",
    );
    const named = textOf(of("beauceron"), "openapi.yaml").match(/operationId: /g)!;
    // All but the one that answers with YAML.
    expect(of("beauceron").operations).toHaveLength(named.length - 1);
  });

  test("says what is left, and why", () => {
    const left = of("rents").left.join("\n");
    expect(left).toContain("PATCH /contracts/{number}: `contract` is taken by another operation");
    expect(left).toContain("GET /export: answers with text/csv");
    expect(left).toContain("POST /import: takes application/xml");
    expect(left).toContain("POST /nested: takes a form whose fields hold objects");
    expect(left).toContain("`filter` is an object in the query; it is not sent");
    expect(left).toContain("the cookie `session` is not sent");
    expect(left).toContain("amounts as JSON numbers (Contract.rent)");
    // Once for all places.
    expect(of("dolibarr").left).toEqual([
      expect.stringMatching(/swagger\.json:\d+ #.* and \d+ more: Property `defaultValue` is not/),
    ]);
    expect(of("oauth").left.join()).toContain("a session that fetches the token at https://erp");
  });

  test("has each schema once, those without a name too", () => {
    const wire = textOf(of("rents"), "wire.ts");
    expect(wire.match(/"PLANNED"/g)).toHaveLength(1);
    expect(wire.match(/street: /g)).toHaveLength(1);
  });

  test("keeps schemas that contain themselves, unions and what may be null", () => {
    const wire = textOf(of("rents"), "wire.ts");
    expect(wire).toContain("get household() {\n    return z.array(Person).optional();");
    expect(wire).toContain("z.array(z.lazy((): z.ZodType => Tree))");
    expect(wire).toContain('z.discriminatedUnion("kind", [');
    expect(wire).toContain("until: z.iso.date().nullable()");
    expect(wire).toContain("holder: Person.nullable()");
    expect(wire).toContain("changedAt: z.iso.datetime({ offset: true }).optional()");
    expect(wire).toContain("labels: z.record(z.string(), z.string()).optional()");
    expect(textOf(of("old"), "wire.ts")).toContain("note: z.string().nullish()");
  });

  test("turns ways in into settings", () => {
    const named = (product: string) =>
      of(product).settings.map(({ name, secret }) => (secret ? `${name}: secret` : name));
    expect(named("rents")).toEqual(["baseUrl", "key: secret"]);
    expect(named("old")).toEqual(["baseUrl", "user", "password: secret"]);
    expect(named("parts")).toEqual(["baseUrl", "token: secret"]);
    expect(named("beauceron")).toEqual(["baseUrl", "clientId: secret", "clientSecret: secret"]);
    expect(of("parts").settings[0]!.example).toBe("https://paris.erp.example/api");
  });

  test("copies the description: as it is, or all of its files in one", async () => {
    expect(textOf(of("rents"), "openapi.yaml")).toMatch(/^# An ERP of everything/);
    expect(of("old").description).toEqual({ kind: "openapi", path: "openapi.json" });
    const bundled = textOf(of("parts"), "openapi.yaml");
    expect(bundled).toContain("household:");
    expect(bundled).not.toContain("person.yaml");
    expect(textOf(of("syndeo"), "openapi.yaml")).toBe(await readFile(ofProduct("syndeo"), "utf8"));
  });

  test("is of the chosen operations alone", async () => {
    const one = await made(ofProduct("beauceron"), "small", ["soldes", "GET /v2/avis/{reference}"]);
    expect(one.operations.map(({ name }) => name)).toEqual([
      "GET /v2/soldes",
      "GET /v2/avis/{reference}",
    ]);
    expect(one.files.map(({ path }) => path)).toEqual([
      "openapi.yaml",
      "wire.ts",
      "calls.ts",
      "client.ts",
    ]);
    const unknown = await generateFromOpenApi(ofProduct("beauceron"), {
      product: "small",
      operations: ["soldess"],
    });
    expect(unknown).toMatchObject({
      faults: [{ message: expect.stringContaining("Did you mean `soldes`?") as string }],
    });
  });

  interface Rents {
    contract(asked: { number: string }, call: Call): Promise<{ rent: number } | null>;
    contract2(
      asked: { number: string; ifMatch?: string; body: object },
      call: Call,
    ): Promise<Written<unknown, unknown>>;
    getContractsByNumberEntries(
      asked: { number: string; kind?: string[]; sortBy?: string },
      call: Call,
    ): Promise<unknown[]>;
    notice(
      asked: { number: string },
      call: Call,
    ): Promise<{ body: AsyncIterable<Uint8Array> } | null>;
    token(asked: object, call: Call): Promise<unknown>;
    merge(asked: object, call: Call): Promise<unknown>;
    close(): Promise<void>;
  }

  async function rentsOf(answer: Answerer) {
    const server = await serve(answer);
    const url = pathToFileURL(project.file("adapters/erp/rents/client.ts")).href;
    const { createClient } = (await import(/* @vite-ignore */ url)) as {
      createClient: (settings: { baseUrl: string; key: string }, io: Io) => Rents;
    };
    const client = createClient({ baseUrl: server.url, key: "s3cret" }, testIo());
    onTestFinished(() => client.close());
    return { server, client };
  }

  const json =
    (status: number, body: unknown): Answerer =>
    (response) =>
      void response
        .writeHead(status, { "content-type": "application/json" })
        .end(JSON.stringify(body));

  const contract = {
    number: "C/1234",
    state: "OPEN",
    rent: 512.35,
    since: "2024-01-01",
    until: null,
    holder: { name: "A", household: [{ name: "B" }] },
    address: { street: "1, rue A", town: "B" },
  };

  test("asks a real server, with the key, and with each value escaped", async () => {
    const { client, server } = await rentsOf(json(200, contract));
    const found = await client.contract({ number: "C/12 34" }, testCall());
    expect(found).toEqual(contract);
    expect(server.received[0]).toMatchObject({
      method: "GET",
      url: "/contracts/C%2F12%2034",
      headers: { "x-api-key": "s3cret" },
    });
    await expect(client.contract({ number: "" }, testCall())).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });

  test("sends a form of fields, and JSON under the name that is described", async () => {
    const { client, server } = await rentsOf((response) => void response.writeHead(204).end());
    await client.token({ body: { user: "é&", roles: ["a", "b"], age: null } }, testCall());
    await client.merge({ body: {} }, testCall());
    const [form, merged] = server.received;
    expect(form!.headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
    expect(form!.body).toBe("user=%C3%A9%26&roles=a&roles=b");
    expect(merged!.headers["content-type"]).toBe("application/merge-patch+json");
  });

  test("says where an answer does not fit, never what stood there", async () => {
    const { client } = await rentsOf(json(200, { ...contract, state: "Léger" }));
    const error = await client.contract({ number: "1" }, testCall()).catch((error: Error) => error);
    expect(error).toMatchObject({ code: "BAD_RESPONSE" });
    expect((error as Error).message).toContain("rents: contract: the answer does not fit: state");
    expect((error as Error).message).not.toContain("Léger");
  });

  test("gives null for a 404 in the ERP's words, and refuses any other", async () => {
    const known = await rentsOf(json(404, { code: "UNKNOWN" }));
    expect(await known.client.contract({ number: "1" }, testCall())).toBeNull();
    const other = await rentsOf(json(404, { message: "no route" }));
    await expect(other.client.contract({ number: "1" }, testCall())).rejects.toMatchObject({
      code: "BAD_RESPONSE",
    });
    const silent = await rentsOf((response) => void response.writeHead(404).end());
    expect(await silent.client.notice({ number: "1" }, testCall())).toBeNull();
  });

  test("sends lists and odd names, and takes 204 for an empty list", async () => {
    const { client, server } = await rentsOf((response) => void response.writeHead(204).end());
    const asked = { number: "1", kind: ["RENT", "PAYMENT"], sortBy: "day" };
    expect(await client.getContractsByNumberEntries(asked, testCall())).toEqual([]);
    const { searchParams } = new URL(server.received[0]!.url, "http://localhost");
    expect(searchParams.getAll("kind")).toEqual(["RENT", "PAYMENT"]);
    expect(searchParams.get("sort[by]")).toBe("day");
  });

  test("tells what was done from what was refused", async () => {
    const { client, server } = await rentsOf(json(409, { code: "CLOSED" }));
    const change = { number: "1", ifMatch: '"7"', body: { state: "ENDED" } };
    expect(await client.contract2(change, testCall())).toEqual({
      refused: { code: "CLOSED" },
      status: 409,
    });
    expect(server.received[0]).toMatchObject({ method: "PATCH", headers: { "if-match": '"7"' } });
    const same = await rentsOf((response) => void response.writeHead(204).end());
    expect(await same.client.contract2(change, testCall())).toEqual({ done: null });
  });

  test("streams a file", async () => {
    const { client } = await rentsOf(
      (response) => void response.writeHead(200, { "content-type": "application/pdf" }).end("%PDF"),
    );
    const file = await client.notice({ number: "1" }, testCall());
    const parts = await Array.fromAsync(file!.body);
    expect(Buffer.concat(parts).toString()).toBe("%PDF");
  });
});

describe("faults", () => {
  test("a reference that leads nowhere: where, and what was probably meant", async () => {
    const [near, inOther, noFile, ...others] = await faultsOf(fixture("wrong-reference.yaml"));
    expect(near).toEqual({
      line: 13,
      place: "#/paths/~1contracts~1{id}/get/responses/200/content/application~1json/schema",
      message:
        "`$ref: #/components/schemas/Contrct` leads nowhere: there is no `Contrct`. Did you mean `Contract`?",
    });
    expect(inOther).toMatchObject({ line: 21 });
    expect(inOther!.message).toContain("Did you mean `Person`?");
    expect(noFile!.message).toBe(
      "`$ref: ./parts/missing.yaml#/Error` leads nowhere: there is no such file.",
    );
    expect(others).toEqual([]);
  });

  test("paths that cannot be, all at once", async () => {
    const faults = await faultsOf(fixture("illegal-paths.yaml"));
    expect(faults.map(({ line, message }) => `${line} ${message}`)).toEqual([
      expect.stringMatching(/^4 The path `contracts\/\{id\}` does not begin with `\/`/),
      expect.stringMatching(/^7 The path `\/contracts\/\{id` has a `\{` that is not closed/),
      expect.stringMatching(/^10 The operation does not define the path parameter `\{id\}`/),
      expect.stringMatching(/^11 Don't put query string items in the path/),
    ]);
  });

  test.each([
    ["no-paths.yaml", 3, "It describes no paths"],
    ["swagger-3.yaml", 1, "There is no Swagger 3.0."],
    ["openapi-4.yaml", 2, "`openapi: 4.0.0` is no version that can be read."],
    ["no-yaml.yaml", 5, "This is no YAML and no JSON: missed comma"],
    ["page.html", 1, "This is a page (HTML), not a description. The page shows a description"],
    ["circle.yaml", 12, "References lead from one to the next in a circle"],
    ["gone.yaml", 0, "The description cannot be read: there is no such file."],
  ])("%s: line %i: %s", async (file, line, message) => {
    const [first] = await faultsOf(fixture(file));
    expect(first!.line).toBe(line);
    expect(first!.message).toContain(message);
  });

  test("another host is never asked", async () => {
    const [fault] = await faultsOf(fixture("other-host.yaml"));
    expect(fault!.message).toContain("nothing is fetched from http://schemas.example:8080");
  });
});

describe("a description at a URL", () => {
  const parts: Record<string, string> = {
    "/openapi.yaml": "parts/openapi.yaml",
    "/person.yaml": "parts/person.yaml",
  };

  async function published(other: (path: string) => [number, Record<string, string>] | null) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      void (async () => {
        const path = request.url!;
        asked.push(path);
        const instead = other(path);
        if (instead) return response.writeHead(...instead).end();
        return response.end(await readFile(fixture(parts[path]!), "utf8"));
      })();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/openapi.yaml`, asked };
  }

  test("is read with what it refers to on the same host", async () => {
    const { url, asked } = await published(() => null);
    const { operations } = await made(url, "parts");
    expect(operations).toHaveLength(1);
    expect(asked).toEqual(["/openapi.yaml", "/person.yaml"]);
  });

  test("follows no redirect, and says what is in the way", async () => {
    const moved = await published(() => [302, { location: "http://elsewhere.example/" }]);
    expect((await faultsOf(moved.url))[0]!.message).toBe(
      "The description cannot be read: it redirects to http://elsewhere.example/.",
    );
    const closed = await published(() => [401, {}]);
    expect((await faultsOf(closed.url))[0]!.message).toContain("it asks for a sign-in");
    const [nobody] = await faultsOf("http://127.0.0.1:9/openapi.yaml");
    expect(nobody!.message).toContain("The description cannot be read: ");
  });
});
