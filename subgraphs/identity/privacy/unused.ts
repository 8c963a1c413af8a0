/** Erases the accounts of one landlord that nobody uses any more, each a month after a mail to its owner. */
import type { Store } from "../../../store/store.ts";
import type { UnusedAccount } from "../../../store/unused-accounts.ts";
import { changesSentAnyway } from "../../kernel/change-kinds.ts";
import type { Landlord } from "../../kernel/landlord.ts";
import { post } from "../../kernel/post.ts";
import { accountUnused } from "./mails.ts";

interface House {
  readonly landlord: Landlord;
  readonly store: Store;
  readonly now: () => Date;
}

const noticeMs = 30 * 24 * 3_600_000;
/** A round's: a landlord who shortens the time sends no flood of mails. */
const mostAtOnce = 200;

/** One round; several processes may be at it. How many were told, and erased. */
export async function eraseUnused(
  house: House,
): Promise<{ readonly told: number; readonly erased: number }> {
  return {
    erased: await untilNone(house.store, (bound) => eraseOne(house, bound)),
    told: await untilNone(house.store, (bound) => tellOne(house, bound)),
  };
}

async function untilNone(store: Store, one: (bound: Store) => Promise<boolean>): Promise<number> {
  let done = 0;
  while (done < mostAtOnce && (await store.transaction(one))) done += 1;
  return done;
}

async function eraseOne({ landlord, now }: House, bound: Store): Promise<boolean> {
  // A month later, whatever became of the mail since, it is still unused.
  const toldBefore = new Date(now().getTime() - noticeMs);
  const unused = await bound.unusedAccounts.holdOne(
    landlord.id,
    unusedSince(landlord, now()),
    toldBefore,
  );
  if (!unused) return false;
  await bound.erasures.erase(landlord.id, unused.id, { mustBeSent: changesSentAnyway });
  return true;
}

async function tellOne({ landlord, now }: House, bound: Store): Promise<boolean> {
  const unused = await bound.unusedAccounts.tellOne(landlord.id, unusedSince(landlord, now()));
  if (!unused) return false;
  await post(bound, landlord, unused.email, letterTo(landlord, unused, now()));
  return true;
}

function letterTo(landlord: Landlord, { language }: UnusedAccount, now: Date) {
  const on = new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", {
    dateStyle: "long",
    timeZone: landlord.timeZone,
  }).format(new Date(now.getTime() + noticeMs));
  return accountUnused(landlord, language, {
    months: landlord.accounts.eraseUnusedAfterMonths,
    on,
  });
}

function unusedSince({ accounts }: Landlord, now: Date): Date {
  const since = new Date(now);
  since.setUTCMonth(since.getUTCMonth() - accounts.eraseUnusedAfterMonths);
  return since;
}
