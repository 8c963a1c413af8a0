import { lateNewsDays } from "../../../store/erasure-payments.ts";
import type { ErasureOutcome } from "../../../store/erasures.ts";
import { changesSentAnyway } from "../../kernel/change-kinds.ts";
import type { RequestContext, Viewer } from "../../kernel/context.ts";
import { currentPasswordCodes, withCurrentPassword } from "../../kernel/current-password.ts";
import type { Language, Texts } from "../../kernel/landlord.ts";
import { post } from "../../kernel/post.ts";
import { emailKey } from "../email.ts";
import type { Fault } from "../messages.ts";
import { accountErased } from "./mails.ts";

export const eraseCodes = [
  ...currentPasswordCodes,
  "EMAIL_CONFIRMATION_DIFFERS",
  "STAFF_ACCOUNT",
] as const;

export interface AccountErased {
  readonly erased: boolean;
  readonly cancelledChanges: number;
  readonly underWay: number;
  readonly notices: readonly string[];
}

const notices = {
  erp: {
    fr: "Votre dossier chez votre bailleur (bail, quittances, courriers) lui appartient et reste chez lui : pour l'exercice de vos droits sur ce dossier, adressez-vous à lui.",
    en: "Your file at your landlord's (lease, receipts, letters) is theirs and stays with them: turn to your landlord to exercise your rights over it.",
  },
  payments: {
    fr: "Des paiements faits ici, le montant, la date, le contrat et les références sont conservés dix ans, sans votre nom (code de commerce, art. L123-22).",
    en: "Of payments made here, amount, date, contract and references are kept for ten years, without your name (code de commerce, art. L123-22).",
  },
  mayStillBePaid: {
    fr: `D'un paiement qui n'a pas abouti, ce qui permet de vous l'attribuer si votre banque le débite tout de même est conservé ${lateNewsDays} jours.`,
    en: `Of a payment that came to nothing, what credits it to you if your bank takes it all the same is kept for ${lateNewsDays} days.`,
  },
  underWay: {
    fr: "Ce qui est en cours de transmission à votre bailleur s'achève d'abord, puis est effacé aussi.",
    en: "What is being handed over to your landlord ends first, and is then erased too.",
  },
  cancelled: {
    fr: "Ce qui n'avait pas encore été transmis à votre bailleur a été annulé.",
    en: "What had not been handed over to your landlord yet was cancelled.",
  },
} as const satisfies Record<string, Texts>;

const noneLeft = { cancelled: 0, underWay: 0, mayStillBePaid: 0 };

/**
 * Erases the viewer's account at once: the password and the address are asked for again, so that
 * neither a screen left open nor a stray click is enough.
 */
export async function eraseAccount(
  context: RequestContext,
  viewer: Viewer,
  { currentPassword, email }: { readonly currentPassword: string; readonly email: string },
): Promise<AccountErased | { readonly faults: readonly Fault<(typeof eraseCodes)[number]>[] }> {
  const { landlord, store } = context;
  const checked = await withCurrentPassword(context, viewer, currentPassword);
  if ("fault" in checked) return { faults: [checked.fault] };
  if (await store.staff.includes(landlord.id, viewer.accountId)) {
    return { faults: [{ code: "STAFF_ACCOUNT", field: [] }] };
  }
  const { account } = checked;
  if (emailKey(email) !== emailKey(account.email)) {
    return { faults: [{ code: "EMAIL_CONFIRMATION_DIFFERS", field: ["email"] }] };
  }
  const outcome = await store.transaction(async (bound) => {
    const erased = await bound.erasures.erase(landlord.id, account.id, {
      mustBeSent: changesSentAnyway,
    });
    if (!erased) return null;
    const letter = accountErased(landlord, account.language, { underWay: erased.underWay > 0 });
    await post(bound, landlord, account.email, letter);
    return erased;
  });
  // Null: somebody was faster, in another tab. It is erased all the same.
  return {
    erased: true,
    cancelledChanges: outcome?.cancelled ?? 0,
    underWay: outcome?.underWay ?? 0,
    notices: told(context.language, outcome),
  };
}

function told(language: Language, outcome: ErasureOutcome | null) {
  const { cancelled, underWay, mayStillBePaid } = outcome ?? noneLeft;
  return [
    notices.erp,
    notices.payments,
    ...(mayStillBePaid > 0 ? [notices.mayStillBePaid] : []),
    ...(underWay > 0 ? [notices.underWay] : []),
    ...(cancelled > 0 ? [notices.cancelled] : []),
  ].map((text) => text[language]);
}
