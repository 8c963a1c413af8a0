/**
 * How many requests within a minute. By address, before anybody is recognised: there is room for the
 * people behind one router. By person and by landlord, weighted by what an operation costs. Tries at
 * passwords are counted apart, in the store: see `subgraphs/kernel/limits.ts`.
 */
import {
  RLWrapperTimeouts,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from "rate-limiter-flexible";
import type { RequestContext, Viewer } from "../../subgraphs/kernel/context.ts";
import { networkOf } from "../../subgraphs/kernel/network.ts";
import type { Redis } from "../redis.ts";

const windowS = 60;
/** A person, compared with an address: a front-end asks for a handful of screens, the eager for a hundred. */
const personShare = 1 / 2;
/** A landlord, compared with an address: not reached by its tenants, only by a flood from everywhere. */
const landlordShare = 50;
/** Redis answers within a millisecond. Where it does not, each process counts for itself. */
const redisMs = 200;

export interface Rates {
  /** Null, or in how many seconds this address may ask again. */
  ofAddress(address: string | undefined): Promise<number | null>;
  /** The same for who is signed in and for the landlord as a whole; those without a name are addresses. */
  ofRequest(
    context: Pick<RequestContext, "viewer" | "landlord" | "clientAddress">,
    weight: number,
  ): Promise<number | null>;
}

export interface RatesOptions {
  /** Of one address; the others follow from it. */
  readonly perMinute: number;
  /** Null: each process counts for itself. */
  readonly redis: Redis | null;
}

export function createRates({ perMinute, redis }: RatesOptions): Rates {
  const limiter = (keyPrefix: string, share: number) =>
    createLimiter(keyPrefix, Math.ceil(perMinute * share), redis);
  const addresses = limiter("rate:address", 1);
  const people = limiter("rate:person", personShare);
  const landlords = limiter("rate:landlord", landlordShare);
  return {
    ofAddress: (address) => secondsLeft(addresses, networkOf(address), 1),
    async ofRequest({ viewer, landlord, clientAddress }, weight) {
      const person = viewer
        ? await secondsLeft(people, `${landlord.id}:${askerOf(viewer)}`, weight)
        : await secondsLeft(addresses, clientAddress, weight - 1);
      return person ?? secondsLeft(landlords, landlord.id, weight);
    },
  };
}

/** Whoever looks at a person's space uses up their own share, not the person's. */
const askerOf = ({ accountId, support }: Viewer) => support?.staffId ?? accountId;

function createLimiter(
  keyPrefix: string,
  points: number,
  redis: Redis | null,
): RateLimiterAbstract {
  const memory = new RateLimiterMemory({ keyPrefix, points, duration: windowS });
  if (!redis) return memory;
  const shared = new RateLimiterRedis({
    keyPrefix,
    points,
    duration: windowS,
    storeClient: redis,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
  });
  return new RLWrapperTimeouts({
    limiter: shared,
    timeoutMs: redisMs,
    insuranceLimiter: memory,
  });
}

async function secondsLeft(
  limiter: RateLimiterAbstract,
  key: string,
  points: number,
): Promise<number | null> {
  if (points === 0) return null;
  try {
    await limiter.consume(key, points);
    return null;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
  }
}
