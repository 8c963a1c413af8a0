import { expect, test } from "vitest";
import { situationFaults, type TypedSituation } from "./professional-situation.ts";

const situation: TypedSituation = { personId: "p", label: "Salariée", idempotencyKey: "k" };

test.each<[string, Partial<TypedSituation>, string[]]>([
  ["is taken in a word", {}, []],
  ["is taken since today", { employer: "Port de La Rochelle", since: "2026-11-21" }, []],
  ["needs the word", { label: " " }, ["REQUIRED label"]],
  ["is said in few words", { label: "a".repeat(61) }, ["TOO_LONG label"]],
  ["has a short employer", { employer: "a".repeat(61) }, ["TOO_LONG employer"]],
  ["has begun", { since: "2026-11-22" }, ["IN_THE_FUTURE since"]],
])("a professional situation %s", (_what, more, faults) => {
  const found = situationFaults({ ...situation, ...more }, "2026-11-21");
  expect(found.map(({ code, field }) => `${code} ${field.join(".")}`)).toEqual(faults);
});
