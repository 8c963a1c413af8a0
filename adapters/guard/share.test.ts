import { expect, test } from "vitest";
import type { Call } from "../ports/port.ts";
import { createShare, type Question } from "./share.ts";

test("nobody joins a call that the last who waited for it has given up", async () => {
  const share = createShare();
  const question: Question = { id: "a", owner: null, subject: "a", key: "a" };
  const call = (signal = new AbortController().signal): Call => ({ signal, requestId: "r" });
  const givenUpLate = async (_questions: readonly Question[], { signal }: Call) =>
    new Promise<unknown[]>((_resolve, reject) => {
      signal.addEventListener("abort", () => setImmediate(() => reject(new Error("given up"))));
    });
  const leaving = new AbortController();
  const first = share.ask([question], call(leaving.signal), givenUpLate);
  leaving.abort();
  await expect(first).rejects.toMatchObject({ code: "TIMEOUT" });
  const second = share.ask([question], call(), async () => ["answer"]);
  await expect(second).resolves.toEqual(["answer"]);
});
