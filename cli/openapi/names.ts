/** Names in TypeScript for what a description names in its own way. */

/** Words of a name: `X-Total-Count`, `déclarerAssurance` and `list_of(x)` alike. */
function wordsOf(name: string): string[] {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/œ/gi, "oe")
    .replace(/æ/gi, "ae")
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .filter(Boolean);
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const startsWell = (name: string, prefix: string) =>
  /^[A-Za-z]/.test(name) ? name : prefix + name;

export const pascalCase = (name: string): string =>
  startsWell(wordsOf(name).map(capital).join(""), "Shape");

/** `lireSolde` stays; `LireSolde` and `lire-solde` become it. */
export function camelCase(name: string): string {
  const [first = "", ...others] = wordsOf(name);
  const start = /^[A-Z]+$/.test(first)
    ? first.toLowerCase()
    : first.charAt(0).toLowerCase() + first.slice(1);
  return startsWell([start, ...others.map(capital)].join(""), "value");
}

export const kebabCase = (name: string): string =>
  wordsOf(name)
    .map((word) => word.toLowerCase())
    .join("-");

export const isIdentifier = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name);

/** A property of an object in TypeScript text. */
export const property = (name: string): string =>
  isIdentifier(name) ? name : JSON.stringify(name);

const taken =
  "asked at bearer call close default delete do else enum export extends false finally for function given headers if import in instanceof new noSuchThing foundOrNull null package private protected public readRecord rest return static super switch this throw true try typeof undefined var void while with yield async await break case catch class const continue debugger let z path query io settings arguments eval withLists withQuery answer Array BigInt Boolean Buffer Call Client Date Error FormData Function Io Map Math Number Object PortError Promise Proxy Record Reflect RegExp RestClient Set Settings String Symbol URL URLSearchParams Written interface implements".split(
    " ",
  );

/** Gives each name once: `name`, then `name2`, `name3` … */
export function createNames(
  reserved: readonly string[] = taken,
): (wanted: string, or?: string) => string {
  const used = new Set(reserved);
  return (wanted, or = wanted) => {
    const base = reserved.includes(wanted) ? or : wanted;
    let name = base;
    for (let count = 2; used.has(name); count++) name = `${base}${count}`;
    used.add(name);
    return name;
  };
}

/** Text as it may stand in a comment: one paragraph, at most `max` characters. */
export function plain(text: string, max = 300): string {
  const line = text.replace(/\s+/g, " ").replaceAll("*/", "* /").trim();
  return line.length <= max ? line : `${line.slice(0, max - 1).replace(/\s\S*$/, "")}…`;
}

/** A comment in lines of at most 98 characters. */
export function comment(text: string, indent = ""): string {
  const width = 92 - indent.length;
  if (text === "") return "";
  if (text.length <= width) return `${indent}/** ${text} */\n`;
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    if (lines[last] === "") lines[last] = word;
    else if (lines[last]!.length + word.length < width) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}
