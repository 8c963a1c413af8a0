import { expect, test } from "vitest";
import { z } from "zod";
import { PortError } from "../ports/errors.ts";
import { serve, testCall, testIo } from "./fixtures/server.ts";
import { at, foundOrNull, given, noSuchThing, withLists, withQuery } from "./rest-answer.ts";
import { createRestClient } from "./rest.ts";

test("a path has each value escaped, and none of them empty", () => {
  expect(at`/contracts/${"L/20 13"}/entries/${7}`).toBe("/contracts/L%2F20%2013/entries/7");
  expect(() => at`/contracts/${""}`).toThrow("An empty key in a path");
});

test("a query has what was given, and lists under one name", () => {
  expect(given({ limit: 5, open: false, from: undefined })).toEqual({ limit: "5", open: "false" });
  expect(withLists("/entries", { id: [1, 2], kind: undefined })).toBe("/entries?id=1&id=2");
  expect(withLists("/entries", { id: [] })).toBe("/entries");
});

test("no such thing is null only where the ERP says so", async () => {
  const Unknown = z.object({ code: z.literal("UNKNOWN") });
  expect(noSuchThing(Unknown, { code: "UNKNOWN" }, "here")).toBeNull();
  expect(() => noSuchThing(Unknown, { code: "NO_ROUTE" }, "here")).toThrow(PortError);
  expect(await foundOrNull(Promise.reject(new PortError("NOT_FOUND", "none")))).toBeNull();
  const down = Promise.reject(new PortError("UNAVAILABLE", "down"));
  await expect(foundOrNull(down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a key that the ERP wants in the query goes with each request, beside what is asked", async () => {
  const server = await serve(
    (response) => void response.writeHead(200, { "content-type": "application/json" }).end("{}"),
  );
  const rest = withQuery(createRestClient(testIo(), { baseUrl: server.url }), { key: "s3cret" });
  await rest.get(withLists("/a", { id: [1, 2] }), { query: { limit: "5" } }, testCall());
  await rest.send("POST", "/b", { body: { json: {} } }, testCall());
  const file = await rest.open("/c", {}, testCall());
  expect(await Array.fromAsync(file.body)).toHaveLength(1);
  expect(server.received.map(({ url }) => url)).toEqual([
    "/a?id=1&id=2&limit=5&key=s3cret",
    "/b?key=s3cret",
    "/c?key=s3cret",
  ]);
  await rest.close();
});
