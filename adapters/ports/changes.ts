/** What every port that changes something has in common. */
import { z } from "zod";
import type { Call, Port } from "./port.ts";
import { Key, Moment } from "./values.ts";

/**
 * How sending a change twice is kept from applying it twice:
 * - `KEY`: the ERP takes our operation id, and refuses or ignores a second one.
 * - `STORED_ID`: the ERP keeps our operation id where `lookUp` finds it.
 * - `COMPARE`: `lookUp` compares what stands there with what was asked; applying it again would
 *   leave the same.
 * - `NONE`: nothing of the kind. After an unknown outcome it is not sent again: a person decides.
 *
 * Payments and bank details need one of the first three.
 */
export const repeats = ["KEY", "STORED_ID", "COMPARE", "NONE"] as const;
export type Repeat = (typeof repeats)[number];

/** A file that is kept by us until the ERP has it. */
export const FileRef = z.strictObject({
  uploadId: z.string().min(1),
  /** A safe name with its extension, no path. */
  fileName: z.string().regex(/^[^/\\\p{Cc}]{1,200}$/u),
  mediaType: z.enum(["application/pdf", "image/jpeg", "image/png", "image/heic"]),
  sizeBytes: z.int().positive(),
});
export type FileRef = z.infer<typeof FileRef>;

/** A change on its way to the ERP. */
export interface Submission<P> {
  /** UUIDv7. The same at every try, unique for ever; the receipt that the person holds. */
  readonly operationId: string;
  /** Who asks, as the ERP names them. */
  readonly personKey: string;
  /** Whose contract it is about; null for what is about the person. Ownership has been checked. */
  readonly contractKey: string | null;
  readonly submittedAt: Moment;
  readonly payload: P;
  /** The bytes of a file of the payload; may be read more than once. */
  open(file: FileRef): AsyncIterable<Uint8Array>;
}

/** Why the landlord's system refused: shown to the person in words of ours. */
export const Rejection = z.enum([
  /** A value that the ERP does not accept. */
  "INVALID",
  /** What was to be changed has been changed by somebody else in the meantime. */
  "CHANGED_MEANWHILE",
  /** What was to be changed is not there any more, or never was. */
  "UNKNOWN_THING",
  /** It is there already. */
  "ALREADY_EXISTS",
  /** The contract is blocked, ended, or under a rule that forbids it. */
  "NOT_POSSIBLE",
  "OTHER",
]);
export type Rejection = z.infer<typeof Rejection>;

const applied = z.strictObject({
  state: z.literal("APPLIED"),
  /** What the ERP calls what came of it: the key of a request, of a payment. */
  reference: Key.nullable(),
});
const pending = z.strictObject({
  /** The ERP has it for certain, and will apply or refuse it later (batch of the night). */
  state: z.literal("PENDING"),
  reference: Key.nullable(),
  /** By when, where the ERP tells. */
  effectiveBy: Moment.nullable(),
});
const rejected = z.strictObject({ state: z.literal("REJECTED"), reason: Rejection });

/** What the ERP said of a change. Only its own clear answer counts: anything else is an error. */
export const Outcome = z.discriminatedUnion("state", [applied, pending, rejected]);
export type Outcome = z.infer<typeof Outcome>;

export const LookUp = z.discriminatedUnion("state", [
  applied,
  pending,
  rejected,
  /** The ERP certainly has nothing of it. */
  z.strictObject({ state: z.literal("ABSENT") }),
  /** The ERP cannot be asked such a thing: always so where `repeat` is NONE. */
  z.strictObject({ state: z.literal("UNKNOWABLE") }),
]);
export type LookUp = z.infer<typeof LookUp>;

/** How one kind of change reaches an ERP. */
export interface Changes<P> {
  readonly repeat: Repeat;
  /**
   * Sends it. Throws a PortError with `notApplied` when it is certain that nothing was applied and
   * it may be sent again; any other error means that nobody knows.
   */
  submit(change: Submission<P>, call: Call): Promise<Outcome>;
  /** What became of a change that may have been sent before. Never sends anything. */
  lookUp(change: Submission<P>, call: Call): Promise<LookUp>;
}

export interface ChangePort<P> extends Port<Changes<P>> {
  /** What is asked, as it is kept (sealed) until its end. */
  readonly payload: z.ZodType<P>;
  /** In which order is kept: changes about one contract, or one person, reach the ERP in order. */
  readonly about: "CONTRACT" | "PERSON";
}

/** Declares a port of changes; see `port`. */
export function changePort<P>(
  name: string,
  about: "CONTRACT" | "PERSON",
  payload: z.ZodType<P>,
): ChangePort<P> {
  const methods = {
    submit: { of: "write", answer: Outcome },
    lookUp: { of: "lookUp", answer: LookUp },
  } as const;
  return { name, methods, payload, about };
}
