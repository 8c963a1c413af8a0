import { PortError } from "../../../adapters/ports/errors.ts";
import type { PaymentDesk } from "../../../payments/desk.ts";
import { amountLimits, startPayment as begin, type StartProblem } from "../../../payments/start.ts";
import type { Payment } from "../../../store/payment-row.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { isIdempotencyKey } from "../../kernel/idempotency-key.ts";
import { deniedUntil, tooMany } from "../../kernel/limits.ts";
import { ownContract, signedIn } from "../../kernel/ownership.ts";
import type { Contract } from "../../../adapters/ports/contract.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { paymentDesk } from "./desk.ts";
import type { startPaymentMessages } from "./messages.ts";
import { dueOn, isBlocked } from "./options.ts";
import { payerOf } from "./payer.ts";

type StartFault = Fault<keyof typeof startPaymentMessages>;

export interface TypedPayment {
  readonly contractId: string;
  /** Exact decimal text. */
  readonly amount: string;
  readonly idempotencyKey: string;
}

export type StartedPayment =
  | { readonly payment: Payment }
  | { readonly faults: readonly StartFault[] };

/** Begins a payment of the viewer's for a contract of theirs: once for a key. */
export async function startPayment(
  context: RequestContext,
  input: TypedPayment,
): Promise<StartedPayment> {
  const contract = await ownContract(context, input.contractId);
  if (!contract) throw fail(context, "NOT_FOUND");
  const desk = paymentDesk(context);
  if (!isIdempotencyKey(input.idempotencyKey)) {
    return { faults: [{ code: "IDEMPOTENCY_KEY_INVALID", field: ["idempotencyKey"] }] };
  }
  const amount = exact(input.amount);
  if (amount === null) return { faults: [{ code: "AMOUNT_INVALID", field: ["amount"] }] };
  const { accountId } = signedIn(context);
  // Only what is new counts: a client repeats its key for as long as it has no page.
  if (
    !(await context.store.payments.isKnown(context.landlord.id, accountId, input.idempotencyKey))
  ) {
    const until = await deniedUntil(context, [["paymentStart", accountId]]);
    if (until) return { faults: [tooMany(context, until)] };
  }
  return begun(context, desk, contract, { ...input, amount });
}

/** `12.5` is `12.50`, `12.505` is no amount of money. */
function exact(typed: string): string | null {
  const [, euros, cents = ""] = /^(\d{1,12})(?:\.(\d{1,2})0{0,2})?$/.exec(typed) ?? [];
  return euros === undefined ? null : `${BigInt(euros)}.${cents.padEnd(2, "0")}`;
}

async function begun(
  context: RequestContext,
  desk: PaymentDesk,
  contract: Contract,
  { amount, idempotencyKey }: TypedPayment,
): Promise<StartedPayment> {
  const { accountId, email } = signedIn(context);
  const due = await dueOn(context, contract.key);
  try {
    const started = await begin(desk, {
      accountId,
      personKey: await payerOf(context, contract.key),
      contractKey: contract.key,
      label: contract.number,
      email,
      language: context.language,
      amount,
      due,
      blocked: isBlocked(contract, due),
      idempotencyKey,
      requestId: context.requestId,
    });
    if (started.outcome !== "REFUSED") return { payment: started.payment };
    return { faults: [faultOf(desk, started.problem)] };
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return { faults: [{ code: "PROVIDER_UNAVAILABLE", field: [] }] };
  }
}

function faultOf(desk: PaymentDesk, problem: StartProblem): StartFault {
  switch (problem) {
    case "KEY_USED":
      return { code: "IDEMPOTENCY_KEY_REUSED", field: ["idempotencyKey"] };
    case "CONTRACT_BLOCKED":
      return { code: problem, field: ["contractId"] };
    case "EMAIL_REFUSED":
      return { code: problem, field: [] };
    default:
      return { code: problem, field: ["amount"], values: amountLimits(desk) };
  }
}
