import { buildSchema, parse, validate, type DocumentNode } from "graphql";
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { readOperations } from "../gateway/operations.ts";
import { generateSchema } from "../gateway/schema/compose.ts";
import { subgraphs } from "../gateway/subgraphs.ts";

const root = new URL("../", import.meta.url);
const files = await generateSchema(root, subgraphs);
const api = buildSchema(files.get("schema/api.graphql")!);
const operations = readOperations(new URL("schema/", root));

test.each([...files.keys()])("%s is fresh; if not: npm run schema", async (path) => {
  expect(await readFile(new URL(path, root), "utf8")).toBe(files.get(path));
});

describe("every operation of schema/operations", () => {
  test.each(operations)("$name fits the schema", ({ text }) => {
    expect(validate(api, parse(text))).toEqual([]);
  });

  test.each(operations)("$name says which screen it serves", ({ text }) => {
    expect(text).toMatch(/^# \S.{20,}/);
  });

  test.each(operations)("$name is one operation with a name", ({ text }) => {
    const { definitions }: DocumentNode = parse(text);
    expect(definitions).toMatchObject([
      { kind: "OperationDefinition", name: { value: expect.any(String) } },
    ]);
  });
});

describe("the schema reads well:", () => {
  const own = Object.values(api.getTypeMap()).filter((type) => !type.name.startsWith("__"));
  const builtIn = new Set(["String", "Int", "Boolean", "ID", "Float"]);

  test("every type, field, argument and enum value has a description", () => {
    const bare: string[] = [];
    for (const type of own) {
      if (builtIn.has(type.name) || type.name === "Query" || type.name === "Mutation") continue;
      if (!type.description) bare.push(type.name);
    }
    for (const type of own) {
      if (!("getFields" in type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (!field.description) bare.push(`${type.name}.${field.name}`);
        const args = "args" in field ? field.args : [];
        for (const arg of args)
          if (!arg.description && arg.name !== "input" && arg.name !== "id")
            bare.push(`${type.name}.${field.name}(${arg.name})`);
      }
    }
    for (const type of own) {
      if (!("getValues" in type)) continue;
      for (const value of type.getValues())
        if (!value.description) bare.push(`${type.name}.${value.name}`);
    }
    expect(bare).toEqual([]);
  });

  test("every mutation takes one input and gives its user errors", () => {
    for (const field of Object.values(api.getMutationType()!.getFields())) {
      expect(
        field.args.map((arg) => arg.name),
        field.name,
      ).toEqual(["input"]);
      expect(String(field.type), field.name).toMatch(/Payload!$/);
    }
  });
});
