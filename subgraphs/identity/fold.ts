/** Letters that Unicode does not take apart into a base letter and a mark. */
const wholeLetters: Readonly<Record<string, string>> = {
  œ: "oe",
  æ: "ae",
  ß: "ss",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  þ: "th",
  ħ: "h",
  ŋ: "n",
  ŧ: "t",
  ı: "i",
};

/** Text in lower-case base letters, without accents; what is no letter stays: `Œil, Là` is `oeil, la`. */
export function foldLetters(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[œæßøđðłþħŋŧı]/gu, (letter) => wholeLetters[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
}
