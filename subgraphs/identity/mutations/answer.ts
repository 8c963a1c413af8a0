import type { RequestContext } from "../../kernel/context.ts";
import { message, type Fault } from "../messages.ts";
import type { UserError } from "../../kernel/user-errors.ts";

type Needs = Pick<RequestContext, "language">;

/** Faults as user errors, in the language of the request. */
export function userErrors({ language }: Needs, faults: readonly Fault[]): UserError[] {
  return faults.map(({ code, field, values }) => ({
    code,
    field: field.length > 0 ? [...field] : null,
    message: message(code, language, values),
  }));
}

type Refused = { readonly faults: readonly Fault[] };
type Result<Payload> = Readonly<Omit<Payload, "userErrors">>;

/** The payload of a mutation with a result: `refused` is the result where there are faults. */
export function answer<Payload extends { userErrors: UserError[] }>(
  context: Needs,
  outcome: Result<Payload> | Refused,
  refused: Result<Payload>,
): Result<Payload> & { userErrors: UserError[] } {
  if ("faults" in outcome) {
    return { ...refused, userErrors: userErrors(context, outcome.faults) };
  }
  return { ...outcome, userErrors: [] };
}
