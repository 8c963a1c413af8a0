import { addDays, daysBetween, earlier, firstOfMonth, lastOfMonth, later, yearOf } from "./days.ts";
import type { Random } from "./random.ts";
import type { WorldNotice, WorldRegularisation } from "./types.ts";

/** What is asked for and when. */
export interface Billing {
  start: string;
  end: string | null;
  /** The first day for which the books are kept. */
  from: string;
  /** Per month, in the year of the last notice; earlier years were a little cheaper. */
  tariff: { label: string; cents: number }[];
  /** Day of the month on which it is due, 5 to 12. */
  dueDay: number;
  /** No more notices than this. */
  noticesAtMost: number;
}

type Notice = Omit<WorldNotice, "number">;

/** Notices go out on this day of the month before. */
const issueDay = 24;

/** The notices issued up to the evening of `until`, oldest first. */
export function noticesOf(billing: Billing, until: string): Notice[] {
  const notices: Notice[] = [];
  const begin = later(billing.start, billing.from);
  for (let month = firstOfMonth(begin); notices.length < billing.noticesAtMost;) {
    const notice = noticeOf(billing, later(month, begin), until);
    if (notice.issuedOn > until || (billing.end !== null && month > billing.end)) break;
    notices.push(notice);
    month = firstOfMonth(month, 1);
  }
  return notices;
}

function noticeOf(billing: Billing, from: string, until: string): Notice {
  const to = earlier(lastOfMonth(from), billing.end ?? "9999");
  const first = from === billing.start;
  const regular = addDays(firstOfMonth(from, -1), issueDay - 1);
  const share = daysBetween(from, to) / daysBetween(firstOfMonth(from), lastOfMonth(from));
  return {
    issuedOn: first ? from : later(regular, billing.start),
    period: { from, to },
    dueDate: first ? addDays(from, 15) : addDays(firstOfMonth(from), billing.dueDay - 1),
    lines: billing.tariff.map(({ label, cents }) => ({
      label,
      cents: Math.round(cents * share * rise(yearOf(until) - yearOf(from))),
    })),
  };
}

/** Rents rise by 1.5 % each January. */
const rise = (yearsAgo: number) => 0.985 ** Math.max(0, yearsAgo);

/** What a notice asks for as provisions for charges; the rest is rent. */
export function provisionsOf(notice: Pick<WorldNotice, "lines">): number {
  return notice.lines
    .filter((line) => line.label.startsWith("Provision"))
    .reduce((sum, line) => sum + line.cents, 0);
}

/** One per year for which all provisions are in `notices`, issued in June of the next year. */
export function regularisationsOf(
  billing: Billing,
  notices: Notice[],
  until: string,
  random: Random,
): Omit<WorldRegularisation, "number">[] {
  const done: Omit<WorldRegularisation, "number">[] = [];
  for (let year = yearOf(billing.from); year < yearOf(until); year++) {
    const issuedOn = `${year + 1}-06-${random.int(12, 20)}`;
    const difference = random.pick([1, -1]) * random.int(101, 1800);
    const provisionsCents = notices
      .filter((notice) => yearOf(notice.period.from) === year)
      .reduce((sum, notice) => sum + provisionsOf(notice), 0);
    const complete = billing.from <= later(billing.start, `${year}-01-01`);
    if (!complete || provisionsCents === 0 || issuedOn > until) continue;
    const share = 1 + difference / 10_000;
    done.push({
      issuedOn,
      year,
      actualCents: Math.round(provisionsCents * share),
      provisionsCents,
    });
  }
  return done;
}
