/**
 * Replacements of the same form: a word for a word, digits for digits, a valid IBAN for an IBAN. The
 * same value gets the same replacement, whatever its case, its zeros in front or the spaces within,
 * so that what belonged together still does. Nobody can go back: the salt is thrown away.
 */
import { createHmac } from "node:crypto";
import { isIban, withCheckDigits } from "./iban.ts";

export interface Pseudonyms {
  /** All of a text: e-mails, IBANs, phone numbers, words, digits. */
  text(text: string): string;
  /** `1980-03-31`: another day, a few years away at most. */
  day(isoDay: string): string;
}

/** What stood in the original: no replacement is one of these, where there is room for others. */
export interface Originals extends Pseudonyms {
  has(atom: string): boolean;
  /** All numbers that stood there, as `numberIn` tells them apart. */
  numbers(): string[];
}

/** Changes nothing, and remembers what it was asked to replace. */
export function collectOriginals(): Originals {
  const seen = new Set<string>();
  const numbers = new Set<string>();
  const add = (atom: string) => {
    seen.add(atom.toLowerCase());
    return atom;
  };
  return {
    has: (atom) => seen.has(atom),
    numbers: () => [...numbers],
    text: (text) => {
      const digits = (run: string) => {
        add(coreOf(run));
        numbers.add(numberIn(run));
        return run;
      };
      return replaceAtoms(text, { word: add, digits, phone: add, iban: add, hex: add });
    },
    day: add,
  };
}

type Choose = (kind: string, value: string, make: (random: Uint8Array) => string) => string;

export function createPseudonyms(salt: Uint8Array, originals: Originals): Pseudonyms {
  const chosen = new Map<string, string>();
  const taken = new Set<string>();
  /** The first of many that nothing else became, and that did not stand there before. */
  const choose: Choose = (kind, value, make) => {
    const known = chosen.get(`${kind} ${value}`);
    if (known !== undefined) return known;
    let made: string | null = null;
    let spare = value;
    for (let attempt = 0; attempt < 200 && made === null; attempt += 1) {
      const next = make(createHmac("sha512", salt).update(`${kind} ${value} ${attempt}`).digest());
      if (taken.has(`${kind} ${next}`)) continue;
      // Among nine digits there may be none that did not stand there: then another one at least.
      spare = next;
      if (!originals.has(next) && next !== value) made = next;
    }
    made ??= spare;
    chosen.set(`${kind} ${value}`, made);
    taken.add(`${kind} ${made}`);
    return made;
  };
  chooseInOrder(originals.numbers(), choose);
  const digits = (run: string): string => {
    const core = coreOf(run);
    // Nines alone name nothing: keys that are unknown on purpose stay so.
    if (core === "" || /^9+$/.test(run)) return run;
    const number = numberIn(run);
    const made = choose("digits", number, digitsLike(bareOf(number)));
    return "0".repeat(run.length - made.length) + made;
  };
  return {
    text: (text) =>
      replaceAtoms(text, {
        word: (word) => inCaseOf(word, choose("word", word.toLowerCase(), wordLike(word))),
        digits,
        phone: (national) => choose("phone", national, phoneLike(national)),
        iban: (iban) => choose("iban", iban, ibanLike(iban)),
        hex: (hex) => choose("hex", hex, hexLike(hex)),
      }),
    day: (day) => choose("day", day, dayLike(day)),
  };
}

/**
 * What a run of digits is told apart by: zeros in front do not count, but for a low number that was
 * filled up. Among the few low ones there is no room for others: it becomes a higher one.
 */
function numberIn(run: string): string {
  const core = coreOf(run);
  return run.length > 3 && core.length < 5 && core !== run ? run : core;
}

const bareOf = (number: string) => (number.startsWith("0") ? number.slice(1) : number);

const leastOrdered = 5;

/**
 * Numbers of equal length keep their order: an ERP gives them out one after the other, and adapters
 * sort by them. Short ones have too little room for it.
 */
function chooseInOrder(numbers: readonly string[], choose: Choose): void {
  const long = numbers.filter((number) => number.length >= leastOrdered && !/^9+$/.test(number));
  const kindOf = (number: string) => `${number.length} ${number.startsWith("0")}`;
  for (const alike of Map.groupBy(long, kindOf).values()) {
    const sorted = alike.toSorted();
    const made = sorted
      .map((number) => choose("order", number, digitsLike(bareOf(number))))
      .toSorted();
    sorted.forEach((number, index) => choose("digits", number, () => made[index]!));
  }
}

/** Without the zeros that fill it up. */
const coreOf = (run: string) => run.replace(/^0+/, "");

interface Atoms {
  word(word: string): string;
  digits(run: string): string;
  /** Nine digits, without what stands before them. */
  phone(national: string): string;
  /** Upper case, no spaces. */
  iban(iban: string): string;
  hex(hex: string): string;
}

