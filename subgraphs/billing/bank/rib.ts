/** Letters count as digits in a French RIB: A and J for 1, B, K and S for 2, and so on. */
const digitOf = (letter: string): string => {
  const place = letter.charCodeAt(0) - 65;
  return String(place < 18 ? (place % 9) + 1 : place - 16);
};

/**
 * Whether the national key of a French account is right, or of one in Monaco, which has the same
 * form: it finds errors that the check digits of the IBAN were computed over.
 */
export function ribKeyFits(iban: string): boolean {
  const [, bank, branch, account, key] =
    /^(?:FR|MC)\d\d(\d{5})(\d{5})([A-Z\d]{11})(\d\d)$/.exec(iban) ?? [];
  if (!bank || !branch || !account || !key) return false;
  const number = account.replace(/[A-Z]/g, digitOf);
  return (
    (89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(number) + BigInt(key)) % 97n === 0n
  );
}
