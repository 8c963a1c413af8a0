import { expect, test } from "vitest";
import { createMemoryShelf } from "./shelf.ts";

const named = (id: string, owner: string | null = null) => ({ id, owner });

test("beyond its size what was used longest ago goes first", async () => {
  const shelf = createMemoryShelf(30);
  for (const id of ["a", "b", "c"]) shelf.set(named(id), "123456789", 60_000);
  await shelf.get([named("a")]);
  shelf.set(named("d"), "123456789", 60_000);
  expect(await shelf.get(["a", "b", "c", "d"].map((id) => named(id)))).toEqual([
    "123456789",
    undefined,
    "123456789",
    "123456789",
  ]);
  shelf.set(named("e"), "x".repeat(100), 60_000);
  expect(await shelf.get([named("e")])).toEqual([undefined]);
});

test("what has had its time is not there, and what is put again is as it was put last", async () => {
  const shelf = createMemoryShelf();
  shelf.set(named("a"), "old", 60_000);
  shelf.set(named("a"), "new", 60_000);
  shelf.set(named("b"), "over", 0);
  expect(await shelf.get([named("a"), named("b")])).toEqual(["new", undefined]);
});
