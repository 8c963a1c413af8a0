/**
 * What the code says of itself: the comments in front of constants, of their keys and of the members
 * of interfaces. Descriptions in landlords' files and in `docs/reference/` come from here, so that a
 * field is described where it is declared and nowhere else.
 */
import { readFileSync } from "node:fs";
import { parseSync, type Comment } from "oxc-parser";

/** What is said at one place, and how to go on from there. */
export interface Doc {
  /** Paragraphs and lists, without the stars; empty where nothing is said. */
  readonly text: string;
  /** The name of the constant that stands there: `Money` for `owed: Money.nullable()`. */
  readonly refersTo: string | null;
  /** An interface's member, as it is written: `BatchRead<string, Balance | null>`. */
  readonly type: string | null;
  /** The interface that a port is declared with: `Balances` for `port<Balances>(…)`. */
  readonly typeArgument: string | null;
  readonly keys: readonly string[];
  /** Lists and records are passed through: `fields.label` is the label of each of the fields. */
  child(key: string): Doc | null;
}

interface Part {
  readonly keys: Map<string, Entry>;
  /** Constants of which this one is made. */
  readonly names: string[];
  typeArgument: string | null;
}
interface Entry {
  readonly text: string;
  readonly type: string | null;
  readonly part: Part;
}
interface Module {
  readonly entries: Map<string, Entry>;
  readonly imports: Map<string, { readonly file: URL; readonly name: string }>;
}
/** As much of a syntax tree's node as is looked at. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}
interface Source {
  readonly text: string;
  /** The comment that ends in front of that offset. */
  readonly comments: ReadonlyMap<number, string>;
}

const modules = new Map<string, Module>();

/** What is said of a constant or an interface at the top of a file; `default` is what it exports so. */
export function docOf(file: URL, name: string): Doc | null {
  const module = readModule(file);
  const entry = module.entries.get(name);
  if (entry) return createDoc(entry, file);
  const imported = module.imports.get(name);
  return imported ? docOf(imported.file, imported.name) : null;
}

function createDoc({ text, type, part }: Entry, file: URL): Doc {
  return {
    text,
    type,
    refersTo: part.names[0] ?? null,
    typeArgument: part.typeArgument,
    keys: [...part.keys.keys()],
    child: (key) => {
      const own = part.keys.get(key);
      if (own) return createDoc(own, file);
      for (const name of part.names) {
        const found = docOf(file, name)?.child(key);
        if (found) return found;
      }
      return null;
    },
  };
}

function parse(file: URL) {
  const text = readFileSync(file, "utf8");
  const { program, comments, errors } = parseSync(file.pathname, text);
  if (errors.length > 0) throw new Error(`${file.pathname}: ${errors[0]!.message}`);
  return { text, comments, body: program.body as unknown as readonly Node[] };
}

function readModule(file: URL): Module {
  const known = modules.get(file.href);
  if (known) return known;
  const { text, comments, body } = parse(file);
  const source = {
    text,
    comments: new Map(
      commentsOf(comments).map((comment) => [nextOffset(text, comment.end), comment.text]),
    ),
  };
  const module: Module = { entries: new Map(), imports: new Map() };
  for (const statement of body) readStatement(statement, source, module, file);
  modules.set(file.href, module);
  return module;
}

const nextOffset = (text: string, from: number) => from + /^\s*/.exec(text.slice(from))![0].length;

function commentsOf(comments: readonly Comment[]): { text: string; end: number }[] {
  return comments
    .filter(({ type, value }) => type === "Block" && value.startsWith("*"))
    .map(({ value, end }) => ({ text: withoutStars(value.slice(1)), end }));
}

/** Lines of one paragraph become one line; items of a list and empty lines stay. */
function withoutStars(comment: string): string {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trimEnd())
    .join("\n")
    .trim()
    .replace(/(\S)\n(?!\n|- )\s*/g, "$1 ");
}

