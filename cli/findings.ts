/** What a check found, step by step, and how a person reads it. */
import type { Style, Terminal } from "./terminal.ts";

export type Mark = "ok" | "warning" | "fault" | "skipped";

export interface Finding {
  readonly mark: Mark;
  /** What was looked at: `TLS`. */
  readonly step: string;
  /** What was found, in one sentence. Holds no secret and nothing personal. */
  readonly said: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
  readonly ms?: number | undefined;
}

export const ok = (step: string, said: string, ms?: number): Finding => ({
  mark: "ok",
  step,
  said,
  ...(ms !== undefined && { ms: Math.round(ms) }),
});
export const warning = (step: string, said: string, hint?: string): Finding => ({
  mark: "warning",
  step,
  said,
  hint,
});
export const fault = (step: string, said: string, hint?: string): Finding => ({
  mark: "fault",
  step,
  said,
  hint,
});
export const skipped = (step: string, said: string, hint?: string): Finding => ({
  mark: "skipped",
  step,
  said,
  hint,
});

export const anyFault = (findings: readonly Finding[]): boolean =>
  findings.some(({ mark }) => mark === "fault");

const signs: Record<Mark, { readonly sign: string; readonly style: Style }> = {
  ok: { sign: "✓", style: "green" },
  warning: { sign: "!", style: "yellow" },
  fault: { sign: "✗", style: "red" },
  skipped: { sign: "-", style: "dim" },
};

/** A line for each, what to do under it. */
export function wordFindings(
  findings: readonly Finding[],
  { style }: Pick<Terminal, "style">,
): string {
  const width = Math.max(0, ...findings.map(({ step }) => step.length));
  return findings
    .map(({ mark, step, said, hint, ms }) => {
      const { sign, style: colour } = signs[mark];
      const time = ms === undefined ? "" : style("dim", `  ${ms} ms`);
      const todo = hint === undefined ? "" : `${" ".repeat(width + 6)}→ ${hint}\n`;
      return `  ${style(colour, sign)} ${step.padEnd(width)}  ${said}${time}\n${todo}`;
    })
    .join("");
}

/** `2 faults, 1 warning` */
export function wordSum(findings: readonly Finding[]): string {
  const count = (mark: Mark) => findings.filter((one) => one.mark === mark).length;
  const worded = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const skippedOnes = count("skipped");
  return [
    worded(count("fault"), "fault"),
    worded(count("warning"), "warning"),
    ...(skippedOnes > 0 ? [`${skippedOnes} not looked at`] : []),
  ].join(", ");
}
