import { directDebits, type DirectDebit } from "../../../adapters/ports/billing.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { isErpAway } from "../../kernel/held-contracts.ts";
import { load } from "../../kernel/loaders.ts";

/**
 * The contract's direct debit that is not ended; null when there is none. `"unknown"` where the
 * landlord's system does not tell, or cannot be asked: it then decides itself.
 */
export async function directDebitInForce(
  context: RequestContext,
  contractKey: string,
): Promise<DirectDebit | "unknown" | null> {
  if (!context.ports.served.includes(directDebits.name)) return "unknown";
  try {
    const newest = await load(context, directDebits, "ofContracts", contractKey);
    return newest && newest.status !== "ENDED" ? newest : null;
  } catch (error) {
    if (isErpAway(error)) return "unknown";
    throw error;
  }
}
