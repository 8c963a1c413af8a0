import { expect, test } from "vitest";
import { createAnswerMemory } from "./memory.ts";

test("what was not used for longest is forgotten first", () => {
  const memory = createAnswerMemory<number>(2);
  memory.set("a", { etag: "1", answer: 1 });
  memory.set("b", { etag: "2", answer: 2 });
  expect(memory.get("a")).toEqual({ etag: "1", answer: 1 });
  memory.set("c", { etag: "3", answer: 3 });
  expect([memory.get("a"), memory.get("b"), memory.get("c")]).toEqual([
    { etag: "1", answer: 1 },
    undefined,
    { etag: "3", answer: 3 },
  ]);
});

test("a newer answer takes the place of the older", () => {
  const memory = createAnswerMemory<number>(2);
  memory.set("a", { etag: "1", answer: 1 });
  memory.set("a", { etag: "2", answer: 2 });
  memory.set("b", { etag: "3", answer: 3 });
  expect(memory.get("a")).toEqual({ etag: "2", answer: 2 });
});
