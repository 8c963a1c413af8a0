/**
 * `npm run demo`: the gateway, the mock ERPs and a mail box, all on this machine; `-- --free-ports`
 * where those of the demo are taken. What files of further landlords name is taken from the environment.
 */
import { parseArgs } from "node:util";
import { ConfigurationError } from "../gateway/configuration-error.ts";
import { stopOnSignals } from "../gateway/signals.ts";
import { startDemo, type Demo } from "./demo/start.ts";

/** One of each kind: a tenant with everything at each landlord, and every role. */
const shown =
  /^(everything|a co-owner$|a co-owner and owner|an owner|a candidate|a member of the council|one of the landlord's own)/;

function tell({ links, accounts }: Demo): void {
  const width = Math.max(...links.map(({ title }) => title.length));
  const lines = [
    "",
    "trousseau: the demo is up. The ERPs are fictional, the people invented.",
    "",
    ...links.map(({ title, url }) => `  ${title.padEnd(width)}  ${url}`),
    "",
    "Demo accounts (all of them at /demo/accounts):",
    ...accounts
      .filter(({ oddity }) => shown.test(oddity))
      .map(
        ({ landlord, email, password, oddity }) =>
          `  ${landlord.padEnd(14)}${email}  ${password}  (${oddity})`,
      ),
    "",
    "Stop with Ctrl+C.",
    "",
  ];
  process.stdout.write(lines.join("\n"));
}

/** Not what sets up the gateway: the demo keeps nothing, and listens on this machine only. */
const others = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith("TROUSSEAU_")),
);

/** Why it could not start, where somebody can do something about it. */
function whyNot(error: unknown): string {
  if (error instanceof ConfigurationError) return `The demo cannot start:\n${error.message}\n`;
  const { code, port } = error as { code?: string; port?: number };
  if (code !== "EADDRINUSE") throw error;
  return `Port ${port} is taken: stop what listens there, perhaps another demo, then start again; or take other ports: npm run demo -- --free-ports\n`;
}

try {
  const { values } = parseArgs({ options: { "free-ports": { type: "boolean", default: false } } });
  const demo = await startDemo({ freePorts: values["free-ports"], others });
  stopOnSignals(() => demo.stop());
  tell(demo);
} catch (error) {
  process.stderr.write(whyNot(error));
  process.exitCode = 1;
}
