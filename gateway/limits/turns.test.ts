import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("C-11 a crowd begins a few at a time, in the order in which it came", async () => {
  const wait = createTurns(4);
  const begun: number[] = [];
  const all = Array.from({ length: 10 }, (_, index) => wait("a").then(() => begun.push(index)));
  const seen: number[] = [];
  while (begun.length < 10) {
    await turn();
    seen.push(begun.length);
  }
  await Promise.all(all);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const most = Math.max(...seen.map((count, index) => count - (seen[index - 1] ?? 0)));
  expect(most).toBeLessThanOrEqual(4);
});

test("C-11 whoever comes after the crowd, or while it waits, has a turn as well", async () => {
  const wait = createTurns(2);
  const begun: string[] = [];
  const first = ["a", "b", "c"].map((name) => wait("a").then(() => begun.push(name)));
  await turn();
  const later = wait("a").then(() => begun.push("later"));
  await Promise.all([...first, later]);
  await wait("a").then(() => begun.push("alone"));
  expect(begun).toEqual(["a", "b", "c", "later", "alone"]);
});

test("C-15 nobody waits behind a crowd at another landlord", async () => {
  const wait = createTurns(4);
  const begun: string[] = [];
  const ask = (whose: string) => wait(whose).then(() => begun.push(whose));
  const crowd = Array.from({ length: 100 }, () => ask("flooded"));
  await turn();
  await Promise.all([ask("b"), ask("c"), ask("b")]);
  expect(begun.filter((whose) => whose === "flooded").length).toBeLessThanOrEqual(12);
  await Promise.all(crowd);
  expect(begun.slice(-80)).toEqual(Array.from({ length: 80 }, () => "flooded"));
});
