/** To the account, after a direct debit was asked for, changed or stopped. */
import { mail } from "../../kernel/letter.ts";
import { mandateText, type Creditor } from "./mandate.ts";

interface MandateFacts {
  readonly contract: string;
  readonly creditor: Creditor;
  readonly mandateReference: string;
  readonly signedOn: string;
  readonly holder: string;
  readonly maskedIban: string;
  /** Null where none is chosen. */
  readonly day: number | null;
}

const notYou = {
  fr: "Si ce n'est pas vous, changez tout de suite votre mot de passe, puis prévenez-nous.",
  en: "If this was not you, change your password at once, then tell us.",
} as const;

/** Holds all that a mandate must say, so that the person has it on a durable medium. */
export const directDebitSubscribed = mail<MandateFacts>({
  fr: ({ name }, { contract, creditor, mandateReference, signedOn, holder, maskedIban, day }) => ({
    subject: `Votre mandat de prélèvement – ${name}`,
    before: [
      `Vous avez demandé à payer par prélèvement automatique pour le contrat ${contract}. Voici votre mandat ; gardez-le.`,
      `Référence unique du mandat (RUM) : ${mandateReference}. Accepté le ${signedOn}.`,
      `Créancier : ${creditor.name}, ICS ${creditor.identifier}.`,
      `Titulaire du compte : ${holder}. IBAN : ${maskedIban}.`,
      ...(day === null ? [] : [`Jour du prélèvement : le ${day} du mois.`]),
      mandateText(creditor, "fr"),
    ],
    link: null,
    after: [notYou.fr],
  }),
  en: ({ name }, { contract, creditor, mandateReference, signedOn, holder, maskedIban, day }) => ({
    subject: `Your direct debit mandate – ${name}`,
    before: [
      `You asked to pay by direct debit for the contract ${contract}. This is your mandate; keep it.`,
      `Unique mandate reference (RUM): ${mandateReference}. Accepted on ${signedOn}.`,
      `Creditor: ${creditor.name}, ICS ${creditor.identifier}.`,
      `Account holder: ${holder}. IBAN: ${maskedIban}.`,
      ...(day === null ? [] : [`Debit day: ${day} of the month.`]),
      mandateText(creditor, "en"),
    ],
    link: null,
    after: [notYou.en],
  }),
});

export const directDebitDayChanged = mail<{ contract: string; day: number }>({
  fr: ({ name }, { contract, day }) => ({
    subject: `Jour de prélèvement modifié – ${name}`,
    before: [`Vous avez demandé que le contrat ${contract} soit prélevé le ${day} du mois.`],
    link: null,
    after: [notYou.fr],
  }),
  en: ({ name }, { contract, day }) => ({
    subject: `Debit day changed – ${name}`,
    before: [`You asked for the contract ${contract} to be debited on day ${day} of the month.`],
    link: null,
    after: [notYou.en],
  }),
});

export const directDebitStopped = mail<{ contract: string }>({
  fr: ({ name }, { contract }) => ({
    subject: `Arrêt du prélèvement automatique – ${name}`,
    before: [
      `Vous avez demandé l'arrêt du prélèvement automatique pour le contrat ${contract}.`,
      "Vos prochaines échéances sont à payer autrement.",
    ],
    link: null,
    after: [notYou.fr],
  }),
  en: ({ name }, { contract }) => ({
    subject: `Direct debit stopped – ${name}`,
    before: [
      `You asked for the direct debit of the contract ${contract} to be stopped.`,
      "What falls due from now on is to be paid by other means.",
    ],
    link: null,
    after: [notYou.en],
  }),
});
