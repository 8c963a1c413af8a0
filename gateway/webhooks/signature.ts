import { createHmac, timingSafeEqual } from "node:crypto";

/** So far a sender's clock may be from ours. */
const toleranceSeconds = 300;

/** Lower-case hexadecimal HMAC-SHA-256 over the timestamp, a dot and the bytes that were sent. */
export function signatureOf(secret: string, timestamp: string, body: Uint8Array): string {
  return createHmac("sha256", secret).update(`${timestamp}.`).update(body).digest("hex");
}

/** Whether it was signed with the secret, about now. `timestamp`: seconds since 1970. */
export function isSigned(
  secret: string,
  sent: { timestamp: string; signature: string; body: Uint8Array },
  now: Date,
): boolean {
  if (!/^\d{1,12}$/.test(sent.timestamp) || !/^[0-9a-f]{64}$/.test(sent.signature)) return false;
  const expected = Buffer.from(signatureOf(secret, sent.timestamp, sent.body), "hex");
  const age = Math.abs(now.getTime() / 1000 - Number(sent.timestamp));
  return timingSafeEqual(expected, Buffer.from(sent.signature, "hex")) && age <= toleranceSeconds;
}

/** So long a signature is good at most, either side of its timestamp. */
export const signatureMs = 2 * toleranceSeconds * 1000;
