import { readFile } from "node:fs/promises";
import { buildSchema } from "graphql";
import { expect, test } from "vitest";
import { allPorts } from "../adapters/conformance/ports.ts";
import { capabilityOf } from "../subgraphs/kernel/capability.ts";
import { rows } from "../tests/features/rows.ts";
import { features, featuresWith, fieldsOfPorts } from "./features.ts";

const api = buildSchema(await readFile(new URL("../schema/api.graphql", import.meta.url), "utf8"));

test("every port is named with fields that the schema has", () => {
  expect(Object.keys(fieldsOfPorts).toSorted()).toEqual(
    allPorts.map(({ name }) => name).toSorted(),
  );
  for (const place of Object.values(fieldsOfPorts).flat()) {
    const [type, field] = place.split(".");
    const found = api.getType(type!);
    expect(found && "getFields" in found ? Object.keys(found.getFields()) : [], place).toContain(
      field,
    );
  }
});

test("the features need what the feature list says that they need", () => {
  const ports = new Set(allPorts.map(({ name }) => capabilityOf(name)));
  const listed = rows
    .map(({ id, title, needs }) => ({ id, title, needs: needs.filter((need) => ports.has(need)) }))
    .filter(({ needs }) => needs.length > 0)
    .toSorted((a, b) => a.id.localeCompare(b.id));
  expect(features.map(({ needs, ...one }) => ({ ...one, needs: needs.map(capabilityOf) }))).toEqual(
    listed,
  );
});

test("a feature is there when all of its ports are, and otherwise says which lack", () => {
  const { offered, lacking } = featuresWith(["contracts", "serviceRequests"]);
  expect(offered.map(({ id }) => id)).toEqual(["F13", "F38"]);
  expect(lacking.find(({ id }) => id === "F12")?.missing).toEqual(["balances"]);
});
