import { keyMessages } from "../../kernel/change-faults.ts";
import { submitChange, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { currentPasswordMessages, withCurrentPassword } from "../../kernel/current-password.ts";
import { fail } from "../../kernel/errors.ts";
import { contractToChange } from "../../kernel/held-contracts.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { tellViewer } from "../../kernel/tell.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { maskIban } from "../../kernel/mask-iban.ts";
import { bankMessages, readBankDetails, type TypedBankDetails } from "./bank-input.ts";
import { bankDetailsReplaced } from "./mails.ts";

export const replaceBankDetailsMessages = {
  ...keyMessages,
  ...bankMessages,
  ...currentPasswordMessages,
} as const;
type ReplaceFault = Fault<keyof typeof replaceBankDetailsMessages>;

export interface TypedReplacement extends TypedBankDetails {
  readonly contractId: string;
  readonly currentPassword: string;
  readonly idempotencyKey: string;
}

export async function replaceBankDetails(
  context: RequestContext,
  { currentPassword, ...input }: TypedReplacement,
): Promise<Submitted<ReplaceFault>> {
  const contract = await contractToChange(context, input.contractId);
  if (!contract) throw fail(context, "NOT_FOUND");
  return submitChange<"BANK_ACCOUNT", ReplaceFault>(context, {
    kind: "BANK_ACCOUNT",
    contractKey: contract.key,
    idempotencyKey: input.idempotencyKey,
    // Without the password: nothing of it is kept, and a repeat need not give it again.
    input,
    prepare: async () => {
      const read = readBankDetails(input);
      const checked = await withCurrentPassword(context, signedIn(context), currentPassword);
      const faults = [
        ...("faults" in read ? read.faults : []),
        ...("fault" in checked ? [checked.fault] : []),
      ];
      if ("faults" in read || faults.length > 0) return { faults };
      const { details } = read;
      const facts = { maskedIban: maskIban(details.iban), contract: contract.number };
      return {
        payload: details,
        keep: (store) => tellViewer(context, store, bankDetailsReplaced, facts),
      };
    },
  });
}
