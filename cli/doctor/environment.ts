/** What the environment says, and as much of it as can be used where some of it is wrong. */
import { readConfig, unreadVariables, type Config } from "../../gateway/config.ts";
import { ConfigurationError } from "../../gateway/configuration-error.ts";
import { fault, ok, warning, type Finding } from "../findings.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface ReadEnvironment {
  /** Null where nothing is set at all. */
  readonly config: Config | null;
  /** Variables that are missing or wrong: what `config` says of these is made up. */
  readonly wrong: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** In the place of what must be there and is not, so that the rest can be read. */
const standIns: Readonly<Record<string, string>> = {
  TROUSSEAU_PUBLIC_URL: "https://unset.invalid",
  TROUSSEAU_STORE: "sqlite::memory:",
  TROUSSEAU_SMTP: "smtp://unset.invalid",
  TROUSSEAU_SECRET: Buffer.alloc(32).toString("base64"),
  TROUSSEAU_ID_SECRET: Buffer.alloc(32).toString("base64"),
};

export function readEnvironment(environment: Environment): ReadEnvironment {
  const set = Object.keys(environment).filter((name) => name.startsWith("TROUSSEAU_"));
  if (set.length === 0) {
    const said = "nothing is set: not set up for production; the demo needs nothing";
    const hint = "For production see docs/reference/environment.md.";
    return { config: null, wrong: new Set(), findings: [warning("environment", said, hint)] };
  }
  const unread = unreadVariables(environment).map((name) =>
    warning(
      "environment",
      `${name} is read by nobody`,
      "Is it misspelled? See docs/reference/environment.md.",
    ),
  );
  try {
    const config = readConfig({ ...environment });
    return { config, wrong: new Set(), findings: [...judge(config, set.length), ...unread] };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const { faults } = error;
    const wrong = new Set(faults.map(({ field }) => field));
    const mended = { ...environment };
    for (const name of wrong) mended[name] = standIns[name];
    const findings = faults.map(({ field, expected }) => {
      const state = environment[field] === undefined ? "is not set" : "is wrong";
      return fault("environment", `${field} ${state}`, `Expected: ${expected}`);
    });
    return { config: readConfig(mended), wrong, findings: [...findings, ...unread] };
  }
}

function judge({ publicUrl, scanner }: Config, count: number): Finding[] {
  const findings = [ok("environment", `${count} variables, all as they should be`)];
  const { protocol, hostname } = new URL(publicUrl);
  const local = /^(localhost|127\.0\.0\.1)$|\.localhost$/.test(hostname);
  if (protocol === "http:" && !local) {
    const hint = "Let it be https://: a proxy in front may hold the certificate.";
    findings.push(warning("environment", "TROUSSEAU_PUBLIC_URL is http://", hint));
  }
  if (scanner === null) {
    const said = "TROUSSEAU_CLAMD is not set: files of people are not scanned";
    findings.push(warning("environment", said, "Set it where landlords' people open those files."));
  }
  return findings;
}
