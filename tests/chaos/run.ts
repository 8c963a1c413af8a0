/** `npm run chaos`: whether an ERP in trouble costs anybody but its own landlord's people anything. */
import { parseArgs } from "node:util";
import { startProcesses, type Undo } from "../ordeal/processes.ts";
import {
  allTroubles,
  askersFor,
  backWithinMs,
  haste,
  makePlaces,
  runVisits,
  warmUp,
} from "./chaos.ts";
import { judge, type Promises, type Verdict } from "./judge.ts";
import { failed, wordReport, type Report } from "./report.ts";
import { turnsOfAll } from "./visitors.ts";
import { percentile } from "./percentile.ts";
import { calmPhase, type Phase, type Place, type Trouble, type Visit } from "./visit.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "4" },
    rate: { type: "string", default: "8" },
    only: { type: "string", multiple: true },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

/** Requests of each landlord's people. */
const perSecond = numberIn("--rate", values.rate);
const seconds = values.quick ? 2 : numberIn("--seconds", values.seconds);
const only = troublesOf(values.only);
const begun = performance.now();
const turns = Math.ceil((seconds * perSecond) / turnsOfAll) * turnsOfAll;
const promises: Promises = {
  others: { ratio: 1.2, ms: 5 },
  sickMs: haste.deadlineMs,
  leastSamples: values.quick ? 200 : 500,
  calls: { ratio: 1.2, more: 0 },
};

const undo: Undo = [];
try {
  const wanted = { store: "sqlite", haste, askersEach: askersFor(8, only) } as const;
  const { gateways, mocks, askers } = await startProcesses(wanted, undo);
  const places = await makePlaces({ url: gateways[0]!.url, doors: mocks.erps, askers, only });
  await warmUp(places);
  refuseBusyMachine(await calmPhase(places, { perSecond, turns }));
  const report = await measure(places);
  process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : wordReport(report)}\n`);
  process.exitCode = failed(report) ? 1 : 0;
} finally {
  for (const step of undo.toReversed()) await step();
}

/** Where calm takes a good part of the deadline already, troubles could not be told from it. */
function refuseBusyMachine({ samples }: Phase): void {
  const p99 = percentile(
    samples.map(({ ms }) => ms),
    99,
  );
  if (p99 < haste.deadlineMs / 4 && samples.every(({ outcome }) => outcome === "LIVE")) return;
  throw new Error(
    `In calm already the slowest hundredth takes ${Math.round(p99)} ms: this machine is too busy for ` +
      `${perSecond * 5} requests a second. Run it where nothing else runs, or with a lower --rate and more --seconds.`,
  );
}

/** What is unclear is tried once more, where nothing is broken anyway. */
async function measure(places: readonly Place[]): Promise<Report> {
  const round = { pace: { perSecond, turns }, mostMs: backWithinMs, onVisit: tell };
  const visits = await runVisits(places, { ...round, only });
  const again = unclearIn(judge(visits, promises));
  if (again.length > 0) visits.push(...(await runVisits(places, { ...round, only: again })));
  return {
    ...judge(visits, promises),
    visits: visits.length,
    seconds: Math.round((performance.now() - begun) / 1_000),
    deadlineMs: haste.deadlineMs,
    promises,
  };
}

/** Single troubles, or all where it is a landlord's figures that tell nothing. */
function unclearIn({ broken, troubles, landlords }: Verdict): readonly Trouble[] {
  if (broken.length > 0) return [];
  if (landlords.some(({ others }) => others.verdict === "UNCLEAR")) return only;
  return troubles.flatMap(({ trouble, others }) => (others.verdict === "UNCLEAR" ? trouble : []));
}

function tell({ trouble, landlord, backAfterMs }: Visit): void {
  const back = backAfterMs === null ? "not back in time" : `back in ${backAfterMs} ms`;
  process.stderr.write(`${trouble} at ${landlord}: ${back}\n`);
}

function numberIn(option: string, text: string): number {
  const number = Number(text);
  if (!(number >= 1 && number <= 60)) throw new Error(`${option} with a number from 1 to 60`);
  return number;
}

function troublesOf(names: readonly string[] | undefined): Trouble[] {
  const unknown = names?.filter((name) => !allTroubles.some((trouble) => trouble === name)) ?? [];
  if (unknown.length > 0) throw new Error(`--only ${allTroubles.join(", or ")}`);
  return allTroubles.filter((trouble) => names?.includes(trouble) ?? true);
}
