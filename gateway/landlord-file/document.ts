/**
 * A landlord's YAML file: its value, and where in the file each part of it stands. YAML 1.2, one
 * document, each key once, no aliases (an alias hides a value from whoever reads the file, and a
 * few nested ones fill the memory).
 */
import {
  LineCounter,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLError,
} from "yaml";

export type Path = readonly (string | number)[];

/** Something wrong at a place of the file's value. */
export interface Problem {
  readonly path: Path;
  /** Follows the word "expected". */
  readonly expected: string;
}

/** Something wrong with the text itself. */
export interface TextProblem {
  readonly line: number;
  readonly expected: string;
}

export interface SourceDocument {
  /** Undefined when the text is not YAML at all; then `problems` says why. */
  readonly value: unknown;
  readonly problems: readonly TextProblem[];
  /** The line of that part, or, where it is missing, of the nearest part that would hold it. */
  lineOf(path: Path): number;
  /** The value as it is written, before any default or variable; undefined when missing. */
  valueAt(path: Path): unknown;
}

export function readDocument(text: string): SourceDocument {
  const lines = new LineCounter();
  // Whether a key comes twice is looked at below: the library compares each key with each other one.
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false };
  const document = parseDocument(text, options);
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const errors = [...document.errors, ...document.warnings];
  const aliases = aliasesOf(document, lineAt);
  const problems = [
    ...errors.map((error) => ({ line: lineAt(error.pos[0]), expected: wordError(error) })),
    ...repeatedKeysOf(document, lineAt),
    ...aliases,
  ];
  const readable = document.errors.length === 0 && aliases.length === 0;
  return {
    value: readable ? (document.toJS() as unknown) : undefined,
    problems,
    lineOf: (path) => lineOfPath(document, path, lineAt),
    valueAt: (path) => valueAtPath(document, path),
  };
}

function wordError(error: YAMLError): string {
  if (error.code === "MULTIPLE_DOCS") return "one document, found a second";
  return `YAML: ${error.message}`;
}

function repeatedKeysOf(document: Document, lineAt: (offset: number) => number): TextProblem[] {
  const found: TextProblem[] = [];
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const line = lineAt(key.range?.[0] ?? 0);
        if (seen.has(name)) found.push({ line, expected: `each key once, found "${name}" again` });
        seen.add(name);
      }
    },
  });
  return found;
}

function aliasesOf(document: Document, lineAt: (offset: number) => number): TextProblem[] {
  const found: TextProblem[] = [];
  visit(document, {
    Alias: (_, alias) => {
      const line = lineAt(alias.range?.[0] ?? 0);
      found.push({ line, expected: `the value itself, found the alias *${alias.source}` });
    },
  });
  return found;
}

/** The node of each step that exists, with the offset to show for it. */
function walk(document: Document, path: Path): { offset: number; node: unknown; whole: boolean } {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    const next = childOf(node, step);
    if (!next) return { offset, node: undefined, whole: false };
    ({ node, offset } = next);
  }
  return { offset, node, whole: true };
}

function childOf(node: unknown, step: string | number) {
  if (isMap<Node, Node | null>(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    if (!pair) return undefined;
    const shown =
      isScalar(pair.value) && pair.value.range && pair.value.source ? pair.value : pair.key;
    return { node: pair.value as unknown, offset: shown.range?.[0] ?? 0 };
  }
  if (isSeq<Node>(node) && typeof step === "number") {
    const item = node.items[step];
    return item && { node: item as unknown, offset: item.range?.[0] ?? 0 };
  }
  return undefined;
}

function lineOfPath(document: Document, path: Path, lineAt: (offset: number) => number): number {
  return lineAt(walk(document, path).offset);
}

function valueAtPath(document: Document, path: Path): unknown {
  const { node, whole } = walk(document, path);
  if (!whole || isAlias(node)) return undefined;
  return node === null ? null : (node as Node).toJS(document);
}

/** `registration.fields[2].label` */
export function fieldName(path: Path): string {
  return path.reduce<string>((name, step) => {
    if (typeof step === "number") return `${name}[${step}]`;
    return name === "" ? step : `${name}.${step}`;
  }, "");
}
