/** Who is signed in at syndeo. Kept in memory: a restart forgets all of it. */
import { randomUUID } from "node:crypto";

export interface Tickets {
  open(): string;
  isGood(ticket: string | string[] | undefined): boolean;
  forget(): void;
}

/** A ticket is good for `lifeMs` from when it was given, used or not. */
export function createTickets(lifeMs: number, now: () => Date): Tickets {
  const lapses = new Map<string, number>();
  return {
    open: () => {
      const ticket = randomUUID();
      lapses.set(ticket, now().getTime() + lifeMs);
      return ticket;
    },
    isGood: (ticket) => (lapses.get(String(ticket)) ?? 0) > now().getTime(),
    forget: () => lapses.clear(),
  };
}
