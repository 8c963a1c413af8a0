/** Attacks a gateway, one attack after the other, and judges what came of each. */
import type { Attack, Seen, Target } from "./attack.ts";
import { connectionAttacks } from "./connections.ts";
import { crowdAttacks } from "./crowd.ts";
import { documentAttacks } from "./documents.ts";
import type { HealthSeen } from "./health-process.ts";
import { floodAttacks } from "./flood.ts";
import { httpAttacks } from "./http.ts";
import type { Answer } from "./send.ts";

export interface Line {
  readonly way: string;
  readonly name: string;
  /** How often it was answered in which manner: `400 TOO_COMPLEX`. */
  readonly answers: Readonly<Record<string, number>>;
  /** Milliseconds: the slowest answer, and the slowest one about its health meanwhile. */
  readonly slowest: number;
  readonly health: number | null;
  readonly remark: string;
  /** Empty: it held. */
  readonly faults: readonly string[];
}

/** One after the other; the last one uses up what a minute allows. */
export const attacks: readonly Attack[] = [
  ...documentAttacks,
  ...httpAttacks.slice(0, -1),
  ...crowdAttacks,
  ...floodAttacks,
  ...connectionAttacks,
  ...httpAttacks.slice(-1),
];

const slowestHealthMs = 100;
/** What is too late once was perhaps a busy machine; what is too late each time is the gateway. */
const mostTries = 3;

/** `health`: asked from elsewhere; null where nobody asks. Null for an attack that is not possible here. */
export async function assail(
  attack: Attack,
  target: Target,
  health: (() => Promise<HealthSeen>) | null,
): Promise<Line | null> {
  for (let tried = 1; ; tried += 1) {
    await health?.();
    const seen = await attack.run(target);
    if (!seen) return null;
    const beside = (await health?.()) ?? null;
    const late = [...(seen.late ?? []), ...(beside ? lateHealth(beside) : [])];
    const failed = beside && beside.failed > 0 ? [`${beside.failed} times without health`] : [];
    const faults = [...seen.faults, ...failed];
    if (faults.length === 0 && late.length > 0 && tried < mostTries) continue;
    return lineOf(attack, target, seen, beside, [...faults, ...late]);
  }
}

const lateHealth = ({ slowest }: HealthSeen): string[] =>
  slowest > slowestHealthMs ? [`health after ${Math.round(slowest)} ms`] : [];

function lineOf(
  { name }: Attack,
  { way }: Target,
  { answers, remark = "" }: Seen,
  health: HealthSeen | null,
  faults: readonly string[],
): Line {
  return {
    way,
    name,
    answers: countBy(answers, ({ status, code }) => `${status} ${code}`.trim()),
    slowest: Math.round(answers.reduce((most, { ms }) => Math.max(most, ms), 0)),
    health: health && Math.round(health.slowest),
    remark,
    faults: [...new Set(faults)],
  };
}

function countBy(answers: readonly Answer[], of: (answer: Answer) => string) {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[of(answer)] = (counts[of(answer)] ?? 0) + 1;
  return counts;
}
