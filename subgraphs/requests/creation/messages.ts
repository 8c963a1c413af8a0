import { fieldMessages, fileMessages, keyMessages } from "../../kernel/change-faults.ts";
import type { Fault } from "../../kernel/user-errors.ts";

export const creationMessages = {
  ...keyMessages,
  ...fieldMessages,
  ...fileMessages,
  NOT_IN_CATALOGUE: {
    fr: "« {label} » : choisissez dans la liste.",
    en: "“{label}”: choose from the list.",
  },
  TOO_MANY: {
    fr: "« {label} » : {count} au plus.",
    en: "“{label}”: {count} at most.",
  },
  IN_THE_PAST: {
    fr: "Cette disponibilité est passée.",
    en: "This availability is over.",
  },
  HOURS_REVERSED: {
    fr: "Cette disponibilité finit avant de commencer.",
    en: "This availability ends before it begins.",
  },
} as const;
export type CreationFault = Fault<keyof typeof creationMessages>;

export const labels = {
  reason: { fr: "Motif", en: "Reason" },
  place: { fr: "Lieu", en: "Place" },
  description: { fr: "Description", en: "Description" },
  availabilities: { fr: "Disponibilités", en: "Availabilities" },
  hour: { fr: "Heure", en: "Time of day" },
  photos: { fr: "Photos", en: "Photos" },
} as const;
