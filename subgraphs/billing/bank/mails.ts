import { mail } from "../../kernel/letter.ts";

/** To the account, after somebody signed in as its owner asked for other bank details. */
export const bankDetailsReplaced = mail<{ maskedIban: string; contract: string }>({
  fr: ({ name }, { maskedIban, contract }) => ({
    subject: `Changement de vos coordonnées bancaires – ${name}`,
    before: [
      `De nouvelles coordonnées bancaires ont été demandées pour le contrat ${contract} : ${maskedIban}.`,
    ],
    link: null,
    after: ["Si ce n'est pas vous, changez tout de suite votre mot de passe, puis prévenez-nous."],
  }),
  en: ({ name }, { maskedIban, contract }) => ({
    subject: `Your bank details are being changed – ${name}`,
    before: [`New bank details were asked for on the contract ${contract}: ${maskedIban}.`],
    link: null,
    after: ["If this was not you, change your password at once, then tell us."],
  }),
});
