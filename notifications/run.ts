/** The notifications of all landlords, side by side. Several processes may run them on one store. */
import { serviceRequests } from "../adapters/ports/requests.ts";
import { surveys } from "../adapters/ports/surveys.ts";
import { isClosed } from "../adapters/ports/closed.ts";
import { runRounds } from "../store/rounds.ts";
import type { Notifier } from "./notifier.ts";
import { lookAtRequests } from "./request-progress.ts";
import { isDaytime, lookAtSurveys } from "./survey-reminders.ts";

export interface RunningNotifications {
  /** Begins nothing more, and waits for what is under way. */
  stop(): Promise<void>;
}

const requestsPollMs = 2_000;
const surveysPollMs = 60_000;

export function startNotifications(
  landlords: readonly Pick<Notifier, "landlord" | "ports">[],
  rest: Omit<Notifier, "landlord" | "ports">,
): RunningNotifications {
  const stopping = new AbortController();
  const loops = landlords.flatMap(({ landlord, ports }) =>
    loopsOf({ ...rest, landlord, ports }, stopping.signal),
  );
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

function loopsOf(notifier: Notifier, signal: AbortSignal): Promise<void>[] {
  const { landlord, ports } = notifier;
  const loops: Promise<void>[] = [];
  if (landlord.requests.progressMails && ports.served.includes(serviceRequests.name)) {
    loops.push(loop(notifier, lookAtRequests, requestsPollMs, signal));
  }
  if (landlord.surveys.reminderDays.length > 0 && ports.served.includes(surveys.name)) {
    const byDay = async (one: Notifier) => isDaytime(one) && (await lookAtSurveys(one));
    loops.push(loop(notifier, byDay, surveysPollMs, signal));
  }
  return loops;
}

function loop(
  notifier: Notifier,
  look: (notifier: Notifier) => Promise<boolean>,
  pollMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { landlord, now, log } = notifier;
  const round = async () => {
    // Both wait for an ERP that is not to be asked just now.
    const waits = () => isClosed(landlord, now()) || notifier.ports.pausedUntil?.();
    while (!signal.aborted && !waits() && (await look(notifier)));
  };
  const onError = (error: unknown) =>
    log("error", "notifications broke off; they go on", { landlord: landlord.id, err: error });
  return runRounds(round, pollMs, signal, onError).ended;
}