const patterns = [
  /(?<local>[\p{L}\p{N}._%+'-]+)@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u,
  /(?<iban>(?<![\p{L}\p{N}])[A-Za-z]{2}\d{2}(?:[ \u00a0]?[A-Za-z0-9]{4}){2,7}(?:[ \u00a0]?[A-Za-z0-9]{1,3})?(?![\p{L}\p{N}]))/u,
  /(?<prefix>(?<!\d)(?:(?:\+|00)33[ .-]?(?:\(0\))?|0))(?<phone>[ .-]?[1-9](?:[ .-]?\d{2}){4}(?!\d))/u,
  /(?<hex>(?<![\p{L}\p{N}])(?=[0-9a-f-]*\d)(?=[0-9a-f-]*[a-f])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,})(?![\p{L}\p{N}]))/u,
  // Signs of HTML that stand as text.
  /(?<entity>&(?:amp|lt|gt|quot|apos|nbsp|#0?39);)/u,
  // Letters that say what kind of number it is, as in LOC-000004 or 0030021269B: not whose.
  /(?<sort>(?<![\p{L}\p{N}])[A-Z]{1,4}(?=[-/_]?\d)|(?<=\d{5})[A-Z](?![\p{L}\p{N}]))/u,
  // In groups, and nothing else around: one number.
  /(?<grouped>^\s*\d{2,}(?:[ \u00a0.-]\d{2,})+\s*$)/u,
  /(?<word>\p{L}+)/u,
  /(?<digits>\d+)/u,
];
const atom = new RegExp(patterns.map(({ source }) => source).join("|"), "gu");

function replaceAtoms(text: string, atoms: Atoms): string {
  return text.replace(atom, (whole: string, ...rest: unknown[]) => {
    const found = rest.at(-1) as Record<string, string | undefined>;
    const { local, iban, prefix, phone, hex, grouped, word, digits } = found;
    if (local !== undefined) return `${replaceAtoms(local, atoms)}@example.org`;
    if (iban !== undefined) return replaceIban(iban, atoms);
    if (phone !== undefined) return prefix + spaced(phone, atoms.phone(bare(phone)));
    if (hex !== undefined) return atoms.hex(hex);
    if (grouped !== undefined) return spaced(grouped, atoms.digits(bare(grouped)));
    if (word !== undefined) return atoms.word(word);
    if (digits !== undefined) return atoms.digits(digits);
    return whole;
  });
}

function replaceIban(found: string, atoms: Atoms): string {
  const iban = found.replace(/[ \u00a0]/g, "").toUpperCase();
  if (isIban(iban)) return spaced(found, atoms.iban(iban));
  return found
    .replace(/\p{L}+/gu, (word) => atoms.word(word))
    .replace(/\d+/g, (run) => atoms.digits(run));
}

const bare = (text: string) => text.replace(/\D/g, "");

/** New letters and digits where the old ones stood. */
function spaced(form: string, signs: string): string {
  let index = 0;
  return form.replace(/[\p{L}\p{N}]/gu, () => signs[index++] ?? "");
}

const vowels = "aeiou";
const consonants = "bcdfghklmnprstv";
const accented = "àâéèêëîïôùûü";
const kept = "œæçñß";

const wordLike = (word: string) => (random: Uint8Array) =>
  Array.from(word.toLowerCase())
    .map((sign, index) => {
      if (kept.includes(sign)) return sign;
      const signs = /[aeiouy]/.test(sign)
        ? vowels
        : /[a-z]/.test(sign)
          ? consonants
          : /\p{Script=Latin}/u.test(sign)
            ? accented
            : vowels;
      return signs[random[index % random.length]! % signs.length]!;
    })
    .join("");

function inCaseOf(word: string, made: string): string {
  const signs = Array.from(word);
  return Array.from(made)
    .map((sign, index) => {
      const was = signs[index] ?? "";
      return was !== was.toLowerCase() && sign !== "ß" ? sign.toUpperCase() : sign;
    })
    .join("");
}

const digitsLike = (core: string) => (random: Uint8Array) =>
  Array.from(core)
    .map((_digit, index) => {
      const byte = random[index % random.length]!;
      return index === 0 ? 1 + (byte % 9) : byte % 10;
    })
    .join("");

const hexLike = (hex: string) => (random: Uint8Array) =>
  Array.from(hex)
    .map((sign, index) =>
      sign === "-" ? sign : (random[index % random.length]! % 16).toString(16),
    )
    .join("");

/** Ranges that are given to nobody in France. */
const ranges: Readonly<Record<string, string>> = {
  1: "19900",
  2: "26191",
  3: "35301",
  4: "46571",
  5: "53649",
  6: "63998",
  7: "63998",
};

const phoneLike = (national: string) => (random: Uint8Array) => {
  const start = ranges[national[0]!] ?? national[0]!;
  const rest = [...random].slice(0, 9 - start.length).map((byte) => byte % 10);
  return start + rest.join("");
};

const ibanLike = (iban: string) => (random: Uint8Array) =>
  withCheckDigits(
    iban.slice(0, 2),
    Array.from(iban.slice(4))
      .map((sign, index) => {
        const byte = random[index % random.length]!;
        return /\d/.test(sign) ? String(byte % 10) : "ABCDEFGHJKLMNPQRSTUVWXYZ"[byte % 24]!;
      })
      .join(""),
  );

const dayLike =
  (day: string) =>
  ([years = 0, month = 0, date = 0]: Uint8Array) => {
    const two = (value: number) => String(value).padStart(2, "0");
    const year = Number(day.slice(0, 4)) - (years % 5);
    return `${year}-${two(1 + (month % 12))}-${two(1 + (date % 28))}`;
  };
