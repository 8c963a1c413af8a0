import {
  buildSchema,
  getVariableValues,
  parse,
  validate,
  type OperationDefinitionNode,
} from "graphql";
import { describe, expect, test } from "vitest";
import { withoutValues } from "./document-text.ts";

const schema = buildSchema(`
  enum Kind { ONE TWO }
  input Person { name: String!, age: Int, kind: Kind }
  type Query { find(person: Person, list: [Person!], age: Int, name: String, kind: Kind): Int }
`);
const secret = "Canari-2026";

function ofVariables(type: string, value: unknown): string[] {
  const document = parse(`query($v: ${type}) { find }`);
  const { variableDefinitions = [] } = document.definitions[0] as OperationDefinitionNode;
  return (getVariableValues(schema, variableDefinitions, { v: value }).errors ?? []).map((error) =>
    withoutValues(error.message),
  );
}

describe("what is said of variables", () => {
  test.each([
    ["Person", { age: 3, nom: secret }, 'Field "name" of required type "String!" was not provided'],
    ["Person", { name: secret, naem: secret }, 'Field "naem" is not defined by type "Person"'],
    ["Person", { name: null }, 'at "v.name": Expected non-nullable type "String!" not to be null'],
    ["Person", secret, 'Expected type "Person" to be an object'],
    ["Person", { name: secret, age: secret }, 'at "v.age": it does not fit its type'],
    ["[Person!]", [{ name: [secret] }], 'at "v[0].name": it does not fit its type'],
    ["Kind", secret, 'Variable "$v" has an invalid value: it does not fit its type'],
    ["Int", `1; Did you mean "${secret}"?`, "it does not fit its type"],
  ])("%s: %j", (type, value, told) => {
    const messages = ofVariables(type, value);
    expect(messages.join("\n")).toContain(told);
    expect(messages.join("\n")).not.toMatch(/Canari|did you mean/i);
  });
});

describe("what is said of a document", () => {
  const syntax = (text: string): string[] => {
    try {
      const errors = validate(schema, parse(text));
      return errors.map((error) => withoutValues(error.message));
    } catch (error) {
      return [withoutValues((error as Error).message)];
    }
  };

  test.each([
    [`{ find(name: "${secret}" "${secret}") }`],
    [`{ find "${secret}" }`],
    [`{ find """${secret}""" }`],
    [`{ find(age: "${secret}") }`],
    [`{ find(kind: "${secret}") }`],
    [`{ find(person: "${secret}") }`],
    [`{ find(person: { name: ["${secret}"] }) }`],
  ])("%s", (text) => {
    const messages = syntax(text);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.join("\n")).not.toContain("Canari");
    for (const message of messages) expect(message).toMatch(/^[A-Z].{10,}/);
  });

  test("the rest stays, for the developer needs it", () => {
    expect(syntax("{ fnd }")[0]).toContain('Cannot query field "fnd" on type "Query"');
    expect(syntax("{ find(")[0]).toBe("Syntax Error: Expected Name, found <EOF>.");
  });
});
