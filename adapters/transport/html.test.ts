import { describe, expect, it } from "vitest";
import { textOfHtml } from "./html.ts";

describe("The text of HTML", () => {
  it.each([
    ["a paragraph", "<p>Bonjour</p>", "Bonjour"],
    [
      "line breaks of all kinds",
      "un<br>deux<br/>trois<BR class='x' />quatre",
      "un\ndeux\ntrois\nquatre",
    ],
    ["blocks", "<div>un</div>\n<ul><li>deux</li><li>trois</li></ul>", "un\ndeux\ntrois"],
    ["white space of the source", "un\r\n   deux\t trois", "un deux trois"],
    ["an empty paragraph at the end", "<p>un</p>\r\n<p>&nbsp;</p>", "un"],
    ["many empty paragraphs", "<p>un</p><p></p><p></p><p></p><p>deux</p>", "un\n\ndeux"],
    [
      "named entities",
      "&Agrave; l&rsquo;&eacute;t&eacute; &laquo;&nbsp;&oelig;uf&nbsp;&raquo; &ccedil;a",
      "À l’été «\u00a0œuf\u00a0» ça",
    ],
    ["numbered entities", "&#233;&#xE9;&#x20AC;", "éé€"],
    ["an entity that nobody knows", "Dupont &fils; & Cie", "Dupont &fils; & Cie"],
    ["a number that is no character", "&#0;&#x110000;", "&#0;&#x110000;"],
    ["an entity written twice over", "&amp;lt;b&amp;gt;", "&lt;b&gt;"],
    ["what looks like a tag once it is read", "moins de &lt;100 &euro;&gt;", "moins de <100 €>"],
    ["nothing but tags", "<p><img src='x.png'></p>", ""],
  ])("reads %s", (_, html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it("keeps what an unfinished tag would have swallowed", () => {
    expect(textOfHtml("moins de <100 € le mètre")).toBe("moins de <100 € le mètre");
  });
});
