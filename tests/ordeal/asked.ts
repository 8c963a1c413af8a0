/** What people asked for, as the ordeal remembers it. */
export interface Asked {
  readonly landlord: string;
  /** The port that takes it to the ERP: `occupantChanges`. */
  readonly port: string;
  /** The ERP's key of the contract, or of the person, that it is about. */
  readonly about: string;
  /** What the ERP's record of it contains, each of them. */
  readonly marks: readonly RegExp[];
  /** It may be so already, and then the ERP keeps no record of it: the end of a mandate, its day. */
  readonly mayHoldAlready?: boolean;
  /** Its place among all that this person asked for, each after the one before was acknowledged. */
  readonly sequence: number;
  /** Whether the acknowledgement came from the one whom the order goes by: not for payments. */
  readonly ordered: boolean;
  /** Empty: never acknowledged. More than one: the same request was taken for several. */
  readonly receipts: Set<string>;
}

export type Status =
  | "ACCEPTED"
  | "SENDING"
  | "UNKNOWN"
  | "SENT"
  | "APPLIED"
  | "REJECTED"
  | "NEEDS_ATTENTION";

/** By receipt, as each person's own list says at the end. */
export type Told = ReadonlyMap<string, Status>;
