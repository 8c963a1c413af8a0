/** Equal reads that are under way at the same time are one call. */
import { PortError } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";

/** A key, and what it is told from others by: the landlord, the method, for whom, and the key. */
export interface Question {
  readonly id: string;
  /** See `Name`. */
  readonly owner: string | null;
  /** The contract or the person that it is about. */
  readonly subject: string;
  readonly key: unknown;
}

type AskAll = (questions: readonly Question[], call: Call) => Promise<unknown[]>;

interface Flight {
  readonly answers: Promise<unknown[]>;
  readonly stop: AbortController;
  /** Nobody joins it from now on. */
  close(): void;
  waiting: number;
  joined: number;
  landed: boolean;
}

interface Seat {
  readonly flight: Flight;
  readonly index: number;
  readonly subject: string;
}

export interface Share {
  /**
   * Answers in the order of the questions. Who leaves while others wait takes nothing from them; when
   * the last one leaves, the call is given up.
   */
  ask(questions: readonly Question[], call: Call, askAll: AskAll): Promise<unknown[]>;
  /** Nobody joins what was asked of these before now. */
  forget(subjects: ReadonlySet<string>): void;
}

export function createShare(): Share {
  const seats = new Map<string, Seat>();

  function begin(questions: readonly Question[], call: Call, askAll: AskAll): void {
    const stop = new AbortController();
    const answers = askAll(questions, { ...call, signal: stop.signal });
    const close = () => {
      for (const [id, seat] of own) if (seats.get(id) === seat) seats.delete(id);
    };
    const flight: Flight = { answers, stop, close, waiting: 0, joined: 0, landed: false };
    const own = questions.map(({ id, subject }, index) => {
      const seat = { flight, index, subject };
      seats.set(id, seat);
      return [id, seat] as const;
    });
    const land = () => {
      flight.landed = true;
      close();
    };
    answers.then(land, land);
  }

  return {
    ask: async (questions, call, askAll) => {
      const unasked = questions.filter(({ id }) => !seats.has(id));
      if (unasked.length > 0) begin(unasked, call, askAll);
      const taken = questions.map(({ id }) => seats.get(id)!);
      const flights = [...new Set(taken.map(({ flight }) => flight))];
      const leave = boardAll(flights);
      try {
        const all = flights.map(({ answers }) => answers);
        const answers = await unlessGone(call, Promise.all(all));
        return taken.map(({ flight, index }) => {
          const answer = answers[flights.indexOf(flight)]![index];
          return flight.joined > 1 ? structuredClone(answer) : answer;
        });
      } finally {
        leave(call.signal);
      }
    },
    forget: (subjects) => {
      for (const [id, seat] of seats) if (subjects.has(seat.subject)) seats.delete(id);
    },
  };
}

function boardAll(flights: readonly Flight[]): (signal: AbortSignal) => void {
  for (const flight of flights) {
    flight.waiting += 1;
    flight.joined += 1;
  }
  return (signal) => {
    for (const flight of flights) {
      flight.waiting -= 1;
      if (flight.waiting > 0 || flight.landed) continue;
      flight.close();
      flight.stop.abort(signal.reason);
    }
  };
}

/** Throws TIMEOUT as soon as the caller leaves; the work goes on. */
export async function unlessGone<T>({ signal }: Call, work: Promise<T>): Promise<T> {
  let gone = () => {};
  const left = new Promise<never>((_resolve, reject) => {
    gone = () => reject(new PortError("TIMEOUT", "given up by the caller"));
    if (signal.aborted) gone();
    else signal.addEventListener("abort", gone, { once: true });
  });
  work.catch(() => {}); // When the caller leaves first, what becomes of it is nobody's error.
  try {
    return await Promise.race([work, left]);
  } finally {
    signal.removeEventListener("abort", gone);
  }
}
