import type { Submitted } from "./changes.ts";
import { showChange, type Change } from "./change-types.ts";
import type { RequestContext } from "./context.ts";
import { userErrors, type Fault, type Messages, type UserError } from "./user-errors.ts";

/** The payload of a mutation that answers with a change, or with what the person can mend. */
export function changePayload<Code extends string>(
  context: RequestContext,
  messages: Messages<Code>,
  submitted: Submitted<Fault<Code>>,
): { change: Change | null; userErrors: UserError[] } {
  if ("faults" in submitted) {
    const faults = submitted.faults as readonly Fault<Code>[];
    return { change: null, userErrors: userErrors(context, messages, faults) };
  }
  return { change: showChange(context, submitted.change), userErrors: [] };
}
