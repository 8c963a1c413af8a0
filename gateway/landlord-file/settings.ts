/**
 * `erp.settings` of a landlord's file, with what comes from the environment put in. A secret is
 * `{ env: NAME }` and nothing else, so that no file holds one; any other text may hold `${NAME}` or
 * `${NAME:-default}`, for what differs from one environment to the next. A variable that is set to
 * nothing counts as not set.
 */
import type { Path, Problem } from "./document.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ResolvedSettings {
  readonly value: Record<string, unknown>;
  /** Paths start at the settings. They name variables, never what these hold. */
  readonly problems: readonly Problem[];
}

export function resolveSettings(
  settings: Readonly<Record<string, unknown>>,
  secrets: readonly string[],
  environment: Environment,
): ResolvedSettings {
  const problems: Problem[] = [];
  const report = (path: Path, expected: string) => void problems.push({ path, expected });
  const resolved = Object.entries(settings).map(([key, value]) => [
    key,
    secrets.includes(key)
      ? resolveSecret(value, [key], environment, report)
      : substitute(value, [key], environment, report),
  ]);
  return { value: Object.fromEntries(resolved) as Record<string, unknown>, problems };
}

type Report = (path: Path, expected: string) => void;

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

function resolveSecret(
  value: unknown,
  path: Path,
  environment: Environment,
  report: Report,
): unknown {
  const name = variableOf(value);
  if (name === undefined) {
    report(path, "{ env: NAME_OF_A_VARIABLE }: a secret is never written in this file");
    return undefined;
  }
  if (!environment[name]) report(path, `the environment variable ${name} to be set`);
  return environment[name];
}

function variableOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { env, ...rest } = value as Record<string, unknown>;
  const named = typeof env === "string" && variableName.test(env) && Object.keys(rest).length === 0;
  return named ? env : undefined;
}

function substitute(value: unknown, path: Path, environment: Environment, report: Report): unknown {
  if (typeof value === "string") return substituteText(value, path, environment, report);
  if (Array.isArray(value)) {
    return value.map((item, index) => substitute(item, [...path, index], environment, report));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      substitute(item, [...path, key], environment, report),
    ]),
  );
}

function substituteText(
  text: string,
  path: Path,
  environment: Environment,
  report: Report,
): string {
  return text.replace(/\$\{([^}]*)\}?/g, (whole, inside: string) => {
    const [, name, fallback] = /^([A-Za-z_]\w*)(?::-(.*))?$/s.exec(inside) ?? [];
    if (name === undefined || !whole.endsWith("}")) {
      report(path, `\${NAME} or \${NAME:-default}, found "${whole}"`);
      return "";
    }
    const found = environment[name] || fallback;
    if (found === undefined) report(path, `the environment variable ${name} to be set`);
    return found ?? "";
  });
}
