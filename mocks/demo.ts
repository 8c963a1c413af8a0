/** `npm run demo`: the gateway, the mock ERPs and a mail box, all on this machine. */
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

try {
  const demo = await startDemo();
  stopOnSignals(() => demo.stop());
  tell(demo);
} catch (error) {
  const { code, port } = error as { code?: string; port?: number };
  if (code !== "EADDRINUSE") throw error;
  process.stderr.write(
    `Port ${port} is taken: stop what listens there, perhaps another demo, then start again.\n`,
  );
  process.exitCode = 1;
}
