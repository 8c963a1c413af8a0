/** What has changed of the interface that a mock describes: of the description only, it answers as before. */
import { z } from "zod";
import type { MockAnswer } from "./product.ts";

/** Text of the description, wherever it stands there, and what stands there instead. */
export const Edit = z.strictObject({ from: z.string().min(1), to: z.string() });
export type Edit = z.infer<typeof Edit>;

export interface Edits {
  list(): readonly Edit[];
  set(edits: readonly Edit[]): void;
  /** The answer as it is, unless it is to a question for the description. */
  apply(operation: string, answer: MockAnswer): MockAnswer;
}

/** What products call the question for their description. */
const descriptions = new Set(["wsdl", "description"]);

export function holdEdits(): Edits {
  let held: readonly Edit[] = [];
  return {
    list: () => held,
    set: (edits) => void (held = edits),
    apply: (operation, answer) => {
      const { body } = answer;
      if (!descriptions.has(operation) || typeof body !== "string") return answer;
      return {
        ...answer,
        body: held.reduce((text, { from, to }) => text.replaceAll(from, to), body),
      };
    },
  };
}
