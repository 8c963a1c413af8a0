/** `round` again and again, never twice at once: after `wake` at once, else after a pause of `pauseMs`. */
export function runRounds(
  round: () => Promise<unknown>,
  pauseMs: number,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): { wake: () => void; ended: Promise<void> } {
  let woken = false;
  let endPause = () => {};
  const wake = () => {
    woken = true;
    endPause();
  };
  signal.addEventListener("abort", wake, { once: true });
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!signal.aborted) {
      woken = false;
      await round().catch(onError);
      if (!woken) await pause();
    }
  };
  return { wake, ended: run() };
}
