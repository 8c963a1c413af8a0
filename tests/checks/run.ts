/** `npm run checks`: prints which tests hold which check, and exits 1 where one is held by none. */
import { faultsOf, readChecks, standings } from "./find.ts";
import { checks, type CheckId } from "./list.ts";

const [titles, excuses] = await readChecks(new URL("../../", import.meta.url));
const faults = faultsOf(titles, excuses);

for (const { id, titles: held, excuse } of standings(titles, excuses)) {
  const lines = held.map(({ file, text }) => `      ${file}: ${text}`);
  if (excuse) lines.push(`      ${excuse.list}: ${excuse.reason}`);
  process.stdout.write(`${id}  ${checks[id as CheckId]}\n${lines.join("\n") || "      OPEN"}\n`);
}
process.stdout.write(`\n${faults.join("\n") || "each is tested, or excused with a reason"}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
