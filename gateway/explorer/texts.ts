/** What the Explorer itself says. French first: English only where the browser prefers it to French. */

interface Text {
  readonly fr: string;
  readonly en: string;
}

/** Of what the browser lists, which is the order of preference. */
export function languageOf(preferred: readonly string[]): keyof Text {
  const known = preferred.map((tag) => tag.slice(0, 2).toLowerCase());
  return known.find((tag) => tag === "fr" || tag === "en") === "en" ? "en" : "fr";
}

const texts = {
  landlord: { fr: "Bailleur", en: "Landlord" },
  email: { fr: "Adresse électronique", en: "E-mail" },
  password: { fr: "Mot de passe", en: "Password" },
  signIn: { fr: "Se connecter", en: "Sign in" },
  signOut: { fr: "Se déconnecter", en: "Sign out" },
  signedInAs: { fr: "Connecté :", en: "Signed in as" },
  tryAs: { fr: "Essayer avec un compte de démonstration…", en: "Try as somebody of the demo…" },
  lookingUntil: {
    fr: "Vous consultez l'espace d'une autre personne, jusqu'à",
    en: "You are looking at somebody else's space, until",
  },
  endView: { fr: "Terminer la consultation", en: "End the view" },
  operations: { fr: "Opérations enregistrées", en: "Saved operations" },
  filter: { fr: "Rechercher une opération", en: "Search for an operation" },
  noneFound: { fr: "Aucune opération ne correspond.", en: "No operation matches." },
  noSession: {
    fr: "Le serveur n'a pas ouvert de session.",
    en: "The server gave no session.",
  },
} satisfies Record<string, Text>;

export const language = languageOf(globalThis.navigator?.languages ?? []);

export const say = (what: keyof typeof texts): string => texts[what][language];
export const inLanguage = (text: Text): string => text[language];
