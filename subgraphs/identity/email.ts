import { z } from "zod";

const address = z.email();
/** Of an address that mail servers take (RFC 5321). */
const longest = 254;

/** The address as it is kept and written to, or null when none can be delivered to what was typed. */
export function readEmail(typed: string): string | null {
  if (typed.length > 2 * longest) return null;
  const trimmed = typed.normalize("NFC").trim();
  return trimmed.length <= longest && address.safeParse(trimmed).success ? trimmed : null;
}

/** Under which an address is looked up and counted: whatever the case it is typed in. */
export function emailKey(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}
