/** What goes with the erasure of an account, whoever began it: what is kept and why, and the last mail. */
import type { Account } from "../../store/accounts.ts";
import { lateNewsDays } from "../../store/erasure-payments.ts";
import type { ErasureOutcome } from "../../store/erasures.ts";
import type { Store } from "../../store/store.ts";
import { changesSentAnyway } from "./change-kinds.ts";
import type { Landlord, Language, Texts } from "./landlord.ts";
import { mail } from "./letter.ts";
import { post } from "./post.ts";

export interface AccountErased {
  readonly erased: boolean;
  readonly cancelledChanges: number;
  readonly underWay: number;
  readonly notices: readonly string[];
}

export const notErased: AccountErased = {
  erased: false,
  cancelledChanges: 0,
  underWay: 0,
  notices: [],
};

/** In the transaction that `bound` is of. Null when somebody was faster: it is erased all the same. */
export async function eraseAndTell(
  bound: Store,
  landlord: Landlord,
  { id, email, language }: Account,
): Promise<ErasureOutcome | null> {
  const outcome = await bound.erasures.erase(landlord.id, id, { mustBeSent: changesSentAnyway });
  if (!outcome) return null;
  const letter = accountErased(landlord, language, { underWay: outcome.underWay > 0 });
  await post(bound, landlord, email, letter);
  return outcome;
}

export const showErased = (language: Language, outcome: ErasureOutcome | null): AccountErased => ({
  erased: true,
  cancelledChanges: outcome?.cancelled ?? 0,
  underWay: outcome?.underWay ?? 0,
  notices: told(language, outcome),
});

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

/** The last mail to the address of an account, after it was erased. */
export const accountErased = mail<{ underWay: boolean }>({
  fr: ({ name }, { underWay }) => ({
    subject: `Votre espace a été effacé – ${name}`,
    before: [
      `Votre espace chez ${name} a été effacé, avec tout ce qu'il contenait.`,
      ...(underWay
        ? ["Ce qui était en cours de transmission s'achève d'abord, puis est effacé aussi."]
        : []),
    ],
    link: null,
    after: [
      "Votre bail et le dossier que votre bailleur tient lui-même n'en sont pas changés : pour ceux-là, adressez-vous à lui.",
      "Si ce n'est pas vous qui l'avez demandé, prévenez-nous.",
    ],
  }),
  en: ({ name }, { underWay }) => ({
    subject: `Your account was erased – ${name}`,
    before: [
      `Your account at ${name} was erased, with all that was in it.`,
      ...(underWay ? ["What was being handed over ends first, and is then erased too."] : []),
    ],
    link: null,
    after: [
      "Your lease, and the file that your landlord keeps, are unchanged: turn to your landlord for those.",
      "If you did not ask for this, tell us.",
    ],
  }),
});
