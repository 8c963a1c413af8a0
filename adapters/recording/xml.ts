/** Values of XML, and of HTML, replaced where they stand: everything else stays byte for byte. */
import { scrubLeaf, type Rules } from "./leaf.ts";

const token =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--([\s\S]*?)-->|<\?[\s\S]*?\?>|<(\/?)([^\s<>/"'!?]+)((?:"[^"]*"|'[^']*'|[^>"'])*)>|<![^>]*>|([^<]+|<)/g;

export function scrubXml(text: string, rules: Rules, asked: boolean): string {
  const open: string[] = [];
  const leaf = (value: string) => scrubLeaf(value, { name: open.at(-1) ?? "", asked }, rules);
  return text.replace(
    token,
    (
      whole: string,
      data: string | undefined,
      comment: string | undefined,
      close: string | undefined,
      name: string | undefined,
      attributes: string,
      content: string | undefined,
    ) => {
      if (data !== undefined) return `<![CDATA[${leaf(data).replaceAll("]]>", "]] >")}]]>`;
      if (comment !== undefined) return `<!--${rules.pseudonyms.text(comment)}-->`;
      if (content !== undefined) return reEscaped(content, leaf);
      if (name === undefined) return whole;
      if (close) {
        open.pop();
        return whole;
      }
      const tag = `<${name}${scrubAttributes(attributes, rules, asked)}>`;
      if (!attributes.endsWith("/")) open.push(localName(name));
      return tag;
    },
  );
}

const localName = (name: string) => name.slice(name.indexOf(":") + 1);

/** Those that belong to the form of XML and SOAP: they name types and places, never people. */
const formal =
  /^(xmlns(:.*)?|xml:.*|.*:(type|nil|encodingStyle|mustUnderstand|arrayType|actor|role|Id)|version|encoding)$/;

function scrubAttributes(attributes: string, rules: Rules, asked: boolean): string {
  return attributes.replace(
    /([^\s=/"']+)(\s*=\s*)("[^"]*"|'[^']*')/g,
    (whole: string, name: string, equals: string, quoted: string) => {
      const value = quoted.slice(1, -1);
      if (formal.test(name) || /^cid:[\w.@%+-]+$/.test(value)) return whole;
      const sign = quoted[0]!;
      const fresh = reEscaped(value, (one) =>
        scrubLeaf(one, { name: localName(name), asked }, rules),
      );
      return `${name}${equals}${sign}${fresh.replaceAll(sign, sign === '"' ? "&quot;" : "&#39;")}${sign}`;
    },
  );
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

/** Read without its escapes, replaced, and escaped as it was: numbers for accents where it had such. */
function reEscaped(raw: string, replace: (value: string) => string): string {
  const value = raw.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, entity: string) => {
    if (/^#x/i.test(entity)) return signOf(parseInt(entity.slice(2), 16), whole);
    if (entity.startsWith("#")) return signOf(Number(entity.slice(1)), whole);
    return named[entity] ?? whole;
  });
  const fresh = replace(value);
  if (fresh === value) return raw;
  const escaped = fresh.replace(
    /[&<>]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;" })[sign] ?? "&gt;",
  );
  if (!/&#/.test(raw)) return escaped;
  return escaped.replace(/\P{ASCII}/gu, (sign) => `&#${sign.codePointAt(0)};`);
}

const signOf = (code: number, whole: string) =>
  code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
