import { createHash } from "node:crypto";
import { parse, type GraphQLSchema } from "graphql";
import { measure, type DocumentMeasure } from "./measure.ts";
import {
  maxAliases,
  maxCost,
  maxDepth,
  maxDirectives,
  maxMutations,
  maxPairs,
  maxSelections,
} from "./numbers.ts";
import type { DoorCode } from "./refusals.ts";
import { isTooLarge } from "./scan.ts";

/** What is told of a document by looking at it. */
export type Verdict =
  | { readonly refused: Extract<DoorCode, "TOO_LARGE" | "TOO_COMPLEX"> }
  | { readonly refused: null; readonly cost: number };

/** Front-ends have some hundreds of operations; a flood of others may not fill the memory. */
const mostKept = 2_000;

/** Looks at each document once, and knows it again. What cannot be parsed costs nothing. */
export function createScales(schema: GraphQLSchema): (text: string) => Verdict {
  const known = new Map<string, Verdict>();
  return (text) => {
    if (isTooLarge(text)) return { refused: "TOO_LARGE" };
    const key = createHash("sha256").update(text).digest("base64");
    const verdict = known.get(key) ?? weigh(schema, text);
    known.delete(key);
    known.set(key, verdict);
    if (known.size > mostKept) known.delete(known.keys().next().value!);
    return verdict;
  };
}

function weigh(schema: GraphQLSchema, text: string): Verdict {
  let measured: DocumentMeasure;
  try {
    measured = measure(schema, parse(text, { noLocation: true }));
  } catch {
    return { refused: null, cost: 0 };
  }
  const { depth, selections, aliases, directives, pairs, mutations, cost } = measured;
  const tooComplex =
    depth > maxDepth ||
    selections > maxSelections ||
    aliases > maxAliases ||
    directives > maxDirectives ||
    pairs > maxPairs ||
    mutations > maxMutations ||
    cost > maxCost;
  return tooComplex ? { refused: "TOO_COMPLEX" } : { refused: null, cost };
}
