import type { Messages } from "../../kernel/user-errors.ts";
import { personMessages } from "../messages.ts";

export const beginMessages = {
  ACCOUNT_OF_STAFF: {
    fr: "Ce compte est celui d'un membre du personnel : son espace ne se consulte pas.",
    en: "This account is of the landlord's staff: nobody looks at its space.",
  },
  NAME_ONE: {
    fr: "Indiquez soit l'adresse ou l'identifiant de la personne, soit le numéro d'une de ses modifications.",
    en: "Give either the person's address or identifier, or the receipt of one of their changes.",
  },
  TOO_MANY_ATTEMPTS: {
    fr: "Trop de consultations : réessayez dans {minutes} min.",
    en: "Too many views: try again in {minutes} min.",
  },
  ...personMessages,
} as const satisfies Messages;

export const endMessages = {
  VIEW_UNKNOWN: {
    fr: "Cette consultation n'est pas la vôtre, ou elle est déjà terminée.",
    en: "This view is not yours, or it has ended already.",
  },
} as const satisfies Messages;
