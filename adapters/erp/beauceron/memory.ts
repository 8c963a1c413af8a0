/**
 * The last answers that came with an ETag. Each is asked for again every time; beauceron then says
 * 304 instead of sending it once more.
 */
interface Remembered<A> {
  readonly etag: string;
  readonly answer: A;
}

export interface AnswerMemory<A> {
  get(place: string): Remembered<A> | undefined;
  set(place: string, remembered: Remembered<A>): void;
}

/** Holds `most` answers; whichever was not used for longest goes first. */
export function createAnswerMemory<A>(most = 500): AnswerMemory<A> {
  const answers = new Map<string, Remembered<A>>();
  const set = (place: string, remembered: Remembered<A>) => {
    answers.delete(place);
    answers.set(place, remembered);
    if (answers.size > most) answers.delete(answers.keys().next().value!);
  };
  return {
    get: (place) => {
      const found = answers.get(place);
      if (found) set(place, found);
      return found;
    },
    set,
  };
}
