/** A shelf in Redis, for several processes. Redis that is down or slow is an empty shelf, never an outage. */
import KeyvRedis from "@keyv/redis";
import type { RedisClientType } from "@redis/client";
import { Keyv } from "keyv";
import type { Name, Shelf } from "./shelf.ts";

/** What lies in Redis is unreadable there, and so are the names under which it lies. */
export interface Codec {
  /** `context` says what it is for; it must be the same to open it. */
  seal(context: string, plain: string): string;
  /** Throws for what was changed, or sealed for another context or with another secret. */
  open(context: string, sealed: string): string;
  fingerprint(context: string, value: string): string;
}

export interface RedisShelfOptions {
  /** Somebody else's, who connects it and closes it. */
  readonly client: RedisClientType;
  readonly codec: Codec;
  log(level: "warn", message: string, details: Record<string, unknown>): void;
}

/** Longer than this nobody waits for it. */
const patienceMs = 150;
/** For looking through all that lies there. */
const clearingMs = 5_000;
/** After so many failures in a row it is left alone for a while: a busy moment is none. */
const mostFailures = 5;
const restMs = 1_000;
const namespace = "trousseau-answers";

export function createRedisShelf({ client, codec, log }: RedisShelfOptions): Shelf {
  const store = new KeyvRedis(client, { namespace, throwOnErrors: true });
  const keyv = new Keyv<string>({ store, namespace, useKeyPrefix: false, throwOnErrors: true });
  const patience = createPatience(log);
  keyv.on("error", () => {});
  const tryIt = <T>(job: () => Promise<T>, otherwise: T): Promise<T> =>
    client.isReady ? patience.tryIt(job, otherwise) : Promise.resolve(otherwise);
  const ownerOf = (owner: string | null) => codec.fingerprint("whose kept answer", owner ?? "");
  const nameOf = ({ owner, id }: Name) =>
    `${ownerOf(owner)}.${codec.fingerprint("kept answer", id)}`;

  return {
    get: async (names) => {
      const nothing = names.map(() => undefined);
      const found = await tryIt<(string | undefined)[]>(() => keyv.get(names.map(nameOf)), nothing);
      return names.map(({ id }, index) => opened(codec, id, found[index]));
    },
    set: (name, text, forMs) => {
      void tryIt(() => keyv.set(nameOf(name), codec.seal(name.id, text), forMs), false);
    },
    clear: async (owner) => {
      const match = `${namespace}::${ownerOf(owner)}.*`;
      const removeAll = async () => {
        for await (const keys of client.scanIterator({ MATCH: match, COUNT: 1_000 })) {
          if (keys.length > 0) await client.unlink(keys);
        }
      };
      try {
        await soon(removeAll(), clearingMs);
      } catch (error) {
        log("warn", "what was kept of an account goes from Redis when its time is over only", {
          code: plainError(error),
        });
      }
    },
  };
}

/** Waits for Redis as long as it is worth it, and leaves it alone where it is not. */
function createPatience(log: RedisShelfOptions["log"]) {
  let restsUntil = 0;
  let failures = 0;
  let away = false;
  const failed = (error: unknown) => {
    failures += 1;
    if (failures < mostFailures) return;
    restsUntil = Date.now() + restMs;
    if (!away) log("warn", "Redis does not answer: nothing is kept", { code: plainError(error) });
    away = true;
  };
  const worked = () => {
    failures = 0;
    if (away) log("warn", "Redis answers again", {});
    away = false;
  };
  return {
    tryIt: async <T>(job: () => Promise<T>, otherwise: T): Promise<T> => {
      if (Date.now() < restsUntil) return otherwise;
      try {
        const answer = await soon(job());
        worked();
        return answer;
      } catch (error) {
        failed(error);
        return otherwise;
      }
    },
  };
}

function opened(codec: Codec, name: string, sealed: string | undefined): string | undefined {
  if (typeof sealed !== "string") return undefined;
  try {
    return codec.open(name, sealed);
  } catch {
    return undefined;
  }
}

/** Without the command, which an error of the client may carry along. */
const plainError = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : error instanceof Error ? error.name : "unknown";
};

async function soon<T>(job: Promise<T>, withinMs: number = patienceMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const giveUp = () => reject(new Error("too slow"));
    // Where it was we who were slow, the answer lies there: it is looked at first.
    timer = setTimeout(() => setImmediate(giveUp), withinMs);
  });
  job.catch(() => {}); // When it is too late, what becomes of it is nobody's error.
  try {
    return await Promise.race([job, late]);
  } finally {
    clearTimeout(timer);
  }
}
