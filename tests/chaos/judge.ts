/** What the visits show, trouble by trouble and landlord by landlord, and what of it may not be. */
import { randomFor } from "../../mocks/world/random.ts";
import { compare, percentile, type Bounds, type Comparison, type Pair } from "./percentile.ts";
import { phasesOf, type Phases } from "./phases.ts";
import type { Phase, Trouble, Visit } from "./visit.ts";
import type { Outcome, Sample } from "./visitors.ts";

export interface Promises {
  /** How the others' p99 may differ from calm. */
  readonly others: Bounds;
  /**
   * How long an ERP is waited for, in milliseconds: the sick landlord's people wait no longer, but for
   * what an answer takes in calm, by its p99, as well.
   */
  readonly sickMs: number;
  /** How many of these there must be to speak of a p99. */
  readonly leastSamples: number;
  /** Calls to the sick ERP: so many times those of as many requests in calm, and so many more. */
  readonly calls: { readonly ratio: number; readonly more: number };
}

/** What the others see while somebody's ERP is in trouble. */
export interface OthersLine extends Comparison {
  /** Not LIVE, of the others, until the sick landlord's pages were as ever again. */
  readonly errors: number;
  readonly phases: Phases;
}

export interface SickLine {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Of 99 in a hundred requests. */
  readonly slowestMs: number;
  readonly mostAtOnce: string;
  /** Of all visits: the most. */
  readonly callsRatio: number;
  /** Null: somewhere it was not served again in time. */
  readonly backAfterMs: number | null;
}

export interface TroubleLine {
  readonly trouble: Trouble;
  readonly others: OthersLine;
  readonly sick: SickLine;
}

export interface LandlordLine {
  readonly landlord: string;
  /** While it was one of the others. */
  readonly others: OthersLine;
  /** While its own ERP was in trouble. */
  readonly own: Phases;
}

export interface Verdict {
  readonly troubles: readonly TroubleLine[];
  readonly landlords: readonly LandlordLine[];
  /** The p99 of one half of the calm phases to the other half: 1 where the machine is calm as well. */
  readonly noise: number;
  /** A sentence for each promise that was broken. */
  readonly broken: readonly string[];
  /** A sentence for each that could be neither kept nor broken. */
  readonly unclear: readonly string[];
}

export function judge(visits: readonly Visit[], promises: Promises): Verdict {
  const troubles = [...new Set(visits.map(({ trouble }) => trouble))].map((trouble) => {
    const own = visits.filter((one) => one.trouble === trouble);
    return { trouble, others: othersLine(own, promises), sick: sickLine(own) };
  });
  const landlords = [...new Set(visits.map(({ landlord }) => landlord))].map((landlord) => {
    const others = visits.filter((one) => one.landlord !== landlord);
    const own = visits.filter((one) => one.landlord === landlord);
    return { landlord, others: othersLine(others, promises, landlord), own: phasesOf(own, isSick) };
  });
  const broken = [
    ...visits.flatMap((visit) => brokenIn(visit, promises)),
    ...troubles.flatMap(({ trouble, others, sick }) => [
      ...toldOf("BROKEN", `${trouble}: the others'`, others),
      ...(others.samples < promises.leastSamples
        ? [`${trouble}: ${others.samples} requests of the others are too few to speak of a p99`]
        : []),
      ...(sick.slowestMs > promises.sickMs + others.calmP99 * promises.others.ratio
        ? [`${trouble}: the sick landlord's people waited for ${Math.round(sick.slowestMs)} ms`]
        : []),
    ]),
    ...landlords.flatMap(({ landlord, others }) => toldOf("BROKEN", `${landlord}'s`, others)),
  ];
  const unclear = [
    ...troubles.flatMap(({ trouble, others }) =>
      toldOf("UNCLEAR", `${trouble}: the others'`, others),
    ),
    ...landlords.flatMap(({ landlord, others }) => toldOf("UNCLEAR", `${landlord}'s`, others)),
  ];
  return { troubles, landlords, noise: noiseOf(visits), broken, unclear };
}

const toldOf = (verdict: Comparison["verdict"], whose: string, line: OthersLine): string[] =>
  line.verdict === verdict
    ? [`${whose} p99 was ${Math.round(line.troubledP99)} ms, ${Math.round(line.calmP99)} in calm`]
    : [];

const isSick = ({ landlord }: Sample, sick: string) => landlord === sick;
/** Of one landlord, or of all but the sick one. */
const isOther = ({ landlord }: Sample, sick: string, only = landlord) =>
  landlord !== sick && landlord === only;
