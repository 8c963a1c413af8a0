import type { Contract } from "../../../adapters/ports/contract.ts";
import type { Prepared } from "../../kernel/changes.ts";
import { submitChange, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { withCurrentPassword } from "../../kernel/current-password.ts";
import { fail } from "../../kernel/errors.ts";
import { contractToChange } from "../../kernel/held-contracts.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { tellViewer } from "../../kernel/tell.ts";
import { today } from "../../kernel/today.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { readBankDetails, type TypedBankDetails } from "../bank/bank-input.ts";
import { maskIban } from "../../kernel/mask-iban.ts";
import { dayFaults } from "./days.ts";
import { directDebitInForce } from "./in-force.ts";
import { directDebitSubscribed } from "./mails.ts";
import { creditorOf, newMandateReference, type Creditor } from "./mandate.ts";
import type { subscribeMessages } from "./messages.ts";

type SubscribeFault = Fault<keyof typeof subscribeMessages>;

export interface TypedSubscription extends TypedBankDetails {
  readonly contractId: string;
  readonly day?: number | null;
  readonly mandateAccepted: boolean;
  readonly currentPassword: string;
  readonly idempotencyKey: string;
}
type Subscription = Omit<TypedSubscription, "currentPassword">;

/** NOT_SUPPORTED where the landlord's file names no creditor: a mandate must. */
export async function subscribeDirectDebit(
  context: RequestContext,
  { currentPassword, ...input }: TypedSubscription,
): Promise<Submitted<SubscribeFault>> {
  const contract = await contractToChange(context, input.contractId);
  if (!contract) throw fail(context, "NOT_FOUND");
  const creditor = creditorOf(context.landlord);
  if (!creditor) throw fail(context, "NOT_SUPPORTED");
  return submitChange<"DIRECT_DEBIT", SubscribeFault>(context, {
    kind: "DIRECT_DEBIT",
    contractKey: contract.key,
    idempotencyKey: input.idempotencyKey,
    // Without the password: nothing of it is kept, and a repeat need not give it again.
    input,
    prepare: async () => {
      const checked = await withCurrentPassword(context, signedIn(context), currentPassword);
      const faults = [
        ...(await situationFaults(context, contract)),
        ...dayFaults(context.landlord, input.day ?? null),
        ...(input.mandateAccepted ? [] : [notAccepted]),
        ...("fault" in checked ? [checked.fault] : []),
      ];
      return prepare(context, contract, creditor, input, faults);
    },
  });
}

const notAccepted = { code: "MANDATE_NOT_ACCEPTED", field: ["mandateAccepted"] } as const;

async function situationFaults(
  context: RequestContext,
  { key, status }: Contract,
): Promise<SubscribeFault[]> {
  if (status === "ENDED") return [{ code: "CONTRACT_ENDED", field: ["contractId"] }];
  const there = await directDebitInForce(context, key);
  const taken = there !== null && there !== "unknown";
  return taken ? [{ code: "ALREADY_SUBSCRIBED", field: ["contractId"] }] : [];
}

function prepare(
  context: RequestContext,
  contract: Contract,
  creditor: Creditor,
  input: Subscription,
  faults: readonly SubscribeFault[],
): Prepared<"DIRECT_DEBIT", SubscribeFault> {
  const read = readBankDetails(input);
  if ("faults" in read) return { faults: [...read.faults, ...faults] };
  if (faults.length > 0) return { faults };
  const { iban, bic, holder } = read.details;
  const mandate = {
    mandateReference: newMandateReference(),
    signedOn: today(context),
    holder,
    day: input.day ?? null,
  };
  const facts = {
    ...mandate,
    creditor,
    contract: contract.number,
    maskedIban: maskIban(iban),
  };
  return {
    payload: { action: "SUBSCRIBE", ...mandate, iban, bic },
    keep: (store) => tellViewer(context, store, directDebitSubscribed, facts),
  };
}
