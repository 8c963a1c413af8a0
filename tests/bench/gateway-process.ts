/**
 * A gateway in a process of its own, which tells its parent how much memory it takes: for each
 * message it gets, the most since the message before, and how much it is now.
 */
import { run } from "../../gateway/run.ts";

export interface Memory {
  readonly mostBytes: number;
  readonly nowBytes: number;
}

const everyMs = 10;

const tell = (message: Memory | { url: string }) => void process.send?.(message);

let most = 0;
const look = (): number => {
  const now = process.memoryUsage.rss();
  most = Math.max(most, now);
  return now;
};
setInterval(look, everyMs);

process.on("message", () => {
  const nowBytes = look();
  tell({ mostBytes: most, nowBytes });
  most = nowBytes;
});

const { url } = await run(process.env);
tell({ url });
