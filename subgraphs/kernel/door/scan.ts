import { Lexer, Source, TokenKind } from "graphql";
import { heapedMarks, maxCharacters, maxNesting, maxTokens } from "./numbers.ts";

const opening: ReadonlySet<string> = new Set([
  TokenKind.BRACE_L,
  TokenKind.BRACKET_L,
  TokenKind.PAREN_L,
]);
const closing: ReadonlySet<string> = new Set([
  TokenKind.BRACE_R,
  TokenKind.BRACKET_R,
  TokenKind.PAREN_R,
]);

/**
 * Goes through a document once, word by word, before anything that calls itself sees it. Text that is
 * no GraphQL is fine here: the parser says what is wrong with it.
 */
export function isTooLarge(text: string): boolean {
  if (text.length > maxCharacters || heapedMarks.test(text)) return true;
  const lexer = new Lexer(new Source(text));
  let nesting = 0;
  try {
    for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; tokens += 1) {
      const { kind } = lexer.token;
      if (opening.has(kind)) nesting += 1;
      else if (closing.has(kind)) nesting -= 1;
      if (tokens >= maxTokens || nesting > maxNesting) return true;
    }
  } catch {
    return false;
  }
  return false;
}
