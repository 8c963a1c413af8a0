/**
 * What becomes of one value: kept where it is known to be harmless, replaced otherwise. Kept are
 * amounts, days that are nobody's birthday, small numbers, and words that stand in the adapter's own
 * code or in the ERP's description; nothing that an answer of a port calls personal.
 */
import { dayIn } from "./days.ts";
import { harmlessFile, isFile } from "./files.ts";
import type { Pseudonyms } from "./pseudonyms.ts";

export interface Rules {
  readonly pseudonyms: Pseudonyms;
  /** Words and names that stand in code or description, as they stand there. */
  readonly vocabulary: ReadonlySet<string>;
  /** Phrases of the adapter's code, by which it knows what an ERP says in words. */
  readonly phrases: readonly RegExp[];
  /** Values that are personal by what the ports say: replaced wherever they stand. As `plain` makes them. */
  readonly personal: ReadonlySet<string>;
  /** `1980-03-31` */
  readonly birthDays: ReadonlySet<string>;
  readonly secrets: readonly string[];
  /** Where the ERP was, `https://erp.example:8443`, and what stands for it. */
  readonly origin: string;
  /** Rewrites XML or JSON that stands as text inside of a value. */
  nested(text: string, rules: Rules, asked: boolean): string | null;
}

export interface Place {
  /** Of the element, the field, the parameter: without prefix. */
  readonly name: string;
  /** Whether it stands in what we sent: of that, words of our own code are kept within a text, too. */
  readonly asked: boolean;
}

/** What stands for each secret: a recording is played back with this one. */
export const recordedSecret = "recorded";
export const recordedOrigin = "http://erp.invalid";

export const plain = (value: string) => value.trim().toLowerCase();

export function scrubLeaf(text: string, place: Place, rules: Rules): string {
  const value = text.trim();
  if (value === "") return text;
  const around = aroundOurs(text, place, rules);
  if (around !== null) return around;
  const inner = rules.nested(text, rules, place.asked) ?? scrubbedFile(text);
  if (inner !== null) return inner;
  const forced = rules.personal.has(plain(value));
  const day = dayIn(value);
  if (day && isMeant(value, day.isoDay, forced, place, rules)) {
    const theirs = isBirthDay(day.isoDay, place, rules);
    return theirs ? text.replace(value, day.with(rules.pseudonyms.day(day.isoDay))) : text;
  }
  if (!forced && isHarmless(value, place, rules)) return text;
  const [, stem = text, extension = ""] = /^(.*?)(\.(?:pdf|jpe?g|png|docx?))?$/is.exec(text) ?? [];
  return replaced(stem, place, rules) + extension;
}

/** Null where neither a secret nor the address of the ERP stands in it. */
function aroundOurs(text: string, place: Place, rules: Rules): string | null {
  const secret = rules.secrets.find((one) => text.includes(one));
  if (secret !== undefined)
    return text
      .split(secret)
      .map((part) => part && scrubLeaf(part, place, rules))
      .join(recordedSecret);
  if (text.includes(rules.origin)) {
    const [before = "", ...after] = text.split(rules.origin);
    const rest = after.join(rules.origin).split(/([/?&=])/);
    const parts = rest.map((part) =>
      /^[/?&=]?$/.test(part) ? part : scrubLeaf(part, place, rules),
    );
    return (before && scrubLeaf(before, place, rules)) + recordedOrigin + parts.join("");
  }
  return null;
}

/** Digits alone are a day only where a day is due: a key may look like one. */
const isMeant = (
  value: string,
  isoDay: string,
  forced: boolean,
  { name }: Place,
  { birthDays }: Rules,
) =>
  birthDays.has(isoDay) ||
  (!forced && (!/^-?\d{5}/.test(value) || time.test(name) || born.test(name)));

const born = /nai(ss|t)|birth|\bdob\b|n[eé]e?_?le|ddn/i;

/** Somebody who was born since is a child, and named as such by the port or by the field. */
const isBirthDay = (isoDay: string, { name }: Place, { birthDays }: Rules) =>
  birthDays.has(isoDay) || isoDay < "2000" || born.test(name);

const money =
  /montant|solde|debit|credit|total|amount|balance|prix|price|cent|loyer|charge|provision|paid|reste|quot|tantieme|revenu|_(ht|ttc|tva)$/i;