function readStatement(statement: Node, source: Source, module: Module, file: URL): void {
  const text = source.comments.get(statement.start) ?? "";
  const inner = (statement["declaration"] ?? statement) as Node;
  if (statement.type === "ImportDeclaration") readImports(statement, module, file);
  if (statement.type === "ExportDefaultDeclaration") {
    module.entries.set("default", { text, type: null, part: partOf(inner, source) });
  }
  if (inner.type === "VariableDeclaration") {
    for (const { id, init } of inner["declarations"] as { id: Node; init: Node | null }[]) {
      if (!init) continue;
      module.entries.set(String(id["name"]), { text, type: null, part: partOf(init, source) });
    }
  }
  if (inner.type === "TSInterfaceDeclaration") {
    const name = String((inner["id"] as Node)["name"]);
    // A constant and its type go by one name; the constant says more.
    if (!module.entries.has(name)) {
      module.entries.set(name, { text, type: null, part: interfaceOf(inner, source) });
    }
  }
}

function readImports(statement: Node, module: Module, file: URL): void {
  const from = String((statement["source"] as Node)["value"]);
  if (!from.startsWith(".")) return;
  for (const specifier of statement["specifiers"] as Node[]) {
    const imported = specifier["imported"] as Node | undefined;
    const local = String((specifier["local"] as Node)["name"]);
    const name = imported ? String(imported["name"]) : "default";
    module.imports.set(local, { file: new URL(from, file), name });
  }
}

const nothing = (): Part => ({ keys: new Map(), names: [], typeArgument: null });

/** The keys of the object that an expression is built around, or the constants that it names. */
function partOf(node: Node, source: Source): Part {
  if (node.type === "ObjectExpression") return objectOf(node, source);
  if (node.type === "Identifier" && node["name"] !== "z") {
    return { ...nothing(), names: [String(node["name"])] };
  }
  if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression") {
    return partOf(node["expression"] as Node, source);
  }
  if (node.type !== "CallExpression") return nothing();
  const parts = callParts(node).map((inner) => partOf(inner, source));
  const part = parts.find(({ keys, names }) => keys.size > 0 || names.length > 0) ?? nothing();
  return { ...part, typeArgument: typeArgumentOf(node, source) };
}

/** In `a.b(c)`: `a`, then `c`. The name of a function that is called says nothing. */
function callParts(node: Node): Node[] {
  const callee = node["callee"] as Node;
  const before = callee.type === "MemberExpression" ? [callee["object"] as Node] : [];
  return [...before, ...(node["arguments"] as Node[])];
}

function typeArgumentOf(node: Node, { text }: Source): string | null {
  const given = node["typeArguments"] as { params: Node[] } | null | undefined;
  const [first] = given?.params ?? [];
  return first ? text.slice(first.start, first.end).replace(/<.*$/s, "") : null;
}

function objectOf(node: Node, source: Source): Part {
  const part = nothing();
  for (const property of node["properties"] as Node[]) {
    if (property.type === "SpreadElement") {
      part.names.push(...partOf(property["argument"] as Node, source).names);
      continue;
    }
    const text = source.comments.get(property.start) ?? "";
    part.keys.set(keyOf(property), {
      text,
      type: null,
      part: partOf(property["value"] as Node, source),
    });
  }
  return part;
}

function interfaceOf(node: Node, source: Source): Part {
  const part = nothing();
  for (const parent of (node["extends"] ?? []) as Node[]) {
    const name = (parent["expression"] as Node)["name"];
    if (typeof name === "string") part.names.push(name);
  }
  for (const member of (node["body"] as { body: Node[] }).body) {
    if (member.type !== "TSPropertySignature" && member.type !== "TSMethodSignature") continue;
    const text = source.comments.get(member.start) ?? "";
    part.keys.set(keyOf(member), { text, type: typeOf(member, source), part: nothing() });
  }
  return part;
}

const keyOf = (member: Node) => {
  const key = member["key"] as Node;
  return String(key["name"] ?? key["value"]);
};

function typeOf(member: Node, { text }: Source): string {
  const annotation = member["typeAnnotation"] as { typeAnnotation: Node } | null | undefined;
  const written = annotation?.typeAnnotation ?? member;
  return text.slice(written.start, written.end).replace(/;$/, "").replace(/\s+/g, " ");
}
