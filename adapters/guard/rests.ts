/** Questions that the ERP answers with a failure each time: it is not asked them in vain. */
import { PortError } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";
import type { BreakerSettings } from "./breaker.ts";
import type { Ask } from "./options.ts";

/** The oldest is forgotten where there are more. */
const mostRemembered = 1_000;

interface Rest {
  /** In a row. */
  readonly failures: number;
  readonly until: number;
}

export interface Rests {
  /** Asks, or throws UNAVAILABLE at once. `place` is the port and its method. */
  asking(place: string, ask: Ask): Ask;
}

export function createRests(
  landlord: string,
  { leastCalls, pauseMs, longestPauseMs }: BreakerSettings,
): Rests {
  const rests = new Map<string, Rest>();

  const note = (id: string) => {
    const failures = (rests.get(id)?.failures ?? 0) + 1;
    const pause = Math.min(longestPauseMs, pauseMs * 2 ** (failures - leastCalls));
    rests.delete(id);
    rests.set(id, { failures, until: failures < leastCalls ? 0 : Date.now() + pause });
    for (const oldest of rests.keys()) {
      if (rests.size <= mostRemembered) break;
      rests.delete(oldest);
    }
  };

  return {
    asking: (place, ask) => {
      const idOf = (key: unknown) => JSON.stringify([place, key]);
      return async (key: unknown, call: Call) => {
        const until = rests.size === 0 ? 0 : (rests.get(idOf(key))?.until ?? 0);
        if (until > Date.now()) throw refusal(landlord, place, new Date(until));
        try {
          const answer = await ask(key, call);
          if (rests.size > 0) rests.delete(idOf(key));
          return answer;
        } catch (error) {
          if (error instanceof PortError && error.answered) note(idOf(key));
          throw error;
        }
      };
    },
  };
}

function refusal(landlord: string, place: string, retryAt: Date): PortError {
  return new PortError(
    "UNAVAILABLE",
    `${landlord}: ${place} is not asked this, it failed each time`,
    {
      notApplied: true,
      reason: "BROKEN",
      retryAt,
    },
  );
}
