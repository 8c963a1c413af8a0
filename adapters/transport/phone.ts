import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** E.164, or null for what is no telephone number. French unless it says otherwise. */
export function phoneOf(written: string | null): string | null {
  const parsed = written === null ? undefined : parsePhoneNumberFromString(written, "FR");
  return parsed?.isPossible() ? parsed.number : null;
}
