/**
 * `npm run audit`: asks the registry for advisories on what is installed. Exits 1 where
 * there is one, and where the registry could not be asked: an audit that did not run has failed.
 */
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

interface Found {
  readonly metadata?: {
    readonly vulnerabilities?: Readonly<Record<string, number>>;
    readonly dependencies?: { readonly total?: number };
  };
}

/** What is wrong, by what `npm audit --json` wrote; null when it looked at packages, and found nothing. */
export function judgeAudit(output: string): string | null {
  let found: Found;
  try {
    found = JSON.parse(output) as Found;
  } catch {
    return "The audit did not run: npm wrote no JSON.";
  }
  const { vulnerabilities, dependencies } = found?.metadata ?? {};
  if (!vulnerabilities || typeof vulnerabilities["total"] !== "number" || !dependencies?.total) {
    return "The audit did not run: the registry's advisories could not be had. Try again where they can.";
  }
  if (vulnerabilities["total"] === 0) return null;
  const counts = Object.entries(vulnerabilities)
    .filter(([kind, count]) => kind !== "total" && count > 0)
    .map(([kind, count]) => `${count} ${kind}`);
  return `Advisories: ${counts.join(", ")}. See npm audit.`;
}

async function audit(): Promise<string> {
  const npm = spawn("npm", ["audit", "--json", "--audit"], {
    cwd: new URL("../../", import.meta.url),
    stdio: ["ignore", "pipe", "ignore"],
  });
  return (await npm.stdout.toArray()).join("");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const wrong = judgeAudit(await audit());
  process.stdout.write(`${wrong ?? "no advisory on what is installed"}\n`);
  process.exitCode = wrong === null ? 0 : 1;
}
