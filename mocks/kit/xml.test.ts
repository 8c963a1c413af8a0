import { describe, expect, it } from "vitest";
import { escapeXml, parseXml, writeXml, XmlError } from "./xml.ts";

describe("The XML reader", () => {
  it("resolves prefixes, default namespaces and their ends", () => {
    const root = parseXml('<a xmlns="urn:1" xmlns:p="urn:2"><p:b/><c xmlns=""/><d/></a>');
    expect(root.children.map(({ ns, name }) => ns + name)).toEqual(["urn:2b", "c", "urn:1d"]);
  });

  it("reads entities, CDATA and text around comments as one text", () => {
    const root = parseXml(
      "<?xml version='1.0'?><a>&lt;1&#233;<!-- & --><![CDATA[&<2>]]>&#x153;</a>",
    );
    expect(root.text).toBe("<1é&<2>œ");
  });

  it.each([
    ["a DOCTYPE", "<!DOCTYPE a [<!ENTITY e 'x'>]><a/>"],
    ["an unknown entity", "<a>&e;</a>"],
    ["a bare ampersand", "<a>a & b</a>"],
    ["tags that cross", "<a><b></a></b>"],
    ["an end too early", "<a><b></b>"],
    ["a second root", "<a/><b/>"],
    ["text after the root", "<a/>x"],
    ["an undeclared prefix", "<p:a/>"],
    ["the same attribute twice", '<a b="1" b="2"/>'],
    ["nothing", ""],
    ["JSON", '{"a":1}'],
    ["more than forty levels", "<a>".repeat(41) + "</a>".repeat(41)],
  ])("refuses %s", (_, source) => {
    expect(() => parseXml(source)).toThrow(XmlError);
  });

  it("reads back what it writes", () => {
    const source = `<a xmlns="urn:1" xmlns:p="urn:2" p:x="&quot;1&quot;" y="2">${escapeXml("]]><b/>&é")}<p:c/></a>`;
    const root = parseXml(source);
    expect(parseXml(writeXml(root))).toEqual(root);
  });
});
