import { addDays, firstOfMonth } from "./days.ts";
import type { Random } from "./random.ts";
import type { WorldNotice } from "./types.ts";

/**
 * How a tenant pays.
 * - on time: what is owed, around the due date
 * - at issue: what is owed, on the day of the notice, so that nothing is ever left
 * - in part: a part every fifth month, the rest with the next notice
 * - in instalments: seven payments for each notice
 * - ahead: three months too much at the start, then each notice
 * - behind: like on time until four months ago, then one small part, then nothing
 * - returned: like on time, but three months ago the bank sent a payment back
 * - never
 */
export type Habit =
  | "on time"
  | "at issue"
  | "in part"
  | "in instalments"
  | "ahead"
  | "behind"
  | "returned"
  | "never";

export interface PlannedPayment {
  date: string;
  /** The part of what is owed on that day, 0 to 1; not looked at where `cents` is given. */
  share: number;
  cents: number | null;
  /** The day on which the bank sent it back, null if it did not. */
  returnedOn: string | null;
}

type Notice = Omit<WorldNotice, "number">;

/** The payments that a habit brings for these notices (oldest first), future ones included. */
export function payingPlan(habit: Habit, notices: Notice[], random: Random): PlannedPayment[] {
  const delay = habit === "on time" ? random.int(0, 5) : 0;
  return notices.flatMap((notice, i) => {
    const monthsAgo = notices.length - 1 - i;
    return paymentsFor(habit, notice, monthsAgo, i, delay);
  });
}

function paymentsFor(
  habit: Habit,
  notice: Notice,
  monthsAgo: number,
  index: number,
  delay: number,
): PlannedPayment[] {
  const onDue = (share: number) => [paying(addDays(notice.dueDate, delay), share)];
  switch (habit) {
    case "on time":
      return onDue(1);
    case "at issue":
      return [paying(notice.issuedOn, 1)];
    case "in part":
      return onDue(index % 5 === 2 ? 0.47 : 1);
    case "in instalments":
      return instalments(notice);
    case "ahead":
      return [{ ...paying(notice.issuedOn, 0), cents: totalOf(notice) * (index === 0 ? 4 : 1) }];
    case "behind":
      return monthsAgo > 3 ? onDue(1) : monthsAgo === 3 ? onDue(0.35) : [];
    case "returned":
      return monthsAgo === 3 ? returned(notice) : onDue(1);
    case "never":
      return [];
  }
}

const paying = (date: string, share: number): PlannedPayment => ({
  date,
  share,
  cents: null,
  returnedOn: null,
});

/** Every third day from the 2nd of the month, the last one with whatever is left. */
function instalments(notice: Notice): PlannedPayment[] {
  const second = addDays(firstOfMonth(notice.period.from), 1);
  return [0, 1, 2, 3, 4, 5, 6].map((i) => paying(addDays(second, 3 * i), 1 / (7 - i)));
}

function returned(notice: Notice): PlannedPayment[] {
  const back = { ...paying(notice.dueDate, 1), returnedOn: addDays(notice.dueDate, 5) };
  return [back, paying(addDays(notice.dueDate, 9), 1)];
}

const totalOf = (notice: Notice) => notice.lines.reduce((sum, line) => sum + line.cents, 0);
