import { addressMessages, readAddress, type TypedAddress } from "../../kernel/address-input.ts";
import { fieldMessages, keyMessages } from "../../kernel/change-faults.ts";
import { submitChange, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { longest } from "../../kernel/form-rules.ts";
import { contractToChange } from "../../kernel/held-contracts.ts";
import { textFaults } from "../../kernel/text-input.ts";
import type { Fault } from "../../kernel/user-errors.ts";

export const billingAddressMessages = {
  ...keyMessages,
  ...fieldMessages,
  ...addressMessages,
} as const;
type BillingAddressFault = Fault<keyof typeof billingAddressMessages>;

export interface TypedBillingAddress {
  readonly contractId: string;
  readonly recipient: string;
  readonly address: TypedAddress;
  readonly idempotencyKey: string;
}

export async function changeBillingAddress(
  context: RequestContext,
  input: TypedBillingAddress,
): Promise<Submitted<BillingAddressFault>> {
  const contract = await contractToChange(context, input.contractId);
  if (!contract) throw fail(context, "NOT_FOUND");
  return submitChange(context, {
    kind: "BILLING_ADDRESS",
    contractKey: contract.key,
    idempotencyKey: input.idempotencyKey,
    input,
    prepare: () => {
      const label = { fr: "Destinataire", en: "Recipient" };
      const faults = textFaults(input.recipient, ["recipient"], label, longest.recipient);
      const read = readAddress(input.address, ["address"], context.landlord.addresses);
      if ("faults" in read) return { faults: [...faults, ...read.faults] };
      if (faults.length > 0) return { faults };
      return { payload: { recipient: input.recipient.trim(), address: read.address } };
    },
  });
}
