/** What a request is made of. Whole messages are in soap.test.ts. */
import { describe, expect, test } from "vitest";
import { createPrefixes, writeRecord } from "./soap-write.ts";
import { newRecord, plainField, xsi, type Field, type Value } from "./wsdl/records.ts";
import { uris } from "./wsdl/xml.ts";

const text: Value = { kind: "text", xsd: "string" };
const field = (name: string, more: Partial<Field> = {}): Field => ({
  ...plainField,
  name,
  uri: "urn:a",
  value: text,
  ...more,
});
const record = (...own: Field[]) => ({ ...newRecord("R"), own });

const prefixes = () =>
  createPrefixes({ a: "urn:a", b: "urn:b", t: "urn:t", x: xsi, e: uris.encoding });
const write = (fields: Field[], data: object, open = false) =>
  writeRecord(
    prefixes(),
    { name: "r", uri: "urn:a", record: { ...record(...fields), open } },
    { ...data },
  );

describe("a record", () => {
  test("has what is given, in the order of the schema; undefined is absent, null is nil", () => {
    const fields = [field("a"), field("b"), field("c", { many: true }), field("d")];
    expect(write(fields, { d: null, c: [1, true], b: undefined, a: "x" })).toBe(
      '<a:r><a:a>x</a:a><a:c>1</a:c><a:c>true</a:c><a:d x:nil="true"/></a:r>',
    );
    expect(write(fields, {})).toBe("<a:r/>");
  });

  test("has each field in its own namespace, or in none", () => {
    const inner = record(field("c", { uri: "urn:b" }), field("d", { uri: "" }));
    const fields = [field("b", { value: { kind: "record", record: inner } })];
    expect(write(fields, { b: { d: "2", c: "1" } })).toBe(
      "<a:r><a:b><b:c>1</b:c><d>2</d></a:b></a:r>",
    );
  });

  test("has attributes, also qualified ones, and those that never change", () => {
    const fields = [
      field("@a", { uri: "" }),
      field("@lang", { uri: "http://www.w3.org/XML/1998/namespace" }),
      field("@v", { uri: "", optional: true, fixed: "2" }),
      field("@none", { optional: true }),
      field("#text"),
    ];
    expect(write(fields, { "#text": 'a"<', "@a": "b\n'", "@lang": "fr" })).toBe(
      '<a:r a="b&#10;&apos;" xml:lang="fr" v="2">a&quot;&lt;</a:r>',
    );
  });

  test("has what no schema knows where anything may stand", () => {
    expect(write([field("a")], { b: { c: ["1", "2"] }, a: "0" }, true)).toBe(
      "<a:r><a:a>0</a:a><b><c>1</c><c>2</c></b></a:r>",
    );
    const anything = [field("a", { value: { kind: "any" } })];
    expect(write(anything, { a: { x: "1" } })).toBe("<a:r><a:a><x>1</x></a:a></a:r>");
    expect(write(anything, { a: "1" })).toBe("<a:r><a:a>1</a:a></a:r>");
  });

  test("has an array of SOAP's own encoding with its length", () => {
    const list: Value = { kind: "list", of: text, item: "{urn:t}nom" };
    expect(write([field("a", { value: list })], { a: ["x", "y"] })).toBe(
      '<a:r><a:a e:arrayType="t:nom[2]"><item>x</item><item>y</item></a:a></a:r>',
    );
  });
});

test.each([
  ["a field that the schema does not know", { b: "1" }],
  ["an attribute that it does not know", { "@b": "1" }],
  ["a name of the language's own", { constructor: "1" }],
  ["a record where text belongs", { a: { b: "1" } }],
  ["what is no plain data", { a: new Date(0) }],
  ["no number", { a: Number.NaN }],
  ["a type that may not stand there", { "@xsi:type": "Other" }],
])("%s is INTERNAL", (_what, data) => {
  expect(() => write([field("a")], data)).toThrow(expect.objectContaining({ code: "INTERNAL" }));
});

test.each(["a b", "a:b", "1a", "", "a>"])("an open record takes no element called %j", (name) => {
  expect(() => write([], { [name]: "1" }, true)).toThrow(
    expect.objectContaining({ code: "INTERNAL" }),
  );
});

test("a field called as the language's own is absent unless given", () => {
  expect(write([field("constructor"), field("toString")], {})).toBe("<a:r/>");
});
