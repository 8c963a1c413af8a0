/** The part of a landlord's file that says which ERP it is, and what that ERP bears. */
import { z } from "zod";

const HourOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected a time of day, like 22:00");

const Closed = z.strictObject({
  from: HourOfDay,
  to: HourOfDay,
  /**
   * `refuse`: the ERP is off then, and nothing is asked of it; what was kept is shown. `try`: it is
   * asked as by day; only changes wait.
   */
  reads: z.enum(["refuse", "try"]).default("refuse"),
});

const breakerDefaults = {
  leastCalls: 10,
  failureRatio: 0.5,
  windowMs: 30_000,
  pauseMs: 2_000,
  longestPauseMs: 30_000,
  credentialsPauseMs: 300_000,
};

/** When an ERP that fails is left alone. */
const Breaker = z.strictObject({
  /**
   * So many calls must have been made within the window before their failures count. It is left alone at
   * once when so many fail in a row, and so is one question that the ERP answered so often with a failure.
   * What fails for one person only counts once.
   */
  leastCalls: z.int().min(2).max(10_000).default(breakerDefaults.leastCalls),
  /** It is left alone when more than this share of them failed. */
  failureRatio: z.number().min(0.01).max(0.99).default(breakerDefaults.failureRatio),
  windowMs: z.int().min(1_000).max(600_000).default(breakerDefaults.windowMs),
  /** For how long at first, in milliseconds; then one call tries, and each failure doubles it. */
  pauseMs: z.int().min(100).max(600_000).default(breakerDefaults.pauseMs),
  longestPauseMs: z.int().min(100).max(3_600_000).default(breakerDefaults.longestPauseMs),
  /** For how long once the ERP has refused our credentials: asking again might lock them. */
  credentialsPauseMs: z.int().min(100).max(86_400_000).default(breakerDefaults.credentialsPauseMs),
});

const KeepRule = z.strictObject({
  /** For so long a kept answer is as good as a new one; 0: the ERP is asked each time. */
  freshSeconds: z.int().min(0).max(86_400).optional(),
  /** For so long it is shown, as STALE, when the ERP cannot be asked; 0: never. */
  staleSeconds: z
    .int()
    .min(0)
    .max(30 * 86_400)
    .optional(),
});

export const Erp = z.strictObject({
  /** A folder under adapters/erp/. */
  product: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** How many calls the ERP bears at once. */
  concurrency: z.int().min(1).max(100),
  /** How long one port call may take, waiting for a place included, in milliseconds. */
  deadlineMs: z.int().min(100).max(120_000),
  /**
   * How long the ERP may still be at work on a change after we gave up waiting for its answer, in
   * milliseconds: only then is it asked what became of the change.
   */
  settleMs: z.int().min(0).max(600_000).default(15_000),
  /**
   * How long the ERP may go on showing what stood there before a change that it said it applied, in
   * minutes: then somebody at the landlord's must look. It is asked at once, and again until then,
   * where an adapter compares what stands there with what was asked. 0: its word is enough.
   */
  readBackMinutes: z.int().min(0).max(1_440).default(10),
  /** When it is closed each night, in the landlord's time zone: no change is sent then. */
  closed: Closed.optional(),
  /** When an ERP that fails is left alone. */
  breaker: Breaker.default(breakerDefaults),
  /** Other times of keeping answers than those of `adapters/ports/`, by the name of a port. */
  keep: z.record(z.string(), KeepRule).default({}),
  /**
   * How often it is looked whether the ERP still describes the interface that its adapter was written
   * for, in hours; 0 for never.
   */
  driftCheckHours: z.int().min(0).max(720).default(24),
  /** Who vouches for the ERP, where it is not one of the authorities that everybody trusts. */
  tls: z
    .strictObject({
      /**
       * A file of certificates in PEM, from this file's folder on: those of the landlord's own
       * authority, or the ERP's own. Nobody else may vouch for this ERP then.
       */
      ca: z.string().min(1),
    })
    .optional(),
  /** Checked by the adapter's own schema. */
  settings: z.record(z.string(), z.unknown()),
});
