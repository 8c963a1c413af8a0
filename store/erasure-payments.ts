/**
 * What an erased account leaves of its payments. Money that was taken is booked whoever has gone: of a
 * payment that may still turn out to be paid stays what books it, and nothing else.
 */
import { openedIfAny, type Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { paymentOf, type Payment } from "./payment-row.ts";

/**
 * So long after its beginning a provider may still tell that a payment was made: it is asked for a
 * month, and what it told while nobody could hear it is told again by hand soon after.
 */
export const lateNewsDays = 60;

export interface PaymentRemains {
  /** Of which the end is not known. */
  readonly underWay: number;
  /** Not paid as far as is known: without what it was for, until no news can come any more. */
  readonly mayStillBePaid: number;
  /** Of which amount, date, contract and the provider's references stay, for the books. */
  readonly kept: number;
}

interface Whose {
  readonly landlord: string;
  readonly accountId: string;
  /** Whether something is still on its way to the ERP: the booking of one of them, maybe. */
  readonly changesOpen: boolean;
}

export async function erasePayments(
  trx: Db,
  at: number,
  cipher: Cipher,
  { landlord, accountId, changesOpen }: Whose,
): Promise<PaymentRemains> {
  const rows = await trx
    .selectFrom("payments")
    .selectAll()
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .execute();
  const remains = { underWay: 0, mayStillBePaid: 0, kept: 0, gone: 0 };
  for (const row of rows) {
    // It may hold money, and the secret may come back: it stays as it is until then.
    if (openedIfAny(cipher, `payment:${row.id}`, row.content) === null) {
      remains.underWay += 1;
      continue;
    }
    const payment = paymentOf(cipher, row);
    const fate = fateOf(payment, row.next_ask_at !== null, { at, changesOpen });
    remains[fate] += 1;
    await fates[fate](trx, cipher, payment);
  }
  const { underWay, mayStillBePaid, kept } = remains;
  return { underWay, mayStillBePaid, kept };
}

type Fate = keyof PaymentRemains | "gone";

function fateOf(
  { state, createdAt }: Payment,
  isAsked: boolean,
  { at, changesOpen }: { readonly at: number; readonly changesOpen: boolean },
): Fate {
  if (state === "PAID") return changesOpen ? "underWay" : "kept";
  if (isAsked || state === "CREATED" || state === "REDIRECTED") return "underWay";
  if (createdAt.getTime() > at - lateNewsDays * 24 * 3_600_000) return "mayStillBePaid";
  // Of what nobody knows, money may have been taken.
  return state === "UNKNOWN" ? "kept" : "gone";
}

type Erase = (trx: Db, cipher: Cipher, payment: Payment) => Promise<unknown>;

const withoutWords: Erase = async (
  trx,
  cipher,
  { id, personKey, contractKey, label, redirect },
) => {
  if (label === "" && redirect === null) return;
  const content = contentOf(cipher, id, { personKey, contractKey });
  await trx.updateTable("payments").set({ content, redirect: null }).where("id", "=", id).execute();
};

const fates: Readonly<Record<Fate, Erase>> = {
  underWay: withoutWords,
  mayStillBePaid: withoutWords,
  kept: async (trx, cipher, { id, contractKey }) => {
    const content = contentOf(cipher, id, { personKey: "", contractKey });
    await trx
      .updateTable("payments")
      .set({ account_id: `erased:${id}`, content, redirect: null })
      .where("id", "=", id)
      .execute();
  },
  gone: (trx, _cipher, { id }) => trx.deleteFrom("payments").where("id", "=", id).execute(),
};

const contentOf = (
  cipher: Cipher,
  id: string,
  keys: { readonly personKey: string; readonly contractKey: string },
): string => cipher.seal(`payment:${id}`, JSON.stringify({ ...keys, label: "" }));
