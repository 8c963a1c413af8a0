/** A process of its own for the tests: `child.ts open|commit|crash URL`. */
import { openStore } from "../store.ts";

const [, , what, url = ""] = process.argv;
const store = await openStore({ url, secret: new Uint8Array(32).fill(7) });

const account = { landlord: "cedre", passwordHash: "x", language: "fr" } as const;
if (what === "commit") {
  await store.accounts.create({ ...account, email: "kept@example.org" }, ["kept"], []);
  process.kill(process.pid, "SIGKILL");
}
if (what === "crash") {
  await store.transaction(async (within) => {
    await within.accounts.create({ ...account, email: "lost@example.org" }, ["lost"], []);
    process.kill(process.pid, "SIGKILL");
    await new Promise(() => {});
  });
}
await store.close();
