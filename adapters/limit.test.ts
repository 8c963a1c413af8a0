import { expect, test } from "vitest";
import { createLimit } from "./limit.ts";

const never = new AbortController().signal;

test("no more jobs run at once than the ERP has places", async () => {
  const limit = createLimit("here", 2);
  let running = 0;
  let most = 0;
  const job = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
  };
  await Promise.all(Array.from({ length: 10 }, () => limit(never, job)));
  expect(most).toBe(2);
});

test("who gives up while waiting gets TIMEOUT, and its job never runs", async () => {
  const limit = createLimit("here", 1);
  let release = () => {};
  const first = limit(never, () => new Promise<void>((resolve) => (release = resolve)));
  const gone = new AbortController();
  let ran = false;
  const second = limit(gone.signal, async () => void (ran = true));
  gone.abort();
  await expect(second).rejects.toMatchObject({ code: "TIMEOUT" });
  release();
  await first;
  await limit(never, async () => {});
  expect(ran).toBe(false);
});

test("who comes when too many wait is turned away at once", async () => {
  const limit = createLimit("here", 1);
  let release = () => {};
  const first = limit(never, () => new Promise<void>((resolve) => (release = resolve)));
  const waiting = Array.from({ length: 50 }, () => limit(never, async () => {}));
  await expect(limit(never, async () => {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
  release();
  await Promise.all([first, ...waiting]);
});

test("a failed job gives its place back", async () => {
  const limit = createLimit("here", 1);
  await expect(limit(never, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await limit(never, async () => "next")).toBe("next");
});
