import type { Random } from "./random.ts";
import type { WorldContract, WorldPerson } from "./types.ts";

/**
 * Banks that do not exist: codes beyond those that are given out, and BICs whose eighth character,
 * 0, is kept for tests.
 */
const banks: readonly [Bank, ...Bank[]] = [
  { code: "99101", bic: "BQTRFRP0" },
  { code: "99102", bic: "BQTRFRP0XXX" },
  { code: "99207", bic: "CRTSFR20" },
  { code: "99311", bic: "MUTXFR20A75" },
  { code: "99450", bic: "PEPFFRP0" },
];

interface Bank {
  code: string;
  bic: string;
}

/** A bank account on file, `percent` of 100 times; whose name and BIC are not always known. */
export function bankOf(
  holder: Pick<WorldPerson, "givenName" | "surname">,
  percent: number,
  random: Random,
): WorldContract["bank"] {
  if (!random.chance(percent)) return null;
  const { code, bic } = random.pick(banks);
  const branch = digits(random.int(0, 99_999), 5);
  const account = `${digits(random.int(0, 99_999), 5)}${random.pick(tails)}${digits(random.int(0, 99_999), 5)}`;
  return {
    iban: frenchIban(code, branch, account),
    bic: random.chance(85) ? bic : null,
    holder: random.chance(90) ? `${holder.givenName} ${holder.surname}` : null,
  };
}

/** The sixth character of an account: most have a figure there, those of the post office a letter. */
const tails: readonly [string, ...string[]] = ["0", "1", "3", "7", "9", "A", "K", "R", "Z"];

const digits = (value: number, count: number) => String(value).padStart(count, "0");

/** FR, two check digits, bank (5), branch (5), account (11: figures and letters), RIB key (2). */
export function frenchIban(bank: string, branch: string, account: string): string {
  const rib = `${bank}${branch}${account}${ribKey(bank, branch, account)}`;
  const check = 98 - remainder(asFigures(`${rib}FR00`), 97);
  return `FR${digits(check, 2)}${rib}`;
}

/** The national key: letters count as A=1 … I=9, J=1 … R=9, S=2 … Z=9. */
export function ribKey(bank: string, branch: string, account: string): string {
  const figures = account.replace(/[A-Z]/g, (letter) => {
    const place = letter.charCodeAt(0) - 65;
    return String(place < 18 ? (place % 9) + 1 : place - 16);
  });
  return digits(97 - remainder(`${bank}${branch}${figures}00`, 97), 2);
}

/** Of an IBAN: A=10 … Z=35. */
const asFigures = (text: string) =>
  text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));

function remainder(figures: string, by: number): number {
  let rest = 0;
  for (const figure of figures) rest = (rest * 10 + Number(figure)) % by;
  return rest;
}
