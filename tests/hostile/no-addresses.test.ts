import { readFileSync } from "node:fs";
import { buildSchema, isInputObjectType, isObjectType } from "graphql";
import { expect, test } from "vitest";

const schema = buildSchema(
  readFileSync(new URL("../../schema/api.graphql", import.meta.url), "utf8"),
);

/** `Input.field` and `Type.field(argument)`: all that a client can send. */
function sendable(): string[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith("__"))
    .flatMap((type) => {
      if (isInputObjectType(type)) {
        return Object.keys(type.getFields()).map((field) => `${type.name}.${field}`);
      }
      if (!isObjectType(type)) return [];
      return Object.values(type.getFields()).flatMap(({ name, args }) =>
        args.map((argument) => `${type.name}.${name}(${argument.name})`),
      );
    });
}

test("F-04 a client can send no address that a server would fetch: files come as bytes, pages are of the landlord's file", () => {
  const places = sendable();
  const addresses = places.filter((place) =>
    /ur[il]s?\b|link\b|href|website|callback|webhook|avatar|host\b|endpoint/i.test(
      place.replace(/^\w+\./, "").replace(/^.*\(/, "("),
    ),
  );
  expect(places.length).toBeGreaterThan(100);
  expect(addresses).toEqual([]);
});
