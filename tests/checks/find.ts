/** Which tests, by their names, hold which checks, and which checks `docs/security.md` excuses. */
import { glob, readFile } from "node:fs/promises";
import { parseSync, Visitor } from "oxc-parser";
import { checks } from "./list.ts";

export interface Title {
  readonly ids: readonly string[];
  /** As it is written, the ids left out. */
  readonly text: string;
  /** From the root, with slashes. */
  readonly file: string;
}
export interface Excuse {
  readonly id: string;
  readonly list: "not applicable" | "not yet";
  readonly reason: string;
}
export interface Standing {
  readonly id: string;
  readonly titles: readonly Title[];
  readonly excuse: Excuse | null;
}

/** Groups of which something may still be missing. */
const mayWait = /^[FJK]/;
const leadingIds = /^(?:[A-Z]-\d\d[, ]+)+/;

/** The names of a file's tests that begin with ids: `test("A-05 A-06 …")`. Skipped ones do not count. */
export function titlesOf(file: string, text: string): Title[] {
  if (!/[("'`][A-Z]-\d\d[, ]/.test(text)) return [];
  const titles: Title[] = [];
  const visitor = new Visitor({
    CallExpression({ callee, arguments: [name] }) {
      if (!name || !/^(test|it|describe)\b/.test(text.slice(callee.start, callee.end))) return;
      if (/^\w+(\.\w+)*\.(skip|todo)\b/.test(text.slice(callee.start, callee.end))) return;
      if (name.type !== "Literal" && name.type !== "TemplateLiteral") return;
      const written = text.slice(name.start + 1, name.end - 1);
      const found = leadingIds.exec(written)?.[0];
      if (!found) return;
      titles.push({
        ids: found.match(/[A-Z]-\d\d/g)!,
        text: written.slice(found.length).replace(/^and /, ""),
        file,
      });
    },
  });
  visitor.visit(parseSync(file, text).program);
  return titles;
}

/** Of each test file of the repository. */
export async function readTitles(root: URL): Promise<Title[]> {
  const titles: Title[] = [];
  for await (const path of glob("**/*.test.ts", {
    cwd: root,
    exclude: (name) => name.split("/").at(-1) === "node_modules",
  })) {
    titles.push(...titlesOf(path, await readFile(new URL(path, root), "utf8")));
  }
  return titles.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** The lines `- B-08: reason` under the headings "Not applicable" and "Not yet". */
export function excusesOf(markdown: string): Excuse[] {
  return markdown.split(/^#+ /m).flatMap((section) => {
    const list = /^not (?:applicable|yet)/i.exec(section)?.[0].toLowerCase();
    if (!list) return [];
    const lines = section.replace(/\n {2,}(?=\S)/g, " ").matchAll(/^- ([A-Z]-\d\d):(.*)$/gm);
    return [...lines].map(([, id, reason]) => ({
      id: id!,
      list: list as Excuse["list"],
      reason: reason!.trim(),
    }));
  });
}

export function standings(titles: readonly Title[], excuses: readonly Excuse[]): Standing[] {
  return Object.keys(checks).map((id) => ({
    id,
    titles: titles.filter(({ ids }) => ids.includes(id)),
    excuse: excuses.find((excuse) => excuse.id === id) ?? null,
  }));
}

/** A sentence for each id that nothing holds, that is held and excused, may not be, or is no check. */
export function faultsOf(titles: readonly Title[], excuses: readonly Excuse[]): string[] {
  const unknown = (id: string) => !Object.hasOwn(checks, id);
  const named = titles.flatMap((title) =>
    title.ids.filter(unknown).map((id) => `${id} is no check: a test of ${title.file}`),
  );
  const excused = excuses.flatMap(({ id, list, reason }, index) => [
    ...(list === "not yet" && !mayWait.test(id) ? [`${id} may not wait: docs/security.md`] : []),
    ...(unknown(id) ? [`${id} is no check: docs/security.md`] : []),
    ...(reason ? [] : [`${id} has no reason in docs/security.md`]),
    ...(excuses.findIndex((other) => other.id === id) === index
      ? []
      : [`${id} is excused twice in docs/security.md`]),
  ]);
  const held = standings(titles, excuses).flatMap(({ id, titles, excuse }) => {
    if (titles.length > 0 && excuse) return [`${id} is excused, and tested in ${titles[0]!.file}`];
    return titles.length > 0 || excuse ? [] : [`${id} is neither tested nor excused`];
  });
  return [...named, ...excused, ...held];
}

/** What the repository at `root` says. */
export async function readChecks(root: URL): Promise<[Title[], Excuse[]]> {
  const page = await readFile(new URL("docs/security.md", root), "utf8");
  return [await readTitles(root), excusesOf(page)];
}
