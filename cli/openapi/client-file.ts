/** client.ts and the files of calls beside it. */
import type { GeneratedSetting } from "../scaffold/generated.ts";
import type { CallText } from "./call-text.ts";
import { camelCase, comment, kebabCase, plain, property } from "./names.ts";
import { inParts, linesOf, tidy } from "./parts.ts";
import type { Security } from "./security.ts";

export interface CallsFile {
  /** `calls-contrats.ts`. */
  readonly path: string;
  /** `contratsCalls`: what it exports. */
  readonly name: string;
  readonly calls: readonly CallText[];
}

/** All in one file where it is short, else one for each group, and more for a long group. */
export async function callsFiles(calls: readonly CallText[]): Promise<CallsFile[]> {
  const names = new Set(calls.map(({ name }) => name));
  const free = (wanted: string): string => (names.has(wanted) ? free(`${wanted}_`) : wanted);
  const sized = await Promise.all(
    // One line more in the list at the end of the file, one between.
    calls.map(async (call) => ({ item: call, lines: (await linesOf(call.text)) + 2 })),
  );
  const parts = inParts(sized, ({ group }) => kebabCase(group) || "other");
  return parts.map(({ suffix, items }) => ({
    path: `calls${suffix}.ts`,
    name: free(suffix === "" ? "allCalls" : camelCase(`${suffix}-calls`)),
    calls: items,
  }));
}

const imported = (what: string, from: string) => `import ${what} from "${from}";`;

const helpers: readonly { name: string; from: string; sign: RegExp; isType?: true }[] = [
  { name: "readRecord", from: "read-record.ts", sign: /\breadRecord\(/ },
  { name: "at", from: "rest-answer.ts", sign: /\bat`/ },
  { name: "foundOrNull", from: "rest-answer.ts", sign: /\bfoundOrNull\(/ },
  { name: "given", from: "rest-answer.ts", sign: /\bgiven\(/ },
  { name: "noSuchThing", from: "rest-answer.ts", sign: /\bnoSuchThing\(/ },
  { name: "withLists", from: "rest-answer.ts", sign: /\bwithLists\(/ },
  { name: "Written", from: "rest-answer.ts", sign: /\bWritten</, isType: true },
];

/** `homes` says for each shape in which file it stands. */
export function callsText(
  product: string,
  { name, calls }: CallsFile,
  homes: ReadonlyMap<string, string>,
): Promise<string> {
  const body = calls.map(({ text }) => text).join("\n\n");
  const imports = [imported("type { Call }", "../../ports/port.ts")];
  for (const from of ["read-record.ts", "rest-answer.ts"]) {
    const used = helpers.filter((helper) => helper.from === from && helper.sign.test(body));
    const list = used.map((helper) => (helper.isType ? `type ${helper.name}` : helper.name));
    if (list.length > 0)
      imports.push(imported(`{ ${list.join(", ")} }`, `../../transport/${from}`));
  }
  imports.push(imported("type { RestClient }", "../../transport/rest.ts"));
  if (/\bz\./.test(body)) imports.unshift(imported("{ z }", "zod"));
  imports.push(...shapeImports(calls, homes));
  const members = calls.map((call) => `${call.name}: ${call.name}(rest),`).join("\n");
  const groups = [...new Set(calls.map(({ group }) => plain(group, 60)))].join(", ");
  return tidy(
    "calls.ts",
    `/** What can be asked of ${product}: ${groups}. */
${imports.join("\n")}

${body}

export const ${name} = (rest: RestClient) => ({
${members}
});
`,
  );
}

function shapeImports(calls: readonly CallText[], homes: ReadonlyMap<string, string>): string[] {
  const files = new Map<string, string[]>();
  for (const name of new Set(calls.flatMap(({ shapes }) => [...shapes]))) {
    // Behind a parenthesis or in one it is a value; elsewhere only a type.
    const isValue = calls.some(({ text }) =>
      new RegExp(`\\((z\\.[a-z]+\\(\\[?)*([^()]*, )?${name}\\b`).test(text),
    );
    const file = homes.get(name)!;
    files.set(file, [...(files.get(file) ?? []), isValue ? name : `type ${name}`]);
  }
  return [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, names]) => imported(`{ ${names.toSorted(byName).join(", ")} }`, `./${file}`));
}

const bare = (name: string) => name.replace("type ", "");
const byName = (a: string, b: string) => (bare(a) < bare(b) ? -1 : 1);

export function clientText(
  product: string,
  description: string,
  settings: readonly GeneratedSetting[],
  security: Security,
  files: readonly CallsFile[],
): Promise<string> {
  const fields = settings.map(
    ({ name, about }) => `${comment(plain(about, 200))}readonly ${property(name)}: string;`,
  );
  const headers =
    security.headers.length > 0 ? `, headers: { ${security.headers.join(", ")} }` : "";
  const created = `createRestClient(io, { baseUrl: settings.baseUrl${headers} })`;
  const rest =
    security.query.length > 0 ? `withQuery(${created}, { ${security.query.join(", ")} })` : created;
  const imports = [
    imported("type { Io }", "../../ports/adapter.ts"),
    ...(security.query.length > 0
      ? [imported("{ withQuery }", "../../transport/rest-answer.ts")]
      : []),
    imported("{ createRestClient }", "../../transport/rest.ts"),
    ...files.map(({ name, path }) => imported(`{ ${name} }`, `./${path}`)),
  ];
  const types = files.map(({ name }) => `ReturnType<typeof ${name}>`);
  return tidy(
    "client.ts",
    `/** Calls to ${product}, as ${description} describes them: every answer is held against its shape. */
${imports.join("\n")}

export interface Settings {
${fields.join("\n")}
}

export type Client = ${types.join(" & ")} & { readonly close: () => Promise<void> };

export function createClient(settings: Settings, io: Io): Client {
  const rest = ${rest};
  return { ${files.map(({ name }) => `...${name}(rest)`).join(", ")}, close: () => rest.close() };
}
`,
  );
}
