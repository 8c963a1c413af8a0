/** What a new landlord's file begins with, where nobody says otherwise: safe, and common in France. */

export interface Answers {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly hosts: readonly string[];
  readonly website: string;
  /** Where tenants write to. */
  readonly email: string;
  readonly timeZone: string;
  /** Whether each tenant has an identifier and a password of the landlord already. */
  readonly firstConnection: boolean;
  readonly product: string;
  readonly payment: string | undefined;
}

/** The values of the file but for settings of products; in the shape of the file. */
export function starterOf(answers: Answers): Record<string, unknown> {
  const { id, name, kind, hosts, website, email, timeZone, product, payment } = answers;
  return {
    id,
    name,
    kind,
    hosts,
    timeZone,
    brand: { colour: "#1f4e79", website },
    contacts: [{ role: { fr: "Service clients", en: "Customer service" }, email }],
    staff: [],
    mail: { senderName: name, senderAddress: email },
    registration: answers.firstConnection ? firstConnection : registration,
    // The four classes at twelve signs: 80 bits, where the CNIL holds 50 for enough.
    password: { minLength: 12, minUpper: 1, minLower: 1, minDigits: 1, minSpecial: 1 },
    directDebit: { days: [] },
    ...(payment && {
      payment: { provider: payment, partial: true, minimum: "1.00", maximum: "10000.00" },
    }),
    erp: { product, concurrency: 2, deadlineMs: 8000 },
  };
}

const password = [{ name: "password", label: { fr: "Mot de passe", en: "Password" } }];
const email = {
  name: "email",
  label: { fr: "Adresse e-mail", en: "E-mail address" },
  help: {
    fr: "Un lien de confirmation y sera envoyé ; il est valable 24 heures.",
    en: "A confirmation link will be sent there; it is valid for 24 hours.",
  },
  example: "camille.martin@example.org",
};

const registration = {
  fields: [
    {
      name: "surname",
      label: { fr: "Nom", en: "Surname" },
      help: {
        fr: "Le nom du signataire, tel qu'il est indiqué sur votre avis d'échéance.",
        en: "The signatory's surname, as your rent notice prints it.",
      },
      example: "Martin",
    },
    {
      name: "reference",
      label: { fr: "Référence client", en: "Customer reference" },
      help: {
        fr: "Elle figure en haut de votre avis d'échéance.",
        en: "It is at the top of your rent notice.",
      },
    },
    email,
    ...password,
    {
      name: "passwordConfirmation",
      label: { fr: "Confirmez le mot de passe", en: "Confirm the password" },
    },
  ],
  reference: {
    clean: [{ pattern: "[./\\\\|\\-–_]", replacement: "" }],
    accepts: [{ kind: "CUSTOMER", pattern: "^[A-Z0-9]{4,20}$" }],
  },
  consents: [
    {
      id: "terms-of-use",
      version: "1",
      label: {
        fr: "J'accepte les conditions générales d'utilisation de l'espace locataire.",
        en: "I accept the terms of use of the tenant portal.",
      },
      required: true,
    },
  ],
  confirmationHours: 24,
};

const firstConnection = {
  fields: [email, ...password],
  firstConnection: {
    identifier: {
      label: { fr: "Identifiant", en: "Identifier" },
      help: {
        fr: "Il figure sur le courrier que vous avez reçu de votre gestionnaire.",
        en: "It is in the letter that you got from your manager.",
      },
      clean: [],
      pattern: "^[A-Z0-9]{4,20}$",
    },
  },
  confirmationHours: 24,
};
