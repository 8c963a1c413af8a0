/** Looks each day whether landlords' ERPs still describe the interface that their adapters know. */
import { checkDrift, type Drift } from "../../adapters/drift/check.ts";
import type { Adapter, Io } from "../../adapters/ports/adapter.ts";
import { isClosed } from "../../adapters/ports/closed.ts";
import type { DriftFinding } from "../../store/erp-drifts.ts";
import { runRounds } from "../../store/rounds.ts";
import type { Store } from "../../store/store.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { subjectOf } from "./subject.ts";

export interface Watched {
  readonly landlord: Landlord;
  readonly adapter: Adapter;
  /** Parsed by the adapter's own schema. Holds secrets: never log it. */
  readonly settings: unknown;
  /** That of the landlord's connection: what is asked counts against the ERP's places. */
  readonly io: Io;
}

export interface DriftWatch {
  /** Looks now, whenever it was looked last. */
  check(landlordId: string): Promise<void>;
  /** Begins nothing more; gives up what is under way, and waits for that. */
  stop(): Promise<void>;
}

interface Around {
  readonly store: Store;
  readonly now: () => Date;
  log(level: "info" | "warn" | "error", message: string, details: Record<string, unknown>): void;
}

const pollMs = 30_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Longer than a look may take. */
const leaseMs = 10 * minuteMs;
const longestLookMs = 2 * minuteMs;

/** Several processes may do so on one store: one of them looks. */
export function startDriftWatch(all: readonly Watched[], around: Around): DriftWatch {
  const stopping = new AbortController();
  const { signal } = stopping;
  const watches = all.filter(({ adapter }) => adapter.description);
  const loops = watches
    .filter(({ landlord }) => landlord.erp.driftCheckHours > 0)
    .map((watched) => loop(watched, around, signal));
  return {
    check: async (landlordId) => {
      const watched = watches.find(({ landlord }) => landlord.id === landlordId);
      if (watched) await look(watched, around, await subjectOf(watched.adapter), signal);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function loop(watched: Watched, around: Around, signal: AbortSignal): Promise<void> {
  const { landlord } = watched;
  const onError = (error: unknown) =>
    around.log("error", "the ERP's description could not be compared", {
      landlord: landlord.id,
      err: error,
    });
  const subject = subjectOf(watched.adapter);
  subject.catch(() => {}); // Told in each round.
  const round = async () => {
    if (isClosed(landlord, around.now())) return;
    // Not all at once when everything was started at once.
    const firstAfterMs = spread(3 * minuteMs, 0.6);
    const mine = await around.store.erpDrifts.claim(landlord.id, await subject, {
      leaseMs,
      firstAfterMs,
    });
    if (mine && !signal.aborted) await look(watched, around, await subject, signal);
  };
  await runRounds(round, pollMs, signal, onError).ended;
}

async function look(
  { landlord, adapter, settings, io }: Watched,
  { store, now, log }: Around,
  subject: string,
  stopped: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(longestLookMs)]);
  const { drift } = await checkDrift(adapter, settings, io, signal);
  // What came of it was our own doing.
  if (stopped.aborted) return;
  const finding = findingOf(drift);
  // An ERP that is away is not a day away.
  const away = finding.obstacle?.kind === "UNREACHABLE";
  const pauseMs = spread(away ? hourMs : Math.max(1, landlord.erp.driftCheckHours) * hourMs, 0.05);
  const next = new Date(now().getTime() + pauseMs);
  if (!(await store.erpDrifts.keep(landlord.id, subject, finding, next))) return;
  const { level, ...told } = wordsFor(finding);
  log(level, told.message, { landlord: landlord.id, product: adapter.id, ...told.details });
}

/** Somewhere around, by that part of it to either side. */
const spread = (ms: number, part: number) => Math.round(ms * (1 + part * (2 * Math.random() - 1)));

const findingOf = (drift: Drift): DriftFinding =>
  drift.comparable
    ? { obstacle: null, differences: drift.differences, further: drift.further }
    : {
        obstacle: { kind: drift.obstacle, because: drift.because },
        differences: [],
        further: 0,
      };

function wordsFor({ obstacle, differences }: DriftFinding) {
  if (obstacle) {
    const message = "the ERP's description cannot be compared with the one that its adapter knows";
    return { level: "warn", message, details: obstacle } as const;
  }
  const breaking = differences.filter(({ severity }) => severity === "BREAKING");
  const ports = [...new Set(breaking.flatMap((one) => one.ports))];
  const details = { breaking: breaking.length, compatible: differences.length - breaking.length };
  if (breaking.length > 0) {
    const message = "the ERP's interface is no longer the one that its adapter was written for";
    return { level: "warn", message, details: { ...details, ports } } as const;
  }
  const message =
    differences.length > 0
      ? "the ERP's interface has grown"
      : "the ERP's interface is the one that its adapter was written for";
  return { level: "info", message, details } as const;
}
