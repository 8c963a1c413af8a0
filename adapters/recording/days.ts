/** Days in the ways in which ERPs write them. */

interface Form {
  readonly pattern: RegExp;
  /** Which groups are year, month and day. */
  readonly parts: readonly [number, number, number];
}

const forms: readonly Form[] = [
  { pattern: /^(\d{4})-(\d{2})-(\d{2})(?=$|[T ])/, parts: [1, 2, 3] },
  { pattern: /^(\d{4})\/(\d{2})\/(\d{2})(?=$|[T ])/, parts: [1, 2, 3] },
  { pattern: /^(\d{2})[/.-](\d{2})[/.-](\d{4})(?=$|[T ])/, parts: [3, 2, 1] },
  { pattern: /^(\d{4})(\d{2})(\d{2})(?=$|T?\d{6}$|T\d{4})/, parts: [1, 2, 3] },
  { pattern: /^(\d{2})(\d{2})(\d{4})$/, parts: [3, 2, 1] },
];

export interface FoundDay {
  readonly isoDay: string;
  /** The same text with another day. */
  with(isoDay: string): string;
}

/** Whole seconds since 1970, of a midnight here or of a round moment; null for other numbers. */
function epochIn(text: string): FoundDay | null {
  const seconds = Number(text);
  if (!/^-?\d{5,10}$/.test(text) || seconds % 900 !== 0) return null;
  const isoDay = new Date((seconds + 12 * 3600) * 1000).toISOString().slice(0, 10);
  return { isoDay, with: (day) => String(midnightLike(seconds, day)) };
}

const inParis = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Paris", timeStyle: "short" });
const isMidnight = (seconds: number) => inParis.format(new Date(seconds * 1000)) === "00:00";

/** A midnight in France stays one, whatever the season. */
function midnightLike(seconds: number, isoDay: string): number {
  const utc = Date.parse(isoDay) / 1000;
  if (!isMidnight(seconds)) return utc;
  return [utc - 3600, utc - 7200].find(isMidnight) ?? utc;
}

/** The day with which a text begins, if it is a day, perhaps with a time; null otherwise. */
export function dayIn(text: string): FoundDay | null {
  for (const { pattern, parts } of forms) {
    const match = pattern.exec(text);
    if (!match || !/^[\dT :.,+Z/-]*$/i.test(text)) continue;
    const [year, month, day] = parts.map((part) => match[part]!) as [string, string, string];
    if (!isDay(year, month, day)) continue;
    const whole = match[0];
    return {
      isoDay: `${year}-${month}-${day}`,
      with: (isoDay) => {
        const [newYear, newMonth, newDay] = isoDay.split("-") as [string, string, string];
        const fresh = new Map([
          [parts[0], newYear],
          [parts[1], newMonth],
          [parts[2], newDay],
        ]);
        let group = 0;
        const made = whole.replace(groupsOf(parts), () => fresh.get(++group)!);
        return made + text.slice(whole.length);
      },
    };
  }
  return epochIn(text);
}

const groupsOf = (parts: Form["parts"]) =>
  parts[0] === 1 ? /^\d{4}|(?<=^\d{4}\D?)\d{2}|\d{2}$/g : /^\d{2}|(?<=^\d{2}\D?)\d{2}|\d{4}$/g;

function isDay(year: string, month: string, day: string): boolean {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  return y >= 1900 && y <= 2100 && m >= 1 && m <= 12 && d >= 1 && d <= 31;
}
