/** The one connection of a process to Redis: for kept answers, and for counting requests together. */
import { createClient } from "@redis/client";

export type Redis = ReturnType<typeof connectRedis>;

/** Beyond so many commands without an answer, further ones fail at once. */
const mostWaiting = 2_000;

/**
 * Connects in the background, for as long as it takes: a gateway starts, and serves, without its
 * Redis. `onTurn` hears once when it goes, and once when it is back. Whoever opened it destroys it.
 */
export function connectRedis(url: string, onTurn: (connected: boolean) => void) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: mostWaiting,
    socket: { connectTimeout: 2_000, reconnectStrategy: (tries) => Math.min(tries * 100, 2_000) },
  });
  let connected = true;
  const tell = (now: boolean) => {
    if (connected !== now) onTurn(now);
    connected = now;
  };
  client.on("error", () => tell(false)).on("ready", () => tell(true));
  client.connect().catch(() => tell(false));
  return client;
}
