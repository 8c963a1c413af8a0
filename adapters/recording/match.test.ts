import { expect, test } from "vitest";
import { createMatch } from "./match.ts";

test("an answer is found by every value of its question", () => {
  const asks = (number: string) =>
    Buffer.from(`<e:Body><d:Ouvrir><d:Numero>${number}</d:Numero></d:Ouvrir></e:Body>`);
  const head = { method: "POST", path: "/", requestHeaders: {}, status: 200, headers: {} };
  const exchanges = ["A-1", "A-2"].map((number) => ({
    ...head,
    requestBody: asks(number),
    body: Buffer.from(number),
  }));
  const match = createMatch(exchanges);
  const found = ["A-2", "A-1", "A-3"].map((number) =>
    match({ method: "POST", path: "/", headers: {}, body: asks(number) })?.body.toString(),
  );
  expect(found).toEqual(["A-2", "A-1", undefined]);
});
