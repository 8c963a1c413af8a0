import { expect, test } from "vitest";
import { createIds } from "./ids.ts";

const secret = new Uint8Array(32).fill(7);
const here = createIds(secret, "here");

test("an id is the same each time, and gives its keys back", () => {
  const id = here.seal("Contract", "L/2013936");
  expect(here.seal("Contract", "L/2013936")).toBe(id);
  expect(createIds(secret, "here").seal("Contract", "L/2013936")).toBe(id);
  expect(here.open("Contract", id)).toEqual(["L/2013936"]);
});

test("an id shows nothing of its keys", () => {
  const id = here.seal("Contract", "L/2013936");
  expect(Buffer.from(id, "base64url").toString("latin1")).not.toContain("2013936");
});

test("B-11 an id is worth nothing as another kind, at another landlord, under another secret", () => {
  const id = here.seal("Contract", "L/2013936");
  expect(here.open("Person", id)).toBeNull();
  expect(createIds(secret, "there").open("Contract", id)).toBeNull();
  expect(createIds(new Uint8Array(32).fill(8), "here").open("Contract", id)).toBeNull();
});

test("an id that was changed in any place does not open", () => {
  const bytes = Buffer.from(here.seal("Contract", "L/2013936"), "base64url");
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index]! ^= 1;
    expect(here.open("Contract", changed.toString("base64url"))).toBeNull();
  }
});

test("an id opens as it was given only, though other spellings hold the same bytes", () => {
  // 25 bytes: the last letter of their base64 holds bits that belong to none of them.
  const id = here.seal("Contract", "12345");
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const same = Array.from(letters, (letter) => id.slice(0, -1) + letter);
  const sameBytes = same.filter((other) =>
    Buffer.from(other, "base64url").equals(Buffer.from(id, "base64url")),
  );
  expect(sameBytes.length).toBeGreaterThan(1);
  expect(sameBytes.filter((other) => here.open("Contract", other))).toEqual([id]);
});

test.each([
  "",
  "x",
  "L/2013936",
  "💥".repeat(20),
  "A".repeat(5_000),
  "../../etc/passwd/aaaaaaaaaaaa",
])("what is no id does not open: %s", (text) => {
  expect(here.open("Contract", text)).toBeNull();
});
