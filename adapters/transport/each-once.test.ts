import { expect, it } from "vitest";
import { eachOnce } from "./each-once.ts";

it("answers in the order of the keys, and asks once for keys that are alike", async () => {
  const asked: number[] = [];
  const answers = await eachOnce([3, 1, 3, 2], String, async (key) => {
    asked.push(key);
    return key * 10;
  });
  expect(answers).toEqual([30, 10, 30, 20]);
  expect(asked).toEqual([3, 1, 2]);
});

it("rejects when one of the calls does", async () => {
  const asked = eachOnce([1, 2], String, async (key) => {
    if (key === 2) throw new Error("no two");
    return key;
  });
  await expect(asked).rejects.toThrow("no two");
});
