/** What an erased account leaves behind for a while: what is under way, and what the law has us keep. */
import type { Cipher } from "./cipher.ts";
import { inTransaction, type Db } from "./database.ts";
import { erasePayments, type PaymentRemains } from "./erasure-payments.ts";
import { sealContext as ofAct } from "./support-acts.ts";
import { sealContext as ofUpload } from "./upload-row.ts";

interface Whose {
  readonly landlord: string;
  readonly accountId: string;
}

/** So long an erased account is looked at again: what a request of just then left is found too. */
const lookAgainMs = 24 * 3_600_000;

/**
 * Takes back what the ERP has certainly not got. A delivery that holds such a change finds nothing
 * left to send. How many there were.
 */
export async function cancelUnsent(
  trx: Db,
  at: number,
  { landlord, accountId, mustBeSent }: Whose & { readonly mustBeSent: readonly string[] },
): Promise<number> {
  let unsent = trx
    .deleteFrom("changes")
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .where("status", "=", "ACCEPTED");
  if (mustBeSent.length > 0) unsent = unsent.where("kind", "not in", [...mustBeSent]);
  const cancelled = await unsent.returning("id").execute();
  if (cancelled.length > 0) {
    const ids = cancelled.map(({ id }) => id);
    await trx
      .updateTable("uploads")
      .set({ state: "DONE", stored_key: null, expires_at: at })
      .where("landlord", "=", landlord)
      .where("change_id", "in", ids)
      .execute();
    await trx.deleteFrom("change_events").where("change_id", "in", ids).execute();
  }
  return cancelled.length;
}

/** What has ended goes; `underWay` has not. Of payments see `PaymentRemains`. */
export async function eraseRemains(
  trx: Db,
  at: number,
  cipher: Cipher,
  whose: Whose,
): Promise<PaymentRemains> {
  await eraseUploads(trx, at, cipher, whose);
  const changes = await eraseEnded(trx, cipher, whose);
  const payments = await erasePayments(trx, at, cipher, { ...whose, changesOpen: changes > 0 });
  return { ...payments, underWay: changes + payments.underWay };
}

/** Looks at all erased accounts of which something may be left. May run in several processes at once. */
export async function eraseAllRemains(db: Db, at: number, cipher: Cipher): Promise<void> {
  const rows = await db
    .selectFrom("erasures")
    .select(["landlord", "account_id", "erased_at"])
    .where("account_id", "is not", null)
    .execute();
  for (const { landlord, account_id: accountId, erased_at } of rows) {
    await inTransaction(db, async (trx) => {
      const whose = { landlord, accountId: accountId! };
      const { underWay, mayStillBePaid } = await eraseRemains(trx, at, cipher, whose);
      if (underWay + mayStillBePaid > 0 || erased_at > at - lookAgainMs) return;
      await trx
        .updateTable("erasures")
        .set({ account_id: null })
        .where("landlord", "=", landlord)
        .where("account_id", "=", accountId)
        .execute();
    });
  }
  // What the ERP listed for somebody who has gone, in answer to a question of just before.
  await db
    .deleteFrom("held_contracts")
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("account_persons")
            .select("account_persons.account_id")
            .whereRef("account_persons.landlord", "=", "held_contracts.landlord")
            .whereRef("account_persons.person_key", "=", "held_contracts.person_key"),
        ),
      ),
    )
    .execute();
}

async function eraseUploads(trx: Db, at: number, cipher: Cipher, whose: Whose): Promise<void> {
  const { landlord, accountId } = whose;
  const rows = await trx
    .selectFrom("uploads")
    .select(["id", "stored_as"])
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .where("state", "!=", "ATTACHED")
    .execute();
  for (const { id, stored_as } of rows) {
    const of = { landlord, id };
    if (stored_as === null) {
      await trx
        .deleteFrom("uploads")
        .where("landlord", "=", landlord)
        .where("id", "=", id)
        .execute();
      continue;
    }
    const file_name = cipher.seal(ofUpload("name", of), "");
    await trx
      .updateTable("uploads")
      .set({ state: "DONE", stored_key: null, sha256: null, file_name, expires_at: at })
      .where("landlord", "=", landlord)
      .where("id", "=", id)
      .execute();
  }
}

/** How many changes have not ended. */
async function eraseEnded(trx: Db, cipher: Cipher, { landlord, accountId }: Whose) {
  const rows = await trx
    .selectFrom("changes")
    .select(["id", "ended_at"])
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .execute();
  const ended = rows.filter(({ ended_at }) => ended_at !== null).map(({ id }) => id);
  await blankReasons(trx, cipher, landlord, [accountId, ...ended]);
  if (ended.length > 0) {
    await trx.deleteFrom("changes").where("id", "in", ended).execute();
  }
  return rows.length - ended.length;
}

/**
 * That somebody settled a change, or looked, stays; what they wrote of the person goes. Why they
 * erased the account stays: it proves that they were asked to.
 */
async function blankReasons(trx: Db, cipher: Cipher, landlord: string, subjects: string[]) {
  const acts = await trx
    .selectFrom("support_acts")
    .select("id")
    .where("landlord", "=", landlord)
    .where("subject", "in", subjects)
    .where("act", "!=", "ERASE_ACCOUNT")
    .execute();
  for (const { id } of acts) {
    const reason = cipher.seal(ofAct(id), "");
    await trx.updateTable("support_acts").set({ reason }).where("id", "=", id).execute();
  }
}
