/** A new folder under `adapters/erp/`: all of it or nothing. */
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../terminal.ts";
import { domainFile, domains } from "./domains.ts";
import type { Generated, GeneratedFile } from "./generated.ts";
import { indexFile } from "./index-file.ts";
import { readmeFile } from "./readme.ts";

const house = new URL("../../", import.meta.url);

/** Throws UsageError for a name that cannot be a product's, or is one already. */
export async function refuseProduct(product: string, root: URL): Promise<void> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(product) || product.length > 40) {
    throw new UsageError(
      `"${product}" cannot name a product: up to 40 small letters, digits and single hyphens, a letter first, like "my-erp".`,
    );
  }
  const there = await access(new URL(`adapters/erp/${product}`, root)).then(
    () => true,
    () => false,
  );
  if (!there) return;
  throw new UsageError(
    `adapters/erp/${product} exists already; nothing was changed. Choose another name, or remove that folder first.`,
  );
}

/** All files of a new adapter, formatted as the house's are. */
export async function adapterFiles(
  product: string,
  generated: Generated,
): Promise<readonly GeneratedFile[]> {
  const fixtures = {
    path: "fixtures/README.md",
    text: `# Fixtures\n\nAnswers of ${product} as they came, with nothing personal in them, for the tests beside the code: \`npx trousseau adapter record\` makes such.\n`,
  };
  const files = [
    indexFile(product, generated),
    ...generated.files,
    ...domains.map((domain) => domainFile(product, domain)),
    fixtures,
    readmeFile(product, generated),
  ];
  return formatAll(files);
}

/** The formatter is for those who develop: a house that only runs need not have it. */
async function formatAll(files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const { format } = await import("oxfmt");
  const { ignorePatterns: _paths, ...style } = JSON.parse(
    await readFile(new URL(".oxfmtrc.json", house), "utf8"),
  ) as Record<string, unknown>;
  return Promise.all(
    files.map(async (file) => {
      if (/^(wsdl|fixtures)\//.test(file.path)) return file;
      const { code, errors } = await format(file.path, file.text, style);
      return errors.length === 0 ? { path: file.path, text: code } : file;
    }),
  );
}

/** Writes beside `adapters/erp` and moves it there at the end: whoever looks sees all or nothing. */
export async function writeAdapter(
  root: URL,
  product: string,
  files: readonly GeneratedFile[],
): Promise<void> {
  const adapters = fileURLToPath(new URL("adapters/", root));
  const folder = await mkdtemp(join(adapters, `.new-${product}-`));
  try {
    for (const { path, text } of files) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    await rename(folder, join(adapters, "erp", product));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
