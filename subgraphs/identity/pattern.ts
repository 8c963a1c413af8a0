/**
 * Patterns out of a landlord's file, which may be such that they try for minutes what fits them: each
 * gets a moment only, so that nobody's keeps the house from others.
 */
import { Script, createContext } from "node:vm";

/** Far more than an honest one needs on a busy machine. */
const mostMs = 250;

const room = createContext(Object.create(null));
const testing = new Script('texts.some((text) => new RegExp(pattern, "u").test(text))');
const replacing = new Script('text.replace(new RegExp(pattern, "gu"), replacement)');

/** The longest text that patterns ever meet. */
export const longestForPatterns = 64;

/** Throws when it takes too long, or cannot be tried at all. */
export function fits(text: string, pattern: string): boolean {
  return run(testing, pattern, { texts: [text] }) as boolean;
}

/** With each place that fits replaced. Throws as `fits` does. */
export function replaced(text: string, pattern: string, replacement: string): string {
  return run(replacing, pattern, { text, replacement }) as string;
}

/** Whether it tells of texts on which such patterns take longest that they do not fit, in a moment. */
export function isQuick(pattern: string): boolean {
  const letters = new Set([
    "A",
    "0",
    " ",
    ...(pattern.toUpperCase().match(/[\p{L}\p{N}-]/gu) ?? []),
  ]);
  const texts = Array.from(letters, (letter) => `${letter.repeat(longestForPatterns - 1)}\0`);
  try {
    run(testing, pattern, { texts });
    return true;
  } catch {
    return false;
  }
}

function run(script: Script, pattern: string, values: object): unknown {
  Object.assign(room, values, { pattern });
  try {
    return script.runInContext(room, { timeout: mostMs });
  } catch (cause) {
    throw new Error(`The pattern ${pattern} of a landlord's file takes too long.`, { cause });
  }
}