const ofOthers = (samples: readonly Sample[], sick: string, only?: string) =>
  samples.filter((sample) => isOther(sample, sick, only));

const times = (samples: readonly Sample[]) => samples.map(({ ms }) => ms);

function othersLine(
  visits: readonly Visit[],
  { others: bounds }: Promises,
  only?: string,
): OthersLine {
  const pairs = visits.map(({ landlord, before, during, after }): Pair => {
    const calm = [...before.samples, ...after.samples];
    return {
      calm: times(ofOthers(calm, landlord, only)),
      troubled: times(ofOthers(during.samples, landlord, only)),
    };
  });
  const seen = visits.flatMap(({ during, meanwhile, landlord }) =>
    ofOthers([...during.samples, ...meanwhile], landlord, only),
  );
  const errors = seen.filter(({ outcome }) => outcome !== "LIVE").length;
  const phases = phasesOf(visits, (sample, sick) => isOther(sample, sick, only));
  return { ...compare(pairs, bounds, randomFor(visits.length, 105, 0)), errors, phases };
}

const ofSick = ({ during, landlord }: Visit) =>
  during.samples.filter((one) => one.landlord === landlord);

function sickLine(visits: readonly Visit[]): SickLine {
  const outcomes = { LIVE: 0, KEPT: 0, TOLD: 0, WRONG: 0 };
  const samples = visits.flatMap(ofSick);
  for (const { outcome } of samples) outcomes[outcome] += 1;
  const back = visits.map(({ backAfterMs }) => backAfterMs);
  const fullest = visits.toSorted((a, b) => fullnessOf(b) - fullnessOf(a))[0]!;
  return {
    outcomes,
    slowestMs: percentile(times(samples), 99),
    mostAtOnce: `${mostAtOnceOf(fullest)} of ${fullest.concurrency}`,
    callsRatio: Math.max(...visits.map(callsRatioOf)),
    backAfterMs: back.includes(null) ? null : Math.max(...back.map(Number)),
  };
}

const mostAtOnceOf = ({ during, landlord }: Visit) => during.asked[landlord]!.mostAtOnce;
const fullnessOf = (visit: Visit) => mostAtOnceOf(visit) / visit.concurrency;

/** The mean of the two calm phases beside it. */
const calmCallsOf = ({ before, after, landlord }: Visit): number =>
  Math.max(1, (before.asked[landlord]!.total + after.asked[landlord]!.total) / 2);

const callsOf = ({ during, landlord }: Visit): number => during.asked[landlord]!.total;
const callsRatioOf = (visit: Visit): number => callsOf(visit) / calmCallsOf(visit);

function brokenIn(visit: Visit, promises: Promises): string[] {
  const { landlord, trouble, concurrency, before, during, meanwhile, after } = visit;
  const place = `${trouble}, ${landlord}`;
  const wrong = ofSick(visit).filter(({ outcome }) => outcome === "WRONG").length;
  const others = ofOthers([...during.samples, ...meanwhile], landlord);
  const errors = others.filter(({ outcome }) => outcome !== "LIVE").length;
  const mostCalls = calmCallsOf(visit) * promises.calls.ratio + promises.calls.more;
  const atOnce = mostAtOnceOf(visit);
  const rules: [boolean, string][] = [
    [ofSick(visit).every(({ outcome }) => outcome === "LIVE"), "the ERP was not in trouble at all"],
    [wrong > 0, `${wrong} answers to the sick landlord's people were not as they must be`],
    [errors > 0, `${errors} answers to the others were not as the ERP says it now`],
    [
      callsOf(visit) > mostCalls,
      `the ERP was called ${callsOf(visit)} times, ${calmCallsOf(visit)} in calm`,
    ],
    [atOnce > concurrency, `the ERP was called ${atOnce} times at once, it bears ${concurrency}`],
    [visit.backAfterMs === null, "it was not served again in time"],
    [!isCalm(before) || !isCalm(after), "somebody was served badly in calm"],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, what]) => `${place}: ${what}`);
}

const isCalm = ({ samples }: Phase) => samples.every(({ outcome }) => outcome === "LIVE");

/** The first calm phase, and those after each visit. */
function noiseOf(visits: readonly Visit[]): number {
  const phases = [visits[0]!.before, ...visits.map(({ after }) => after)];
  const halves = [0, 1].map((half) =>
    phases.filter((_phase, i) => i % 2 === half).flatMap(({ samples }) => times(samples)),
  );
  const [even, odd] = halves.map((ms) => Math.max(1, percentile(ms, 99))) as [number, number];
  return Math.max(even, odd) / Math.min(even, odd);
}
