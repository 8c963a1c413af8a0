/** Why a file is not taken. Each has a text for the person who sent it, in `gateway/uploads/`. */
export type RefusalCode =
  /** The link is none, is past its time, or is of a session that has ended. */
  | "LINK_NOT_FOUND"
  /** Its file has come already. */
  | "ALREADY_RECEIVED"
  | "TOO_LARGE"
  /** Not as many bytes as were declared. */
  | "SIZE_DIFFERS"
  /** By its bytes it is not of the declared type, or of none that is known. */
  | "TYPE_DIFFERS"
  /** It begins as a file of its type, and cannot be read to its end. */
  | "DAMAGED"
  /** More pixels than a photo has. */
  | "TOO_MANY_PIXELS"
  /** It does something when it is opened, or holds other files or pages. */
  | "ACTIVE_CONTENT"
  /** Encrypted, so that nobody can tell what it does. */
  | "PROTECTED"
  | "VIRUS_FOUND"
  /** Nothing came for a while, or it took too long. */
  | "TOO_SLOW"
  /** The sender left before the end. */
  | "CUT_OFF"
  | "SCANNER_UNAVAILABLE"
  | "STORAGE_FULL";

export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, options?: { cause?: unknown }) {
    super(code, options);
    this.name = "Refusal";
    this.code = code;
  }
}
