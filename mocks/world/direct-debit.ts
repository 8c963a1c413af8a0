import { addDays, daysBetween } from "./days.ts";
import type { Random } from "./random.ts";
import type { WorldContract, WorldDirectDebit } from "./types.ts";

type Days = readonly [number, ...number[]];

/** On which days of the month each landlord debits. */
const daysByLandlord: Record<string, Days> = {
  "la-rochelle": [5, 10, 15],
  chartres: [6, 8, 10, 12, 15],
  ivry: [5, 8, 10],
  aubervilliers: [5, 10, 15],
  "immo-paris": [5, 10],
};

export const debitDaysOf = (landlord: string): Days => daysByLandlord[landlord] ?? [5, 10, 15];

/** The newest mandate: ACTIVE for whoever pays by direct debit, for most others none. */
export function directDebitOf(
  contract: Pick<WorldContract, "number" | "paymentMethod" | "start">,
  landlord: string,
  until: string,
  random: Random,
): WorldDirectDebit | null {
  const day = random.pick(debitDaysOf(landlord));
  const status = statusFor(contract.paymentMethod, random);
  const age = daysBetween(contract.start, until) - 1;
  if (status === null || (age < 1 && status !== "ACTIVE")) return null;
  const signedOn = addDays(until, -random.int(0, Math.max(0, age)));
  return {
    mandateReference: referenceOf(contract.number, signedOn, random),
    day,
    signedOn,
    status,
  };
}

function statusFor(
  method: WorldContract["paymentMethod"],
  random: Random,
): WorldDirectDebit["status"] | null {
  if (method === "DIRECT_DEBIT") return "ACTIVE";
  if (random.chance(12)) return "ENDED";
  return random.chance(3) ? "SUSPENDED" : null;
}

/** At most 35 characters, of those that SEPA allows; one in ten uses all of them. */
function referenceOf(contract: number, signedOn: string, random: Random): string {
  const short = `RUM-${String(contract).padStart(6, "0")}-${signedOn.replaceAll("-", "")}`;
  return random.chance(10) ? `++${short}`.padEnd(35, "0") : short;
}
