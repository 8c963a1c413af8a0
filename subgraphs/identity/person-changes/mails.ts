import type { Texts } from "../../kernel/landlord.ts";
import { mail } from "../../kernel/letter.ts";

/** To the address of an account, when it asked the landlord to write elsewhere from now on. */
export const personalDataChanged = mail<{ labels: readonly Texts[] }>({
  fr: ({ name }, { labels }) => ({
    subject: `Modification de vos coordonnées demandée – ${name}`,
    before: [
      `Une modification de vos coordonnées chez ${name} a été demandée depuis votre espace : ${labels.map(({ fr }) => fr.toLowerCase()).join(", ")}.`,
    ],
    link: null,
    after: ["Si ce n'est pas vous, changez tout de suite votre mot de passe, puis prévenez-nous."],
  }),
  en: ({ name }, { labels }) => ({
    subject: `Change of your contact details asked for – ${name}`,
    before: [
      `A change of your contact details at ${name} was asked for from your account: ${labels.map(({ en }) => en.toLowerCase()).join(", ")}.`,
    ],
    link: null,
    after: ["If this was not you, change your password at once, then tell us."],
  }),
});