const size = /taille|size|length|longueur|octets|bytes/i;
const time = /date|time|heure|horodat|tms|creat|modif|period|_(at|le|du|au)$|since|until/i;
const people =
  /^(nom|prenom|name|surname|lastname|firstname|givenname|raisonsociale|employeur|ville|city|town|commentaire|description|texte|message|observation|titulaire|destinataire|note)/i;

function isHarmless(value: string, { name, asked }: Place, { vocabulary }: Rules): boolean {
  if (value.length === 1 || /^(true|false|null|oui|non|yes|no)$/i.test(value)) return true;
  if (
    /^[+-]?\s*(\d{1,3}(?:[ \u00a0\u202f'.]\d{3})+|\d{1,12})[.,]\d{1,8}\s*([+-]|€|EUR|[DC])?$/.test(
      value,
    )
  )
    return true;
  if (/^[+-]?\d+$/.test(value)) return isHarmlessNumber(value, name);
  // One of a short list, like M07: a place, a reason, a question.
  if (/^[A-Z]{1,2}\d{1,2}$/.test(value)) return true;
  if (/^\d{4}-\d{2}$|^\d{2}\/\d{4}$|^\d{1,2}[:h]\d{2}(:\d{2}(\.\d+)?)?$/.test(value)) return true;
  if (/^(application|text|image|multipart)\/[\w.+-]+$/.test(value)) return true;
  if (/^https?:\/\/(www\.w3\.org|schemas\.xmlsoap\.org|docs\.oasis-open\.org)\//.test(value))
    return true;
  if (/^([\w-]+:)?(Client|Server|Sender|Receiver|VersionMismatch|MustUnderstand)$/.test(value))
    return true;
  return vocabulary.has(value) && (asked || !people.test(name));
}

function isHarmlessNumber(value: string, name: string): boolean {
  const digits = value.replace(/^[+-]/, "");
  if (digits.length <= 4 && !/^0\d/.test(digits)) return true;
  if (digits.length <= 12 && (money.test(name) || size.test(name))) return true;
  return /^1\d{9}(\d{3})?$/.test(digits) && time.test(name);
}

function replaced(text: string, { asked }: Place, rules: Rules): string {
  const { pseudonyms, vocabulary, personal } = rules;
  if (!asked || text.includes("@")) return saidByErp(text, rules);
  // A number or a letter in an expression, as in `(t.status:=:1)`; in a key it is a part of the key.
  const isPhrase = /[\s()=]/.test(text);
  const ours = (word: string) =>
    (isPhrase && /^(\d{1,3}|\p{L})$/u.test(word)) ||
    (/[\p{L}\p{N}]/u.test(word) && vocabulary.has(word) && !personal.has(plain(word)));
  // Of what we sent, the words between the values are our own.
  const parts = text.split(/((?<![\p{L}\p{N}_])[\p{L}\p{N}_]+(?![\p{L}\p{N}_]))/u);
  let made = "";
  let theirs = "";
  for (const part of parts) {
    if (!ours(part)) {
      theirs += part;
      continue;
    }
    made += pseudonyms.text(theirs) + part;
    theirs = "";
  }
  return made + pseudonyms.text(theirs);
}

/** Without anything but the phrase by which the adapter knows what is said, if there is one. */
function saidByErp(text: string, { pseudonyms, phrases, personal }: Rules): string {
  const match = phrases.map((phrase) => phrase.exec(text)).find((one) => one !== null);
  if (!match || personal.has(plain(text))) return pseudonyms.text(text);
  const end = match.index + match[0].length;
  return pseudonyms.text(text.slice(0, match.index)) + match[0] + pseudonyms.text(text.slice(end));
}

function scrubbedFile(text: string): string | null {
  const packed = text.replace(/\s+/g, "");
  if (packed.length < 64 || !/^[A-Za-z0-9+/]+=*$/.test(packed)) return null;
  const bytes = Buffer.from(packed, "base64");
  if (!isFile(bytes)) return null;
  const fresh = harmlessFile(bytes).toString("base64");
  // Lines of the same length as before, where it came in lines.
  const lines = /^\s*([^\s]+)(\s+)[^\s]/.exec(text);
  return lines
    ? fresh.replace(new RegExp(`.{${lines[1]!.length}}(?=.)`, "g"), (line) => line + lines[2]!)
    : fresh;
}
