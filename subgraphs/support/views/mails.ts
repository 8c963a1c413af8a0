import { mail } from "../../kernel/letter.ts";

interface Facts {
  /** A moment, as the person reads it. */
  readonly at: string;
  readonly reason: string;
}

/** To a person whose space the landlord's people look at. */
export const spaceSeen = mail<Facts>({
  fr: ({ name }, { at, reason }) => ({
    subject: `Votre espace a été consulté – ${name}`,
    before: [
      `Un membre du personnel de ${name} a ouvert votre espace en consultation le ${at}, pour une demi-heure au plus, sans pouvoir y modifier quoi que ce soit.`,
      `Motif indiqué : ${reason}`,
    ],
    link: null,
    after: [
      "Votre espace montre toutes ces consultations. Si celle-ci vous surprend, adressez-vous à nous.",
    ],
  }),
  en: ({ name }, { at, reason }) => ({
    subject: `Your account was looked at – ${name}`,
    before: [
      `A member of the staff of ${name} opened your account to look at it on ${at}, for half an hour at most, without being able to change anything.`,
      `The reason given: ${reason}`,
    ],
    link: null,
    after: ["Your account shows all such views. If this one surprises you, turn to us."],
  }),
});
