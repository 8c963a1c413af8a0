/** The ticket that every call to syndeo carries: one for all calls, renewed when it has lapsed. */
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";

/** Asks syndeo for a ticket; null when it refuses the user or the password. */
export type OpenSession = (call: Call) => Promise<string | null>;

export interface Sessions {
  ticket(call: Call): Promise<string>;
  /** A ticket other than `lapsed`. Many calls that lapsed together share one login. */
  renewed(lapsed: string, call: Call): Promise<string>;
}

/** How long a login may take. It is shared, so that it does not end when one caller gives up. */
const loginMs = 10_000;

/** Refused credentials are not tried again for so long: ERPs lock users who are refused often. */
const holdOffMs = 60_000;

/** Throws UNAVAILABLE where the credentials are refused, TIMEOUT when the caller's signal fires. */
export function createSessions(open: OpenSession, now: () => Date): Sessions {
  let current: string | null = null;
  let opening: Promise<string> | null = null;
  let refusedAt = Number.NEGATIVE_INFINITY;

  async function login(requestId: string): Promise<string> {
    if (now().getTime() - refusedAt < holdOffMs) throw refused();
    const ticket = await open({ signal: AbortSignal.timeout(loginMs), requestId });
    if (ticket !== null) return (current = ticket);
    refusedAt = now().getTime();
    throw refused();
  }

  function join(call: Call): Promise<string> {
    opening ??= login(call.requestId).finally(() => {
      opening = null;
    });
    return untilAborted(opening, call.signal);
  }

  return {
    ticket: async (call) => current ?? join(call),
    renewed: async (lapsed, call) => {
      if (current === lapsed) current = null;
      return current ?? join(call);
    },
  };
}

const refused = () =>
  new PortError("UNAVAILABLE", "syndeo refuses our user or password", { reason: "CREDENTIALS" });

function untilAborted<T>(shared: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const gaveUp = () =>
      reject(new PortError("TIMEOUT", "syndeo: given up by the caller while signing in"));
    if (signal.aborted) gaveUp();
    signal.addEventListener("abort", gaveUp, { once: true });
    const done = () => signal.removeEventListener("abort", gaveUp);
    shared.finally(done).then(resolve, reject);
  });
}
