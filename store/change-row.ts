/** A change as it stands in its table, and as the rest of the house sees it. */

export const changeStatuses = [
  "ACCEPTED",
  "SENDING",
  "UNKNOWN",
  "SENT",
  "APPLIED",
  "REJECTED",
  "NEEDS_ATTENTION",
] as const;
export type ChangeStatus = (typeof changeStatuses)[number];

export interface ChangesTable {
  /** UUID version 7: what the ERP is given as our name for it. */
  id: string;
  landlord: string;
  account_id: string;
  person_key: string;
  contract_key: string | null;
  lane: string;
  lane_position: number;
  kind: string;
  /** A keyed hash. */
  key_hash: string;
  /** A keyed hash. */
  request_hash: string;
  /** Sealed; null when it has had its time. */
  payload: string | null;
  status: ChangeStatus;
  submitted_at: number;
  effective_by: number | null;
  ended_at: number | null;
  reason: string | null;
  reference: string | null;
  /** How often it was sent. */
  attempts: number;
  /** While it is being delivered: when the lease ends. */
  next_attempt_at: number;
  /** Names the delivery that holds it: only the newest may say how it ended. */
  fence: number;
  /** A code of the table of errors. */
  last_error: string | null;
  /** When it was told that a person must look, as it took too long; null before. */
  attention_at: number | null;
  /** When the ERP said that it is applied, where it does not show it; null otherwise. */
  unconfirmed_since: number | null;
  /** When a back-up brought it back, open; null for one that no back-up did, or a person has sent again. */
  restored_at: number | null;
}

/** On their way to the ERP, or there without an end. */
export const open: ChangeStatus[] = ["ACCEPTED", "SENDING", "UNKNOWN", "SENT"];
/** What keeps later ones of its lane waiting. */
export const inTheWay: ChangeStatus[] = ["ACCEPTED", "SENDING", "UNKNOWN", "NEEDS_ATTENTION"];

export interface KeptChange {
  readonly id: string;
  readonly landlord: string;
  readonly accountId: string;
  readonly personKey: string;
  readonly contractKey: string | null;
  readonly kind: string;
  readonly status: ChangeStatus;
  readonly submittedAt: Date;
  /** By when it should be in force, where that is known. */
  readonly effectiveBy: Date | null;
  /** When it was applied or refused. */
  readonly endedAt: Date | null;
  /** Why it was refused; null otherwise. */
  readonly reason: string | null;
  /** What the ERP calls what came of it; null until it is known. */
  readonly reference: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
  /** Since when the ERP says that it is applied, and does not show it; null where that is not so. */
  readonly unconfirmedSince: Date | null;
}

export const keptColumns = [
  "id",
  "landlord",
  "account_id",
  "person_key",
  "contract_key",
  "kind",
  "status",
  "submitted_at",
  "effective_by",
  "ended_at",
  "reason",
  "reference",
  "attempts",
  "last_error",
  "unconfirmed_since",
] as const;

const moment = (ms: number | null) => (ms === null ? null : new Date(ms));

export function kept(row: Pick<ChangesTable, (typeof keptColumns)[number]>): KeptChange {
  return {
    id: row.id,
    landlord: row.landlord,
    accountId: row.account_id,
    personKey: row.person_key,
    contractKey: row.contract_key,
    kind: row.kind,
    status: row.status,
    submittedAt: new Date(row.submitted_at),
    effectiveBy: moment(row.effective_by),
    endedAt: moment(row.ended_at),
    reason: row.reason,
    reference: row.reference,
    attempts: row.attempts,
    lastError: row.last_error,
    unconfirmedSince: moment(row.unconfirmed_since),
  };
}
