/** Runs jobs of one name one after the other: Dolibarr locks nothing while it works out what is left to pay. */
export function createTurns(): <T>(name: string, job: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (name, job) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(job, job);
    last.set(name, turn);
    const leave = () => {
      if (last.get(name) === turn) last.delete(name);
    };
    turn.then(leave, leave);
    return turn;
  };
}
