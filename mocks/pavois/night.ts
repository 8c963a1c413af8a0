import { bookPayment } from "../world/apply.ts";
import type { World } from "../world/types.ts";
import { unbooked } from "./kept.ts";

/** The evening's batch: the day's card payments go into accounts and balances. */
export function runEvening({ contracts, today }: World): { applied: number; refused: number } {
  let applied = 0;
  for (const contract of contracts) {
    const payments = unbooked.of(contract);
    for (const payment of payments) bookPayment(contract, payment, today);
    if (payments.length > 0) unbooked.set(contract, []);
    applied += payments.length;
  }
  return { applied, refused: 0 };
}
