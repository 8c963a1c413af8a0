import type { Texts } from "../../subgraphs/kernel/landlord.ts";
import type { RefusalCode } from "../../uploads/refusal.ts";

interface Answer {
  readonly status: number;
  /** Whether the same file may be sent again and be taken. */
  readonly retryable: boolean;
  readonly text: Texts;
}

/** What whoever sends a file gets to read when it is not taken. */
export const refusals: Readonly<Record<RefusalCode, Answer>> = {
  LINK_NOT_FOUND: {
    status: 404,
    retryable: false,
    text: {
      fr: "Ce lien d'envoi n'est pas ou plus valable. Recommencez l'envoi.",
      en: "This upload link is not valid, or no longer. Start again.",
    },
  },
  ALREADY_RECEIVED: {
    status: 409,
    retryable: false,
    text: {
      fr: "Un fichier a déjà été reçu par ce lien.",
      en: "A file has already been received by this link.",
    },
  },
  TOO_LARGE: {
    status: 413,
    retryable: false,
    text: {
      fr: "Ce fichier est plus lourd que ce qui a été annoncé.",
      en: "This file is larger than was declared.",
    },
  },
  SIZE_DIFFERS: {
    status: 400,
    retryable: true,
    text: {
      fr: "Le fichier n'est pas arrivé en entier. Envoyez-le de nouveau.",
      en: "The file did not arrive whole. Send it again.",
    },
  },
  TYPE_DIFFERS: {
    status: 415,
    retryable: false,
    text: {
      fr: "Ce fichier n'est pas du type annoncé. Envoyez un PDF ou une photo.",
      en: "This file is not of the declared type. Send a PDF or a photo.",
    },
  },
  DAMAGED: {
    status: 422,
    retryable: false,
    text: {
      fr: "Ce fichier est abîmé ou incomplet. Enregistrez-le de nouveau, puis renvoyez-le.",
      en: "This file is damaged or incomplete. Save it again, then send it.",
    },
  },
  TOO_MANY_PIXELS: {
    status: 422,
    retryable: false,
    text: {
      fr: "Les dimensions de cette image sont trop grandes. Réduisez-la, puis renvoyez-la.",
      en: "The dimensions of this image are too large. Reduce it, then send it.",
    },
  },
  ACTIVE_CONTENT: {
    status: 422,
    retryable: false,
    text: {
      fr: "Ce PDF contient un programme, un formulaire ou un autre fichier. Imprimez-le en PDF, puis renvoyez-le.",
      en: "This PDF contains a programme, a form or another file. Print it as a PDF, then send it.",
    },
  },
  PROTECTED: {
    status: 422,
    retryable: false,
    text: {
      fr: "Ce PDF est protégé. Imprimez-le en PDF sans protection, puis renvoyez-le.",
      en: "This PDF is protected. Print it as a PDF without protection, then send it.",
    },
  },
  VIRUS_FOUND: {
    status: 422,
    retryable: false,
    text: {
      fr: "Un virus a été trouvé dans ce fichier. Il n'a pas été gardé.",
      en: "A virus was found in this file. It has not been kept.",
    },
  },
  TOO_SLOW: {
    status: 408,
    retryable: true,
    text: {
      fr: "L'envoi a pris trop de temps. Réessayez avec une meilleure connexion.",
      en: "Sending took too long. Try again with a better connection.",
    },
  },
  CUT_OFF: {
    status: 400,
    retryable: true,
    text: {
      fr: "L'envoi a été interrompu. Envoyez le fichier de nouveau.",
      en: "Sending was interrupted. Send the file again.",
    },
  },
  SCANNER_UNAVAILABLE: {
    status: 503,
    retryable: true,
    text: {
      fr: "Les fichiers ne peuvent pas être vérifiés pour le moment. Réessayez dans quelques minutes.",
      en: "Files cannot be checked at the moment. Try again in a few minutes.",
    },
  },
  STORAGE_FULL: {
    status: 507,
    retryable: true,
    text: {
      fr: "Nous ne pouvons pas garder de fichier pour le moment. Réessayez plus tard.",
      en: "We cannot keep files at the moment. Try again later.",
    },
  },
};

/** A defect of ours. */
export const defect: Answer = {
  status: 500,
  retryable: true,
  text: {
    fr: "Une erreur est survenue de notre côté. Le fichier n'a pas été reçu.",
    en: "Something went wrong on our side. The file has not been received.",
  },
};
