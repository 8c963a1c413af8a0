/** The words of a piece of HTML, as an editor for people who know none leaves it. Pure. */

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  laquo: "«",
  raquo: "»",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  deg: "°",
  euro: "€",
  oelig: "œ",
  OElig: "Œ",
  ccedil: "ç",
  Ccedil: "Ç",
};

const accents: Record<string, string> = {
  grave: "\u0300",
  acute: "\u0301",
  circ: "\u0302",
  tilde: "\u0303",
  uml: "\u0308",
};

/**
 * Plain text: a line for each line that the reader would see, without tags, with entities read. What
 * it gives is not HTML, and no more safe to put into a page than any other text.
 */
export function textOfHtml(html: string): string {
  return html
    .replace(/\s+/g, " ")
    .replace(/<br\b[^<>]*>|<\/(?:p|div|li|h\d|tr)\s*>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&(#?\w{1,10});/g, (written, name: string) => characterOf(name) ?? written)
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function characterOf(name: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
  const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
  if (code > 0 && code <= 0x10_ff_ff) return String.fromCodePoint(code);
  const [, letter, accent] = /^([A-Za-z])(grave|acute|circ|tilde|uml)$/.exec(name) ?? [];
  return letter ? (letter + accents[accent!]!).normalize() : entities[name];
}
