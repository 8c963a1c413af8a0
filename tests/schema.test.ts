import { buildSchema, parse, validate, type DocumentNode, type GraphQLNamedType } from "graphql";
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

const undescribed = new Set(["String", "Int", "Boolean", "ID", "Float", "Query", "Mutation"]);
const plainArguments = new Set(["input", "id"]);

/** Whatever of a type says nothing of itself. */
function bareOf(type: GraphQLNamedType): string[] {
  const fields = "getFields" in type ? Object.values(type.getFields()) : [];
  const args = fields.flatMap((field) => ("args" in field ? field.args : []));
  const values = "getValues" in type ? type.getValues() : [];
  const members = [...fields, ...args.filter(({ name }) => !plainArguments.has(name)), ...values];
  const bare = members
    .filter(({ description }) => !description)
    .map(({ name }) => `${type.name}.${name}`);
  return type.description || undescribed.has(type.name) ? bare : [type.name, ...bare];
}

describe("the schema reads well:", () => {
  const own = Object.values(api.getTypeMap()).filter((type) => !type.name.startsWith("__"));

  test("every type, field, argument and enum value has a description", () => {
    expect(own.flatMap(bareOf)).toEqual([]);
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
