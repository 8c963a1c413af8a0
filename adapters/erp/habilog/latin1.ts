/**
 * Text as Habilog's columns can hold it: ISO-8859-1. Typography and the letters of neighbours that
 * it has not are written as Habilog's own front office writes them; what has no such form (emoji,
 * Cyrillic) is not.
 */
const substitutes: Readonly<Record<string, string>> = {
  œ: "oe",
  Œ: "OE",
  "‘": "'",
  "’": "'",
  "‚": "'",
  "‛": "'",
  ʼ: "'",
  "′": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "‟": '"',
  "‹": "<",
  "›": ">",
  "‐": "-",
  "‑": "-",
  "‒": "-",
  "–": "-",
  "—": "-",
  "−": "-",
  "…": "...",
  "•": "-",
  "€": "EUR",
  "™": "TM",
  "\u2007": " ",
  "\u2009": " ",
  "\u202F": " ",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ı: "i",
  ħ: "h",
  Ħ: "H",
  ŧ: "t",
  Ŧ: "T",
  ĳ: "ij",
  Ĳ: "IJ",
  ẞ: "SS",
};

const foreign = /[^\0-\xFF]/gu;
const held = /^[\x20-\x7E\xA0-\xFF]*$/;

/** Null where a character has no form in ISO-8859-1, and for control characters. */
export function inLatin1(text: string): string | null {
  const written = text
    .normalize("NFC")
    .replace(foreign, (character) => substitutes[character] ?? withoutMarks(character));
  return held.test(written) ? written : null;
}

/** `š` to `s`; what is no letter with marks stays as it is. */
const withoutMarks = (character: string): string =>
  character.normalize("NFD").replace(/^([A-Za-z])\p{M}+$/u, "$1");
