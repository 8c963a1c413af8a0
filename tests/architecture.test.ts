import { describe, expect, test } from "vitest";
import { brokenRules, readSources } from "./architecture.ts";

const root = new URL("../", import.meta.url);

test("every import follows the arrows", async () => {
  expect(brokenRules(await readSources(root))).toEqual([]);
});

describe("the test itself notices", () => {
  test.each([
    ["a subgraph that imports another", "subgraphs/billing/x.ts", "../contract/types.ts"],
    ["an adapter that imports another", "adapters/erp/pavois/x.ts", "../beauceron/map.ts"],
    ["a provider that imports an ERP", "adapters/payment/lyra/x.ts", "../../erp/pavois/map.ts"],
    ["checks that know an adapter", "adapters/conformance/x.ts", "../erp/pavois/map.ts"],
    ["payments that know of a provider", "payments/x.ts", "../adapters/payment/lyra/form.ts"],
    [
      "a subgraph that imports an adapter",
      "subgraphs/billing/x.ts",
      "../../adapters/erp/pavois/map.ts",
    ],
    [
      "a subgraph that goes past the guard",
      "subgraphs/kernel/x.ts",
      "../../adapters/transport/http.ts",
    ],
    ["production code that imports a mock", "gateway/x.ts", "../mocks/kit/server.ts"],
    ["a port that imports something outside", "adapters/ports/x.ts", "../guard.ts"],
    ["the store that knows of GraphQL", "store/x.ts", "../subgraphs/kernel/context.ts"],
    ["a mock that imports its adapter", "mocks/pavois/x.ts", "../../adapters/erp/pavois/map.ts"],
  ])("%s", (_what, path, target) => {
    const imports = [
      `import { a } from "${target}";`,
      `export * from "${target}";`,
      `await import("${target}");`,
    ];
    for (const text of imports) expect(brokenRules([{ path, text }]), text).toHaveLength(1);
  });

  test.each([
    [
      "a mock that uses the adapter's client",
      "mocks/pavois/x.ts",
      'import { createSoapClient } from "../../adapters/transport/soap.ts";',
    ],
    [
      "an adapter that goes past the transports",
      "adapters/erp/pavois/x.ts",
      'import axios from "axios";',
    ],
    [
      "a port that uses more than shapes",
      "adapters/ports/x.ts",
      'import { GraphQLError } from "graphql";',
    ],
    ["code that reads the environment", "store/x.ts", "const url = process.env.URL;"],
    [
      "decorators outside their files",
      "subgraphs/billing/x.ts",
      'import { Field } from "type-graphql";',
    ],
    ["what Node cannot run by itself", "store/x.ts", 'enum Side {\n  Left = "LEFT",\n}\n'],
    ["another such thing", "store/x.ts", "class A {\n  constructor(private readonly a: B) {}\n}\n"],
    ["a barrel", "adapters/transport/index.ts", 'export * from "./http.ts";\n'],
    ["a file in no room", "misc/x.ts", ""],
  ])("%s", (_what, path, text) => {
    expect(brokenRules([{ path, text }])).toHaveLength(1);
  });
});
