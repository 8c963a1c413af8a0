/** `npm run attack`: whether a gateway stands what is done to gateways. */
import { parseArgs } from "node:util";
import { aligned } from "../ordeal/report.ts";
import { assail, attacks, type Line } from "./assail.ts";
import type { Target, Way } from "./attack.ts";
import { startAttacked, warmUp, watchHealth, type Health } from "./processes.ts";

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    landlord: { type: "string", default: "chartres" },
    token: { type: "string" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

const mostGrowth = 50_000_000;

interface Memory {
  readonly way: string;
  /** Bytes, before the first attack and after the last. */
  readonly before: number;
  readonly after: number;
}

const lines: Line[] = [];
const memories: Memory[] = [];
const say = (text: string) => void (values.json || process.stdout.write(`${text}\n`));
const mb = (bytes: number) => `${(bytes / 1_000_000).toFixed(0)} MB`;

if (values.url === undefined)
  for (const way of ["open", "listed", "usual"] as const) await own(way);
else await given(values.url.replace(/\/+$/, ""));

const grown = memories.filter(({ before, after }) => after - before > mostGrowth);
const failed = lines.filter(({ faults }) => faults.length > 0);
const ok = lines.length > 0 && failed.length === 0 && grown.length === 0;
if (values.json) {
  process.stdout.write(`${JSON.stringify({ ok, attacks: lines, memory: memories }, null, 2)}\n`);
} else {
  for (const { way, name, faults } of failed) {
    say(`\n${way}, ${name}:`);
    for (const fault of faults.slice(0, 5)) say(`  ${fault}`);
  }
  say(ok ? "\nall of it held" : "\nFAILED");
}
process.exitCode = ok ? 0 : 1;

function chosen(way: Way) {
  const named = (name: string) => values.only === undefined || name.includes(values.only);
  return attacks.filter(({ name, ways }) => ways.includes(way) && named(name));
}

async function own(way: Exclude<Way, "given">): Promise<void> {
  if (chosen(way).length === 0) return;
  const attacked = await startAttacked(way);
  try {
    const { target, memory, alive } = attacked;
    await warmUp(target);
    // Once unjudged: what code and caches take for good is no growth.
    for (const attack of chosen(way)) if (attack.soon || way === "usual") await attack.run(target);
    const health = await watchHealth(target.url);
    const before = await memory();
    await all(target, health, alive).finally(() => health.stop());
    if (!alive()) return;
    const after = await memory();
    memories.push({ way, before, after });
    say(`${way}: ${mb(before)} before, ${mb(after)} after all of it`);
  } finally {
    await attacked.stop();
  }
}

async function given(url: string): Promise<void> {
  const { landlord, token = null } = values;
  const health = await watchHealth(url);
  const target: Target = { url, landlord, token, neighbours: null, download: null, way: "given" };
  await all(target, health, () => true).finally(() => health.stop());
}

async function all(target: Target, health: Health, alive: () => boolean): Promise<void> {
  const titles = ["", "way", "attack", "answers", "slowest", "health"];
  const rows: string[][] = [];
  for (const attack of chosen(target.way)) {
    const line = await assail(attack, target, health.look);
    if (!line) say(`left out: ${attack.name}`);
    if (!line) continue;
    const ended = alive() ? [] : ["the gateway has ended"];
    const judged = { ...line, faults: [...line.faults, ...ended] };
    lines.push(judged);
    rows.push(cells(judged));
    if (!alive()) break;
  }
  for (const row of aligned([titles, ...rows])) say(row);
}

function cells({ way, name, answers, slowest, health, remark, faults }: Line): string[] {
  const counts = Object.entries(answers).map(([answer, count]) => `${count} × ${answer}`);
  return [
    faults.length === 0 ? "ok" : "FAIL",
    way,
    name,
    [...counts, remark].filter(Boolean).join(", "),
    `${slowest} ms`,
    health === null ? "" : `${health} ms`,
  ];
}
