/** `20261121081530`, in UTC, as Lyra's forms write moments. */
export function compactUtc(moment: Date): string {
  return moment.toISOString().replace(/\D/g, "").slice(0, 14);
}

/** The moment, or null for what is none. */
export function fromCompactUtc(text: string): string | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  const moment = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(moment.getTime()) || compactUtc(moment) !== text
    ? null
    : moment.toISOString();
}
