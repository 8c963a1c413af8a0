/** The description that an adapter was written for, against what the landlord's ERP shows today. */
import { readFile } from "node:fs/promises";
import type { Adapter, Description, Io } from "../ports/adapter.ts";
import { PortError } from "../ports/errors.ts";
import { decodeText } from "../transport/decode.ts";
import { compare, type Difference } from "./compare.ts";
import type { Described } from "./described.ts";
import { fetchLive, NotComparable, type Live, type Obstacle } from "./live.ts";
import { parseDescription } from "./parse.ts";

export type Drift =
  | {
      readonly comparable: true;
      /** What breaks first. */
      readonly differences: readonly Difference[];
      /** How many more there are than are told. */
      readonly further: number;
    }
  | {
      readonly comparable: false;
      readonly obstacle: Obstacle;
      /** In English, without anything that the ERP said. */
      readonly because: string;
    };

/** With the files that the ERP shows, where they could be read. */
export type Looked = { readonly drift: Drift; readonly live: Live | null };

const mostDifferences = 500;

/**
 * Asks the ERP for its description and compares. Whatever the ERP does ends in a Drift; throws
 * INTERNAL when the adapter's own copy cannot be read.
 */
export async function checkDrift(
  { description }: Pick<Adapter, "description">,
  settings: unknown,
  io: Io,
  signal: AbortSignal,
): Promise<Looked> {
  if (!description) return blind("NONE", "the adapter knows of no description of its ERP");
  const copy = await readCopy(description);
  try {
    const live = await fetchLive(description, settings, io, signal);
    const differences = compare(copy, live.described, {
      uses: description.uses,
      partial: description.partial ?? false,
    });
    return { drift: shortened(differences), live };
  } catch (error) {
    if (error instanceof NotComparable) return blind(error.obstacle, error.message);
    throw error;
  }
}

const blind = (obstacle: Obstacle, because: string): Looked => ({
  drift: { comparable: false, obstacle, because },
  live: null,
});

function shortened(all: readonly Difference[]): Drift {
  const order = (one: Difference) => (one.severity === "BREAKING" ? 0 : 1);
  const differences = all.toSorted((a, b) => order(a) - order(b)).map(clipped);
  return {
    comparable: true,
    differences: differences.slice(0, mostDifferences),
    further: Math.max(0, differences.length - mostDifferences),
  };
}

/** Names are the ERP's: they may be anything. */
const clipped = ({ operation, field, change, ...rest }: Difference): Difference => ({
  ...rest,
  operation: operation && clip(operation),
  field: field && clip(field),
  change: clip(change),
});

const clip = (text: string) => {
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, "?");
  return plain.length > 300 ? `${plain.slice(0, 299)}…` : plain;
};

/** Throws INTERNAL when it cannot be read. */
export async function readCopy({ kind, file }: Description): Promise<Described> {
  const folder = new URL(".", file);
  try {
    return await parseDescription(kind, file, async (url) => {
      if (!url.href.startsWith(folder.href)) throw new Error(`it names ${url.href}`);
      return decodeText(await readFile(url), undefined, kind === "wsdl" ? "xml" : "json");
    });
  } catch (cause) {
    throw new PortError("INTERNAL", "The adapter's copy of a description cannot be read", {
      cause,
    });
  }
}
