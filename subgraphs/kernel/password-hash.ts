import { hash, verify } from "@node-rs/argon2";
import pLimit from "p-limit";

/** In characters. Longer ones are refused rather than cut. */
export const longestPassword = 200;

/**
 * A password as it is checked and hashed: Unicode NFC, and every kind of space a plain one, as the
 * OpaqueString profile of RFC 8265 has it. So the same keys give the same password on every
 * device; NFKC would besides make different characters one, and the password weaker.
 */
export function normalisePassword(typed: string): string {
  return typed.normalize("NFC").replace(/\p{Zs}/gu, " ");
}

/** Argon2id with the memory, passes and lanes that OWASP recommends (19 MiB, 2, 1). */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Half of the threads that Node has for such work: whoever asks for many passwords at once does not
 * keep the tokens and files of all others waiting, which need those threads too.
 */
const inTurn = pLimit(2);

/** Takes tens of milliseconds of a thread. The answer is PHC text, salt included. */
export function hashPassword(typed: string): Promise<string> {
  return inTurn(() => hash(normalisePassword(typed), cost));
}

/**
 * The hash of random bytes that nobody kept: what a password is compared with where there is no
 * account, so that the answer takes as long.
 */
export const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$vtcIwukBYWcTxGPKCL1hBA$zkh9FQzkT5ite5u20F9KFHKg83tvG6f2+b51Xc9nTWs";

/** Whether a password is the one behind the hash. Refuses what no policy accepts without the work. */
export async function passwordFits(typed: string, passwordHash: string): Promise<boolean> {
  if (typed.length > 4 * longestPassword || !typed.isWellFormed()) return false;
  return inTurn(() => verify(passwordHash, normalisePassword(typed)));
}
