/** What the landlord's people did by hand: who, what, to which thing, why. Only ever added to. */
import { randomUUIDv7 } from "node:crypto";
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";

export interface SupportActsTable {
  /** UUID version 7. */
  id: string;
  landlord: string;
  actor: string;
  act: string;
  subject: string;
  /** Sealed. */
  reason: string;
  at: number;
}

interface SupportAct {
  readonly landlord: string;
  /** The account. */
  readonly actor: string;
  /** `SETTLE_CHANGE:APPLIED`. */
  readonly act: string;
  /** What it was done to: a receipt. */
  readonly subject: string;
  /** As the person wrote it. */
  readonly reason: string;
}

export interface SupportActs {
  /** In the caller's transaction: the one in which it is done. */
  note(act: SupportAct): Promise<void>;
  /** The newest first. */
  ofLandlord(landlord: string, limit: number): Promise<(SupportAct & { readonly at: Date })[]>;
}

export const sealContext = (id: string) => `support act:${id}`;

export function createSupportActs(db: Db, now: () => Date, cipher: Cipher): SupportActs {
  return {
    note: async ({ landlord, actor, act, subject, reason }) => {
      const id = randomUUIDv7();
      const sealed = cipher.seal(sealContext(id), reason);
      await db
        .insertInto("support_acts")
        .values({ id, landlord, actor, act, subject, reason: sealed, at: now().getTime() })
        .execute();
    },
    ofLandlord: async (landlord, limit) => {
      const rows = await db
        .selectFrom("support_acts")
        .selectAll()
        .where("landlord", "=", landlord)
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return rows.map(({ id, reason, at, ...act }) => ({
        ...act,
        reason: cipher.open(sealContext(id), reason),
        at: new Date(at),
      }));
    },
  };
}
