/** Clients who download, as fast as they can or slowly. */
import { get, type IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

/** Resolves when the headers came; nothing of the file is read yet. Rejects for all but a 200. */
export function openDownload(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { agent: false }, (answer) => {
      if (answer.statusCode === 200) resolve(answer);
      else reject(new Error(`${answer.statusCode} instead of a file`));
    });
    asked.on("error", reject);
  });
}

/** How many bytes came. Rejects when the file is cut. */
export async function readAll(download: IncomingMessage): Promise<number> {
  let size = 0;
  for await (const piece of download) size += (piece as Buffer).length;
  return size;
}

/** Takes a piece ten times a second, for so long, then leaves; how many bytes it got. */
export async function readSlowly(download: IncomingMessage, forMs: number): Promise<number> {
  const until = performance.now() + forMs;
  let size = 0;
  for await (const piece of download) {
    size += (piece as Buffer).length;
    if (performance.now() > until) break;
    await wait(100);
  }
  return size;
}
