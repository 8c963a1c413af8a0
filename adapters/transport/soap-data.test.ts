import { describe, expect, test } from "vitest";
import { toData } from "./soap-data.ts";
import { parseXml } from "./xml.ts";

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

function read(content: string, shape: unknown = {}, lists: string[] = []) {
  return toData(parseXml(`<r ${xsi}>${content}</r>`), shape, new Set(lists));
}

describe("values", () => {
  test.each([
    "999999999999.99",
    "1 234,56",
    "1.234,56",
    "2026-02-31",
    "31/02/2026",
    "007",
    "true",
    "O",
    " padded   ",
  ])("%j stays as it was sent, whatever the WSDL calls it", (text) => {
    for (const type of ["xs:decimal", "xs:date", "xs:int", "xs:boolean", undefined]) {
      expect(read(`<v>${text}</v>`, { v: type })).toEqual({ v: text });
    }
  });

  test("an absent element is absent, an empty one is empty text, a nil one is null", () => {
    expect(
      read('<b/><c xsi:nil="true"/><d xsi:nil="1"></d><e xsi:nil="false">x</e><f nil="true">y</f>'),
    ).toEqual({
      b: "",
      c: null,
      d: null,
      e: "x",
      f: "y",
    });
  });

  test("E-07 prefixes, attributes, comments and CDATA do not change a value", () => {
    const content = '<p:a xmlns:p="urn:p" x="1">Jean<!-- c --> <![CDATA[& Paul]]></p:a>';
    expect(read(content)).toEqual({ a: "Jean & Paul" });
  });

  test("XML inside a CDATA section stays text", () => {
    expect(read('<a><![CDATA[<?xml version="1.0"?><b>1</b>]]></a>')).toEqual({
      a: '<?xml version="1.0"?><b>1</b>',
    });
  });
});

describe("attributes", () => {
  const money = { "#text": "xs:decimal", "@devise": "xs:string" };

  test("are read where the WSDL declares them, beside elements and beside text", () => {
    const shape = { "b[]": { "@n": "xs:int", "@absent": "xs:int", v: money } };
    expect(read('<b n="1" o="2"><v devise="EUR" o="3"> 1 </v></b><b/>', shape)).toEqual({
      b: [{ "@n": "1", v: { "#text": " 1 ", "@devise": "EUR" } }, {}],
    });
    expect(read('<v xsi:nil="true" devise="EUR"/>', { v: money })).toEqual({ v: null });
    expect(read('<v devise="EUR"/>', { v: money })).toEqual({
      v: { "#text": "", "@devise": "EUR" },
    });
  });

  test("of one name in two namespaces are not taken for each other", () => {
    const shape = { a: { "@type": "xs:string", "@xsi:type": "xs:QName" } };
    for (const both of ['type="T2" xsi:type="p:Bail"', 'xsi:type="p:Bail" type="T2"']) {
      expect(read(`<a ${both}/>`, shape)).toEqual({ a: { "@type": "T2", "@xsi:type": "Bail" } });
    }
    expect(read('<a xsi:type="p:Bail"/>', shape)).toEqual({ a: { "@xsi:type": "Bail" } });
    expect(read('<a type="T2"/>', shape)).toEqual({ a: { "@type": "T2" } });
  });

  test("of a file that came apart stand beside its address", () => {
    const include = '<i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:1@x"/>';
    expect(read(`<v devise="x">${include}</v>`, { v: money })).toEqual({
      v: { "#text": "cid:1@x", "@devise": "x" },
    });
  });
});

describe("lists", () => {
  const shape = { "item[]": { "tag[]": "xs:string", name: "xs:string" } };

  test("are what the WSDL calls so, with one item, with many and with none", () => {
    expect(read("<item><name>a</name><tag>1</tag></item>", shape)).toEqual({
      item: [{ name: "a", tag: ["1"] }],
    });
    expect(read("<item/><item><tag/><tag/></item>", shape)).toEqual({
      item: [{ tag: [] }, { tag: ["", ""] }],
    });
    expect(read("", shape)).toEqual({ item: [] });
  });

  test("are what the caller names, where the WSDL does not tell", () => {
    expect(read("<box><item>1</item></box>", {}, ["item"])).toEqual({ box: { item: ["1"] } });
    expect(read("<box><item>1</item></box>", { box: {} }, ["box"])).toEqual({
      box: [{ item: "1" }],
    });
    expect(read("", { item: "xs:string" }, ["item"])).toEqual({ item: [] });
    expect(read("", {}, ["item"])).toEqual({});
  });

  test("are also made of what came twice", () => {
    expect(read("<a>1</a><b/><a>2</a>")).toEqual({ a: ["1", "2"], b: "" });
  });
});

test("a record that is empty is a record where the WSDL says so", () => {
  expect(read("<address/>", { address: { city: "xs:string" } })).toEqual({ address: {} });
});

test("names of the language's own are names like others", () => {
  expect(read("<constructor>1</constructor><toString>2</toString><hasOwnProperty/>")).toEqual({
    constructor: "1",
    toString: "2",
    hasOwnProperty: "",
  });
});

test.each([
  ["text between elements", "<a>x<b/></a>"],
  ["elements where there is text", "<t><a/></t>"],
  ["an element __proto__", "<a><__proto__><admin>1</admin></__proto__></a>"],
  ["a value that stands elsewhere", '<a href="#id1"/>'],
])("%s is BAD_RESPONSE", (_what, content) => {
  const shape = { t: { "#text": "xs:string" } };
  expect(() => read(content, shape)).toThrow(expect.objectContaining({ code: "BAD_RESPONSE" }));
});

test("a file that came apart is named by its address", () => {
  const include = '<i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:1@x"/>';
  expect(read(`<file> ${include} </file>`)).toEqual({ file: "cid:1@x" });
});

describe("an array of SOAP's own encoding", () => {
  const array = (type: string, items: string, shape: unknown = {}) =>
    read(
      `<a xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" xsi:type="e:Array" ${type}>${items}</a>`,
      shape,
    );

  test.each([
    ['e:arrayType=":[2]"', '<item xsi:type="xsd:">1</item><item>2</item>', ["1", "2"]],
    ['e:arrayType="xsd:string[1]"', "<whatever>1</whatever>", ["1"]],
    ['e:arrayType=":[0]"', "", []],
    ['e:arrayType="xsd:string[]"', "\n", []],
    ['e:arrayType=":[1]"', "<item><n>1</n><m/></item>", [{ n: "1", m: "" }]],
  ])("with %s is a list", (type, items, list) => {
    expect(array(type, items)).toEqual({ a: list });
    expect(array(type, items, { a: { "item[]": "xs:string" } })).toEqual({ a: list });
  });

  test("is no array where another namespace has the attribute", () => {
    expect(array('arrayType=":[1]"', "<item>1</item>")).toEqual({ a: { item: "1" } });
  });

  test.each([
    ["fewer items", 'e:arrayType=":[2]"', "<item>1</item>"],
    ["more items", 'e:arrayType=":[1]"', "<item>1</item><item>2</item>"],
    ["text beside them", 'e:arrayType=":[1]"', "1<item>1</item>"],
  ])("with %s than it tells is BAD_RESPONSE", (_what, type, items) => {
    expect(() => array(type, items)).toThrow(expect.objectContaining({ code: "BAD_RESPONSE" }));
  });
});
