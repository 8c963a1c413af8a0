import { contracts } from "../../../adapters/ports/contract.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { load } from "../../kernel/loaders.ts";
import { signedIn } from "../../kernel/ownership.ts";

/** Which of the viewer's persons has the contract: it is in their name that the ERP books. */
export async function payerOf(context: RequestContext, contractKey: string): Promise<string> {
  for (const personKey of signedIn(context).personKeys) {
    const own = await load(context, contracts, "ofPersons", personKey);
    if (own.some(({ key }) => key === contractKey)) return personKey;
  }
  throw fail(context, "NOT_FOUND");
}
