/**
 * Habilog's bytes: its prolog says ISO-8859-1 and its pages are those of Windows, so `’` and `œ` are
 * one byte each. What has no byte there goes out as a character reference.
 */
const beyondLatin1 = new Map(
  [
    [0x80, "€"],
    [0x82, "‚ƒ„…†‡ˆ‰Š‹Œ"],
    [0x8e, "Ž"],
    [0x91, "‘’“”•–—˜™š›œ"],
    [0x9e, "žŸ"],
  ].flatMap(([start, characters]) =>
    Array.from(characters as string, (character, i) => [character, (start as number) + i] as const),
  ),
);

/** XML text as bytes. */
export function latin1(xml: string): Buffer {
  const escaped = xml.replace(/[^\0-\xFF]/gu, (character) =>
    beyondLatin1.has(character) ? character : `&#${character.codePointAt(0)!};`,
  );
  return Buffer.from(
    Array.from(escaped, (character) => beyondLatin1.get(character) ?? character.charCodeAt(0)),
  );
}
