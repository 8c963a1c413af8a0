/** The arrows between rooms, as a table, and what breaks them. Test files may look anywhere. */
import { readFile } from "node:fs/promises";
import { glob } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

interface Room {
  /** Files of this room; `$1` in `mayImport` stands for what the first group found. */
  readonly files: RegExp;
  readonly mayImport: readonly string[];
  /** Packages that only this room may use, or that it may not use. */
  readonly packages?: { readonly only?: readonly string[]; readonly never?: readonly string[] };
}

export const rooms: readonly Room[] = [
  { files: /^adapters\/ports\//, mayImport: ["adapters/ports/"], packages: { only: ["zod"] } },
  {
    // What stands between resolvers and adapters. Knows no ERP.
    files: /^adapters\/guard\//,
    mayImport: ["adapters/guard/", "adapters/ports/"],
    packages: { never: ["axios", "graphql"] },
  },
  { files: /^adapters\/transport\//, mayImport: ["adapters/transport/", "adapters/ports/"] },
  {
    files: /^adapters\/erp\/([^/]+)\//,
    mayImport: ["adapters/erp/$1/", "adapters/transport/", "adapters/ports/"],
    packages: { never: ["axios"] },
  },
  {
    files: /^adapters\/payment\/([^/]+)\//,
    mayImport: ["adapters/payment/$1/", "adapters/transport/", "adapters/ports/"],
    packages: { never: ["axios"] },
  },
  {
    files: /^adapters\/conformance\//,
    mayImport: ["adapters/conformance/", "adapters/ports/", "adapters/guard/", "adapters/limit.ts"],
    packages: { never: ["axios", "graphql"] },
  },
  {
    files: /^adapters\/[^/]+\.ts$/,
    mayImport: ["adapters/ports/", "adapters/guard/", "adapters/limit.ts"],
  },
  { files: /^store\//, mayImport: ["store/"], packages: { never: ["axios", "graphql"] } },
  {
    files: /^uploads\//,
    mayImport: ["uploads/", "store/", "adapters/ports/"],
    packages: { never: ["axios", "graphql"] },
  },
  {
    files: /^payments\//,
    mayImport: ["payments/", "adapters/ports/", "store/"],
    packages: { never: ["axios", "graphql"] },
  },
  {
    files: /^subgraphs\/(kernel)\//,
    mayImport: ["subgraphs/kernel/", "adapters/ports/", "payments/", "store/"],
    packages: { never: ["axios"] },
  },
  {
    files: /^subgraphs\/([^/]+)\//,
    mayImport: ["subgraphs/$1/", "subgraphs/kernel/", "adapters/ports/", "payments/", "store/"],
    packages: { never: ["axios"] },
  },
  {
    files: /^delivery\//,
    mayImport: ["delivery/", "store/", "subgraphs/kernel/", "adapters/ports/"],
    packages: { never: ["axios"] },
  },
  {
    files: /^notifications\//,
    mayImport: ["notifications/", "store/", "subgraphs/kernel/", "adapters/ports/"],
    packages: { never: ["axios"] },
  },
  {
    files: /^gateway\//,
    mayImport: [
      "gateway/",
      "delivery/",
      "notifications/",
      "uploads/",
      "subgraphs/",
      "payments/",
      "store/",
      "adapters/ports/",
      // Whether an ERP's interface is still the one that its adapter knows.
      "adapters/drift/",
      "adapters/load.ts",
      "adapters/load-payments.ts",
      "adapters/guard/shelf.ts",
      "adapters/guard/redis-shelf.ts",
    ],
    packages: { never: ["axios"] },
  },
  {
    // For whoever runs the house: sees all of production, and nothing in it sees the command line.
    files: /^cli\//,
    mayImport: [
      "cli/",
      "gateway/",
      // Asks again for what was applied, and for payments that only the log knows.
      "delivery/",
      "payments/",
      "store/",
      "subgraphs/",
      "adapters/conformance/",
      "adapters/recording/",
      "adapters/drift/",
      "adapters/ports/",
      "adapters/transport/",
      "adapters/load.ts",
      "adapters/load-payments.ts",
    ],
    packages: { never: ["axios"] },
  },
  {
    // Exchanges with an ERP, kept without anything personal and played back. Knows no ERP.
    files: /^adapters\/recording\//,
    mayImport: ["adapters/recording/", "adapters/transport/", "adapters/ports/"],
    packages: { never: ["axios", "graphql"] },
  },
  {
    // What an ERP's own description says now, against the one that its adapter was written for.
    files: /^adapters\/drift\//,
    mayImport: ["adapters/drift/", "adapters/transport/", "adapters/ports/"],
    packages: { never: ["axios", "graphql"] },
  },
  // An ERP's stand-in shares no code with the adapter that is tested against it.
  {
    files: /^mocks\/(?!demo\.ts|demo\/)/,
    mayImport: ["mocks/"],
    packages: { never: ["axios"] },
  },
  {
    // An ERP that the guide plugs in: the same rule. What the guide makes of it stands elsewhere.
    files: /^examples\/([^/]+)\/[^/]+\.ts$/,
    mayImport: ["examples/$1/", "mocks/kit/"],
    packages: { never: ["axios"] },
  },
  {
    files: /^mocks\/demo/,
    mayImport: ["mocks/", "gateway/", "store/", "subgraphs/", "adapters/ports/"],
  },
];

export interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|(?:^|\n)\s*import\s*["']([^"']+)["']/g;

function importsOf({ path, text }: SourceFile): string[] {
  return [...text.matchAll(importPattern)].map((match) => {
    const target = (match[1] ?? match[2] ?? match[3])!;
    return target.startsWith(".") ? normalize(join(dirname(path), target)) : target;
  });
}

const packageOf = (target: string) =>
  target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
const isFile = (target: string) =>
  target.endsWith(".ts") || target.endsWith(".tsx") || target.endsWith(".json");

/** A sentence for each broken rule. */
export function brokenRules(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [...brokenArrows(file), ...brokenHabits(file)]);
}

function brokenArrows(file: SourceFile): string[] {
  const room = rooms.find(({ files }) => files.test(file.path));
  if (!room) return [`${file.path} stands in no room of the table in tests/architecture.ts`];
  const [, own = ""] = room.files.exec(file.path)!;
  const allowed = room.mayImport.map((prefix) => prefix.replace("$1", own));
  return importsOf(file).flatMap((target) => {
    if (isFile(target)) {
      const fine = allowed.some((prefix) => target.startsWith(prefix));
      return fine ? [] : [`${file.path} may not import ${target}`];
    }
    const name = packageOf(target);
    const { only, never } = room.packages ?? {};
    const forbidden = never?.includes(name) || (only && !only.includes(name));
    return forbidden ? [`${file.path} may not use the package ${name}`] : [];
  });
}

/** Rules that are not about rooms. */
function brokenHabits({ path, text }: SourceFile): string[] {
  const broken: string[] = [];
  if (
    /(?<!["'])process\.env/.test(text) &&
    !/^(gateway\/main\.ts|cli\/terminal\.ts|mocks\/demo\.ts)$/.test(path)
  ) {
    broken.push(
      `${path} reads the environment; only gateway/main.ts and cli/terminal.ts may, and gateway/config.ts makes sense of it`,
    );
  }
  const decorated =
    /from "type-graphql"/.test(text) && !/\/(types|resolvers)\.ts$|^subgraphs\/kernel\//.test(path);
  if (decorated) broken.push(`${path} uses decorators; they belong in types.ts and resolvers.ts`);
  if (!/from "type-graphql"/.test(text) && notErasable.test(text)) {
    broken.push(`${path} is no JavaScript once its types are taken away, which is all Node does`);
  }
  if (
    /\/index\.tsx?$/.test(path) &&
    /^(\s*export\s+(\*|\{[^}]*\})\s+from\s+"[^"]+";\s*)+$/.test(text)
  ) {
    broken.push(`${path} only exports again what others have`);
  }
  return broken;
}

/** An enum, a namespace, a field that is a parameter of the constructor. */
const notErasable =
  /^\s*(export\s+)?(const\s+)?(enum|namespace)\s+\w|constructor\([^)]*\b(private|protected|public|readonly)\s+\w+\??:/m;

const folders = [
  "adapters",
  "store",
  "uploads",
  "delivery",
  "payments",
  "subgraphs",
  "gateway",
  "cli",
  "mocks",
  "examples",
];

/** All source files of the rooms; tests, what only tests use, and fixtures are left out. */
export async function readSources(root: URL): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const folder of folders) {
    for await (const path of glob(`${folder}/**/*.{ts,tsx}`, { cwd: root })) {
      if (/\.test\.tsx?$|\/(fixtures|testing)\/|^examples\/.*\/adapters\//.test(path)) continue;
      files.push({ path, text: await readFile(new URL(path, root), "utf8") });
    }
  }
  return files;
}
