/** The two checks of an IBAN: its own digits, and the key that France had before it (clé RIB). */

/** As bank details are printed: upper case, no spaces. */
export function isIban(text: string): boolean {
  return (
    /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(text) && restOf(text.slice(4) + text.slice(0, 4)) === 1n
  );
}

/** A valid IBAN of these bank and account numbers. */
export function withCheckDigits(country: string, bban: string): string {
  const own = country === "FR" && /^\d{10}[A-Z0-9]{11}\d{2}$/.test(bban) ? withKey(bban) : bban;
  const check = 98n - restOf(`${own}${country}00`);
  return `${country}${String(check).padStart(2, "0")}${own}`;
}

const restOf = (text: string): bigint =>
  BigInt(text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n;

/** Letters count as in the old table: A and J 1, B, K and S 2, and so on. */
function withKey(bban: string): string {
  const account = bban
    .slice(10, 21)
    .replace(/[A-Z]/g, (letter) => "12345678912345678923456789"[letter.charCodeAt(0) - 65]!);
  const sum =
    89n * BigInt(bban.slice(0, 5)) + 15n * BigInt(bban.slice(5, 10)) + 3n * BigInt(account);
  return bban.slice(0, 21) + String(97n - (sum % 97n)).padStart(2, "0");
}
