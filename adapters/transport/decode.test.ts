import { describe, expect, test } from "vitest";
import { decodeText } from "./decode.ts";

const latin1 = (text: string) => Buffer.from(text, "latin1");
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const words = "<a>Müller-Groß, Férias</a>";
const prolog = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;

describe("E-04 XML is read", () => {
  test.each<[string, Buffer, string | undefined]>([
    ["as UTF-8 when nothing is said", Buffer.from(words), undefined],
    ["by its prolog", latin1(prolog("ISO-8859-1") + words), undefined],
    ["by the header when the prolog says nothing", latin1(words), "text/xml; charset=iso-8859-1"],
    ["by a quoted charset", latin1(words), 'text/xml; charset="ISO-8859-1"; a=b'],
    [
      "by the prolog against the header",
      latin1(prolog("ISO-8859-1") + words),
      "text/xml; charset=utf-8",
    ],
    [
      "by the prolog in single quotes",
      latin1(prolog("iso-8859-15").replaceAll('"', "'") + words),
      "",
    ],
    ["by a UTF-8 mark", Buffer.from(`\ufeff${words}`), undefined],
    [
      "by a mark against prolog and header",
      Buffer.from(`\ufeff${prolog("ISO-8859-1")}${words}`),
      "text/xml; charset=windows-1252",
    ],
    [
      "as UTF-16 with a mark",
      Buffer.from(`\ufeff${prolog("UTF-16")}${words}`, "utf16le"),
      undefined,
    ],
    ["as big-endian UTF-16 with a mark", utf16be(`\ufeff${prolog("UTF-16")}${words}`), "text/xml"],
    ["as UTF-16 without a mark, by its prolog", utf16be(prolog("UTF-16") + words), undefined],
  ])("%s", (_how, bytes, contentType) => {
    expect(decodeText(bytes, contentType, "xml")).toMatch(/<a>Müller-Groß, Férias<\/a>$/);
  });

  test("with the signs of windows-1252, also where it calls itself ISO-8859-1", () => {
    const bytes = Buffer.concat([
      latin1("<a>l"),
      Buffer.of(0x92),
      latin1("été "),
      Buffer.of(0x80),
      latin1("</a>"),
    ]);
    for (const charset of ["windows-1252", "ISO-8859-1"]) {
      expect(decodeText(bytes, `text/xml; charset=${charset}`, "xml")).toBe("<a>l’été €</a>");
    }
  });
});

test.each<[string, Buffer, string | undefined]>([
  ["ISO-8859-1 that calls itself UTF-8", latin1(prolog("UTF-8") + words), undefined],
  ["ISO-8859-1 that says nothing", latin1(words), undefined],
  ["a character cut in two", Buffer.from("é").subarray(0, 1), undefined],
  ["an encoding that nobody knows", Buffer.from(prolog("klingon") + words), undefined],
  ["UTF-7", Buffer.from(words), "text/xml; charset=utf-7"],
  ["half a surrogate pair in UTF-16", Buffer.from([0xff, 0xfe, 0x00, 0xd8]), undefined],
])("E-04 %s is BAD_RESPONSE", (_what, bytes, contentType) => {
  expect(() => decodeText(bytes, contentType, "xml")).toThrow(
    expect.objectContaining({ code: "BAD_RESPONSE" }),
  );
});

test("JSON is read by its header, and a prolog inside it says nothing", () => {
  expect(decodeText(latin1('"é"'), "application/json; charset=iso-8859-1", "json")).toBe('"é"');
  expect(decodeText(Buffer.from('"é"'), "application/json", "json")).toBe('"é"');
  expect(decodeText(Buffer.from('\ufeff"é"'), "application/json", "json")).toBe('"é"');
});
