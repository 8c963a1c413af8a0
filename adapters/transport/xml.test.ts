import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createXmlReader, parseXml, parseXmlInTurns } from "./xml.ts";

const refused = (words: string) =>
  expect.objectContaining({ code: "BAD_RESPONSE", message: expect.stringContaining(words) });

const attributes = (count: number) =>
  Array.from({ length: count }, (_, index) => `a${index}="1"`).join(" ");

test("reads elements, namespaces and text as they were sent", () => {
  const root = parseXml(
    `<?xml version="1.0"?>
<!-- before --><p:a xmlns:p="urn:p" xmlns="urn:d" b="1"><c> x &amp; <![CDATA[<y/>&amp;]]><!-- - -->&#233; </c></p:a>
<!-- after -->`,
  );
  expect(root).toMatchObject({ local: "a", uri: "urn:p" });
  expect(root.attributes.get("b")?.value).toBe("1");
  expect(root.children).toMatchObject([{ local: "c", uri: "urn:d", text: " x & <y/>&amp;é " }]);
});

test("keeps all of a text that is longer than the parser's buffer", () => {
  const long = "0123456789".repeat(30_000);
  expect(parseXml(`<a b="1">${long}<![CDATA[${long}]]></a>`).text).toBe(long + long);
});

test("reads a long text in pieces, and cuts no character in two", async () => {
  for (const shift of ["", "x"]) {
    const long = shift + "😀&amp;é".repeat(20_000);
    const root = await parseXmlInTurns(`<a>${long}</a>`);
    expect(root.text).toBe(long.replaceAll("&amp;", "&"));
  }
});

test("E-01 a long answer is read in turns: others are served in between", async () => {
  const long = `<a>${"<b>&amp;</b>".repeat(49_000)}</a>`;
  let turns = 0;
  let read = false;
  const count = () => void (read || (turns++, setImmediate(count)));
  setImmediate(count);
  const root = await parseXmlInTurns(long);
  read = true;
  expect(root.children).toHaveLength(49_000);
  expect(turns).toBeGreaterThan(0);
});

describe("E-02 refuses before it is parsed", () => {
  test.each([
    ["a DOCTYPE", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DOCTYPE"],
    ["a doctype in other letters", "<!dOcTyPe a><a/>", "DOCTYPE"],
    [
      "a DOCTYPE behind a declaration, a comment and a blank",
      '<?xml version="1.0"?>\n<!-- <a> --> <?pi x?><!DOCTYPE a SYSTEM "http://x/"><a/>',
      "DOCTYPE",
    ],
    ["a page", "<html><body>closed</body></html>", "page"],
    ["a page in capitals, behind blanks", "\n\n<HTML lang='fr'>", "page"],
    ["JSON", '{"a": 1}', "is not XML"],
    ["nothing", "", "is empty"],
    ["blanks only", " \n ", "is empty"],
    ["junk before the declaration", 'Warning: x\n<?xml version="1.0"?><a/>', "is not XML"],
    ["a blank before the declaration", ' <?xml version="1.0"?><a/>', "before its declaration"],
    ["a closing tag first", "</a>", "is not XML"],
    ["a hundred thousand instructions first", `${"<?a?>".repeat(100_000)}<a/>`, ""],
    ["a long comment first", `<!--${"-x".repeat(100_000)}--><a/>`, "is not XML"],
    ["a comment that never ends", "<!-- <a/>", "is not XML"],
  ])("%s", (_what, text, words) => {
    expect(() => parseXml(text)).toThrow(refused(words));
  });
});

describe("E-01 refuses while it is parsed", () => {
  test.each([
    ["a DOCTYPE in the middle", "<a><!DOCTYPE a></a>", ""],
    ["an end that never comes", "<a><b></b>", "well-formed"],
    ["tags that cross", "<a><b></a></b>", "well-formed"],
    ["two roots", "<a/><b/>", "more than one root"],
    ["text behind the root", "<a/>x", "well-formed"],
    ["an entity that is not XML's", "<a>&eacute;</a>", "well-formed"],
    ["a bare ampersand", "<a>a & b</a>", "well-formed"],
    ["a prefix without a namespace", "<p:a/>", "well-formed"],
    ["a reference to a control character", "<a>&#0;</a>", ""],
    ["a control character", "<a>\u0008</a>", "control"],
    ["101 levels", "<a>".repeat(101) + "</a>".repeat(101), "more than 100 levels"],
    ["a million levels", "<a>".repeat(1_000_000), "more than 100 levels"],
    ["50,001 elements", `<a>${"<b/>".repeat(50_000)}</a>`, "more than 50000 elements"],
    ["201 attributes", `<a ${attributes(201)}/>`, "more than 200 attributes"],
    ["a million attributes that never end", `<a ${attributes(1_000_000)}`, "200 attributes"],
    ["half a character", "<a>\ud83d</a>", "control"],
  ])("%s", (_what, text, words) => {
    expect(() => parseXml(text)).toThrow(refused(words));
  });
});

test("takes 100 levels, and the word DOCTYPE inside a text", () => {
  expect(parseXml("<a>".repeat(100) + "</a>".repeat(100)).local).toBe("a");
  expect(parseXml("<a><![CDATA[<!DOCTYPE html>]]></a>").text).toBe("<!DOCTYPE html>");
});

test("an error quotes nothing of the text", () => {
  let caught: unknown;
  try {
    parseXml("<a>FR7630006000011234567890189</b>");
  } catch (error) {
    caught = error;
  }
  expect(caught).toEqual(refused("well-formed"));
  expect(`${String(caught)} ${String((caught as Error).cause)}`).not.toContain("FR76");
});

test("text that goes elsewhere is the same wherever its document is cut", () => {
  const written =
    "<a><b>before</b><c>AB&#67;D&amp;E<!-- no --><![CDATA[F<G]]>HI\nJ</c><d>K</d></a>";
  const cuts = fc.array(fc.nat(written.length), { maxLength: 8 });
  fc.assert(
    fc.property(cuts, (places) => {
      const heard: string[] = [];
      const reader = createXmlReader({
        element: "c",
        begin: () => heard.push("("),
        text: (piece) => heard.push(piece),
        end: () => heard.push(")"),
      });
      const ends = [...places.toSorted((a, b) => a - b), written.length];
      ends.forEach((end, i) => reader.write(written.slice(ends[i - 1] ?? 0, end)));
      const { children } = reader.close();
      expect(heard.join("")).toBe("(ABCD&EF<GHI\nJ)");
      expect(children.map(({ local, text }) => [local, text])).toEqual([
        ["b", "before"],
        ["c", ""],
        ["d", "K"],
      ]);
    }),
  );
});
