/** Reads a guide as somebody who follows it: the files that it has one write, the commands, what they print. */

/** A file as a whole. */
export interface Write {
  readonly kind: "write";
  readonly path: string;
  readonly text: string;
}

/** Lines of a file in place of the one line `old`. */
export interface Replace {
  readonly kind: "replace";
  readonly path: string;
  readonly old: string;
  readonly text: string;
}

export interface Command {
  readonly kind: "run";
  readonly command: string;
  /** What it prints; `…` stands for anything, alone on a line for any lines. */
  readonly printed: string;
}

export type Step = Write | Replace | Command;

/**
 * In order. Before a block that goes into a file stands `**\`path\`**, new:`, or `instead of what is
 * there`, or `instead of \`a line\``; commands are blocks of `console` that begin with `$ `. Other
 * blocks are there to be read.
 */
export function stepsOf(guide: string): Step[] {
  const blocks = guide.matchAll(/([^\n]*)\n\n```(\w*)\n(.*?)\n```\n/gs);
  return [...blocks].flatMap(([, before = "", language, text = ""]): Step[] => {
    if (language === "console") return commandsOf(text);
    const [, path, where] = /^\*\*`([^`]+)`\*\*, (.+):$/.exec(before) ?? [];
    if (!path || !where) return [];
    if (/^(new|instead of what is there)$/.test(where)) {
      return [{ kind: "write", path, text: `${text}\n` }];
    }
    const [, old] = /^instead of `(.+)`$/.exec(where) ?? [];
    if (!old) throw new Error(`What is to be done with ${path}: "${where}"?`);
    return [{ kind: "replace", path, old, text }];
  });
}

function commandsOf(block: string): Command[] {
  return block
    .split(/^\$ /m)
    .filter((part) => part !== "")
    .map((part) => {
      const lines = part.split("\n");
      const end = lines.findIndex((line) => !line.endsWith("\\")) + 1;
      const printed = lines.slice(end).join("\n");
      return { kind: "run", command: lines.slice(0, end).join("\n"), printed };
    });
}

/** Whether that is what the guide shows. */
export function isShown(printed: string, came: string): boolean {
  const lines = printed.split("\n").map((line) => {
    if (line.trim() === "…") return "(?:.*\n)*?";
    return `${line.split("…").map(escaped).join(".*")}[ ]*\n`;
  });
  const pattern = printed.trim() === "" ? "\\s*" : lines.join("");
  return new RegExp(`^${pattern.replace(/\n$/, "")}\\s*$`).test(`${came.trimEnd()}\n`);
}

const escaped = (text: string): string => text.trimEnd().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Without blank ones and comments. */
export const linesOfCode = (text: string): number =>
  text.split("\n").filter((line) => !/^\s*($|\/\/|\/\*|\*)/.test(line)).length;
