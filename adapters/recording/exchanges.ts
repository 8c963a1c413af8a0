/** Exchanges as they were, made into exchanges that may be kept. Nothing here touches the disk. */
import { randomBytes } from "node:crypto";
import type { RawExchange } from "../ports/adapter.ts";
import { leaks } from "./audit.ts";
import { scrubBody, scrubNested, scrubPath } from "./body.ts";
import { keptHeader } from "./headers.ts";
import { scrubLeaf, type Rules } from "./leaf.ts";
import { personalIn } from "./personal.ts";
import { collectOriginals, createPseudonyms, type Pseudonyms } from "./pseudonyms.ts";

/** One exchange that holds nothing personal and no secret. */
export interface KeptExchange {
  readonly method: string;
  /** From the root, with its query. */
  readonly path: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: Buffer;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Heard {
  readonly exchanges: readonly RawExchange[];
  /** What the ports made of them: says which values are personal. */
  readonly answers: readonly unknown[];
  /** Keys and values with which was asked, in the shape in which checks are made with them. */
  readonly material: Readonly<Record<string, unknown>>;
  /** Words of the adapter's own code and of the ERP's description. */
  readonly vocabulary: ReadonlySet<string>;
  /** Patterns of the adapter's own code that hold nothing but words. */
  readonly phrases: readonly RegExp[];
  readonly secrets: readonly string[];
}

export interface Kept {
  readonly exchanges: readonly KeptExchange[];
  /** The same keys and values, as they stand in the exchanges. */
  readonly material: unknown;
  /** How many were left out because something personal would have stayed in them. */
  readonly leftOut: number;
}

export function scrub(heard: Heard): Kept {
  const { values, birthDays } = personalIn([heard.answers, heard.material], heard.vocabulary);
  const originals = collectOriginals();
  const rulesWith = (pseudonyms: Pseudonyms, origin: string): Rules => ({
    pseudonyms,
    vocabulary: heard.vocabulary,
    phrases: heard.phrases,
    personal: values,
    birthDays,
    secrets: heard.secrets.filter((secret) => secret.length > 3),
    origin,
    nested: (text, rules, asked) => scrubNested(text, rules, asked),
  });
  const each = (pseudonyms: Pseudonyms) =>
    heard.exchanges.map((one) =>
      scrubExchange(one, rulesWith(pseudonyms, new URL(one.url).origin)),
    );
  const known = (pseudonyms: Pseudonyms) =>
    scrubMaterial(heard.material, "", rulesWith(pseudonyms, "http://erp.invalid"));
  // First only to learn what stands there, so that nothing becomes what another one was.
  each(originals);
  known(originals);
  const pseudonyms = createPseudonyms(randomBytes(32), originals);
  const scrubbed = each(pseudonyms);
  const clean = scrubbed.filter((one) => !leaks(one, values, heard));
  return {
    exchanges: clean,
    material: known(pseudonyms),
    leftOut: scrubbed.length - clean.length,
  };
}

function scrubExchange(raw: RawExchange, rules: Rules): KeptExchange {
  const { method, status } = raw;
  const headersOf = (headers: RawExchange["headers"]) =>
    Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => {
        const kept = keptHeader(name, value, rules);
        return kept === null ? [] : [[name, kept]];
      }),
    );
  return {
    method,
    path: scrubPath(raw.url.slice(rules.origin.length), rules),
    requestHeaders: headersOf(raw.requestHeaders),
    requestBody: scrubBody(raw.requestBody, raw.requestHeaders["content-type"], rules, true),
    status,
    headers: headersOf(raw.headers),
    body: scrubBody(raw.body, raw.headers["content-type"], rules, false),
  };
}

function scrubMaterial(value: unknown, name: string, rules: Rules): unknown {
  if (Array.isArray(value)) return value.map((one) => scrubMaterial(one, name, rules));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [field, scrubMaterial(inner, field, rules)]),
    );
  }
  // Words of the house.
  if (name === "kind" || name === "provider") return value;
  return typeof value === "string" ? scrubLeaf(value, { name, asked: false }, rules) : value;
}
