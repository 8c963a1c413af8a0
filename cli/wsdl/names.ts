/** Names in TypeScript for what a WSDL calls otherwise. */

/** Accents go, and whatever is neither letter nor digit separates words. */
const wordsOf = (name: string): string[] =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== "");

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const lettersFirst = (name: string, or: string): string =>
  /^[A-Za-z]/.test(name) ? name : `${or}${name}`;

/** `lire_solde` is `LireSolde`, `LIRE_SOLDE` too. */
export function pascalCase(name: string): string {
  const words = wordsOf(name).map((word) =>
    name === name.toUpperCase() ? word.toLowerCase() : word,
  );
  return lettersFirst(words.map(capital).join(""), "Type");
}

export function camelCase(name: string): string {
  const [first = "", ...others] = wordsOf(pascalCase(name));
  return first.toLowerCase() + others.join("");
}

export const kebabCase = (name: string): string => wordsOf(name).join("-").toLowerCase();

/** A key of an object in TypeScript. */
export const keyText = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);

/** Gives each name once: `Bail`, then `Bail2`. Those that mean something else get `suffix` first. */
export function createNames(
  suffix: string,
  isTaken: (name: string) => boolean,
): (wanted: string) => string {
  const given = new Set<string>();
  return (wanted) => {
    const base = isTaken(wanted) ? wanted + suffix : wanted;
    let name = base;
    for (let count = 2; given.has(name); count++) name = base + count;
    given.add(name);
    return name;
  };
}
