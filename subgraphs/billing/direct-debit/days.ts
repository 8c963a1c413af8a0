import type { Landlord } from "../../kernel/landlord.ts";
import type { Fault } from "../../kernel/user-errors.ts";

/** Where the landlord offers days, one of them is needed; where it offers none, none is taken. */
export function dayFaults(
  { directDebit: { days } }: Pick<Landlord, "directDebit">,
  day: number | null,
): Fault<"DAY_NOT_OFFERED">[] {
  const fine = day === null ? days.length === 0 : days.includes(day);
  return fine ? [] : [{ code: "DAY_NOT_OFFERED", field: ["day"] }];
}
