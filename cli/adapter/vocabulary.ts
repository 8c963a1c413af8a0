/** The words that an adapter's own code and the ERP's description hold: no value of them is personal. */
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const notOurs = /\.test\.ts$|(^|\/)(testing|fixtures)\/|(^|\/)replay\.ts$/;

export interface Vocabulary {
  readonly words: Set<string>;
  /** Patterns that hold nothing but words: what the adapter looks for in an ERP's messages. */
  readonly phrases: readonly RegExp[];
}

/** Of `adapters/erp/<product>/`, its tests left out: they hold people. */
export async function vocabularyOf(product: string, root: URL): Promise<Vocabulary> {
  const folder = fileURLToPath(new URL(`adapters/erp/${product}/`, root));
  const words = new Set<string>();
  const phrases: RegExp[] = [];
  for await (const path of glob("**/*.{ts,wsdl,xsd,yaml,yml,json}", { cwd: folder })) {
    if (notOurs.test(path)) continue;
    const text = await readFile(join(folder, path), "utf8");
    const found = path.endsWith(".ts") ? wordsOfCode(text) : wordsOfDescription(text);
    for (const word of found) words.add(word);
    if (path.endsWith(".ts")) phrases.push(...phrasesOfCode(text));
  }
  return { words, phrases };
}

/**
 * What a text is searched for: patterns without classes of signs and repetitions within, so that
 * whatever they find stands in the code, and texts that others begin with, end with or hold.
 */
function phrasesOfCode(code: string): RegExp[] {
  const patterns = [
    ...code.matchAll(/(?<=[(,=:[&|?\s])\/((?:[^/\\\n]|\\[bs./])+)\/(?=[a-z]*[).,;\s])/g),
  ].map(([, source = ""]) => source.replace(/^\.[*+?]?|\.[*+?]?$/g, ""));
  const plain = patterns.filter((source) => !/^\s|[[\]*+{}]|(?<!\\)\./.test(source));
  const texts = [...code.matchAll(/\.(?:startsWith|endsWith|includes)\("([^"\\\n]+)"\)/g)].map(
    ([, text = ""]) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  );
  return [...plain, ...texts]
    .filter((source) => /\p{L}{4}/u.test(source))
    .map((source) => new RegExp(source, "iu"));
}

/** Texts, what stands between the values of templates, and names of fields. */
function wordsOfCode(code: string): string[] {
  const bare = code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
  const texts = [
    ...bare.matchAll(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g),
  ].map(([, double, single, template]) => double ?? single ?? template ?? "");
  const fields = [...bare.matchAll(/(?<![\w"'.])([\p{L}_$][\p{L}\p{N}_$]*)\??:/gu)].map(
    ([, name]) => name!,
  );
  return [...texts, ...texts.flatMap(partsOf), ...fields];
}

const partsOf = (text: string): string[] =>
  text
    .replace(/\$\{[^}]*\}/g, " ")
    .split(/[^\p{L}\p{N}_.-]+|[.]/u)
    .filter((part) => part.length > 1);

/** Values of enumerations, and the words of paths. */
function wordsOfDescription(text: string): string[] {
  const xsd = [...text.matchAll(/enumeration\s+value="([^"]*)"/g)].map(([, value]) => value!);
  const inline = [...text.matchAll(/["']?enum["']?:\s*\[([^\]]*)\]/g)].flatMap(([, list]) =>
    list!.split(","),
  );
  const listed = [...text.matchAll(/enum:\s*\n((?:\s*-\s+.*\n)+)/g)].flatMap(([, list]) =>
    list!.split("\n").map((line) => line.replace(/^\s*-\s+/, "")),
  );
  const paths = [...text.matchAll(/^\s*["']?(\/[\w{}/.-]+)["']?:/gm)].flatMap(([, path]) =>
    path!.split("/"),
  );
  return [
    ...xsd,
    ...[...inline, ...listed].map((one) => one.trim().replace(/^["']|["']$/g, "")),
    ...paths,
  ];
}
