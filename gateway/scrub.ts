/**
 * Takes what looks personal or secret out of a line of text: the last thing before it is written. Code
 * puts nothing of the kind into a line; this is for what an error of somebody else's let slip.
 */
export function scrub(line: string): string {
  let clean = line;
  for (const { pattern, isOne } of kinds) {
    clean = clean.replace(pattern, (found) => (isOne?.(found) === false ? found : "[redacted]"));
  }
  return clean;
}

interface Kind {
  readonly pattern: RegExp;
  /** For what a pattern alone cannot tell. */
  readonly isOne?: (found: string) => boolean;
}

/**
 * Longer things first: what is left of a token may look like a number. Each begins where nothing of the
 * kind stands before, so that a long line is gone through once, not once for each of its characters.
 */
const kinds: readonly Kind[] = [
  // E-mail addresses, also as they stand in addresses of pages.
  { pattern: /(?<![\w.+'-])[\w.+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+/gi },
  { pattern: /\b(?:Bearer|Basic) +[\w.~+/=-]{8,}/gi },
  // JSON web tokens, sealed ids, links and refresh tokens: 32 bytes or more in base64url.
  { pattern: /(?<![\w-])[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}/g },
  {
    pattern: /(?<![\w-])[\w-]{43,}(?![\w-])/g,
    isOne: (text) => /\d/.test(text) && /[A-Z]/.test(text),
  },
  { pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g, isOne: isIban },
  // Cards; a moment in milliseconds has 13 digits.
  { pattern: /(?<![\w.-])\d(?:[ -]?\d){13,18}(?![\w-])/g, isOne: hasCheckDigit },
  { pattern: /(?<![\w.-])(?:\+33|0033|0) ?[1-9](?:[ .-]?\d{2}){4}(?![\w-])/g },
  // Days on which somebody alive was born, with no time of day behind them.
  { pattern: /(?<![\w.-])(?:19\d{2}|20[01]\d)-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])(?![\w:-])/g },
  {
    pattern: /(?<![\w.-])(?:[0-2]\d|3[01])[/.](?:0[1-9]|1[0-2])[/.](?:19\d{2}|20[01]\d)(?![\w-])/g,
  },
  // Numéro de sécurité sociale.
  {
    pattern:
      /(?<![\w.-])[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\w-])/g,
  },
];

/** ISO 13616: the remainder by 97 is 1. */
function isIban(text: string): boolean {
  const digits = text.replaceAll(" ", "").replace(/^(.{4})(.*)$/, "$2$1");
  let rest = 0;
  for (const character of digits) {
    for (const digit of String(Number.parseInt(character, 36)))
      rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

/** Luhn. */
function hasCheckDigit(text: string): boolean {
  const digits = text.replace(/\D/g, "").split("").map(Number).toReversed();
  const sum = digits.reduce((total, digit, at) => {
    const counted = at % 2 ? digit * 2 : digit;
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === 0;
}
