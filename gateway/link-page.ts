import type { Landlord, Language } from "../subgraphs/kernel/landlord.ts";

export type LinkKind =
  | "confirm"
  | "first-connection"
  | "first-password"
  | "email"
  | "reset"
  | "data-export";

export interface LinkTexts {
  title: string;
  button: string;
  done: string;
}

export const linkTexts: Record<LinkKind, Record<Language, LinkTexts>> = {
  confirm: {
    fr: {
      title: "Confirmer mon adresse e-mail",
      button: "Confirmer mon compte",
      done: "Votre compte est ouvert. Vous pouvez vous connecter.",
    },
    en: {
      title: "Confirm my e-mail address",
      button: "Confirm my account",
      done: "Your account is open. You can sign in.",
    },
  },
  "first-connection": {
    fr: {
      title: "Confirmer mon adresse e-mail",
      button: "Confirmer mon adresse",
      done: "Votre espace est ouvert. Vous pouvez vous connecter.",
    },
    en: {
      title: "Confirm my e-mail address",
      button: "Confirm my address",
      done: "Your space is open. You can sign in.",
    },
  },
  "first-password": {
    fr: {
      title: "Vous devez changer votre mot de passe",
      button: "Enregistrer le mot de passe",
      done: "Votre espace est ouvert. Vous pouvez vous connecter.",
    },
    en: {
      title: "You must change your password",
      button: "Save the password",
      done: "Your space is open. You can sign in.",
    },
  },
  email: {
    fr: {
      title: "Confirmer ma nouvelle adresse e-mail",
      button: "Confirmer la nouvelle adresse",
      done: "Votre adresse est changée : c'est avec elle que vous vous connectez désormais.",
    },
    en: {
      title: "Confirm my new e-mail address",
      button: "Confirm the new address",
      done: "Your address has changed: sign in with it from now on.",
    },
  },
  "data-export": {
    fr: { title: "La copie de mes données", button: "Télécharger", done: "" },
    en: { title: "The copy of my data", button: "Download", done: "" },
  },
  reset: {
    fr: {
      title: "Choisir un nouveau mot de passe",
      button: "Enregistrer le mot de passe",
      done: "Votre mot de passe est changé. Vous pouvez vous connecter.",
    },
    en: {
      title: "Choose a new password",
      button: "Save the password",
      done: "Your password has changed. You can sign in.",
    },
  },
};

const newPassword: Record<Language, string> = { fr: "Nouveau mot de passe", en: "New password" };

export interface LinkPage {
  readonly landlord: Landlord;
  readonly language: Language;
  readonly texts: LinkTexts;
  readonly kind: LinkKind;
  /** When there is something left to do. */
  readonly token?: string;
  readonly messages?: string[];
}

export function page({ landlord, language, texts, kind, token, messages }: LinkPage): string {
  const done = messages?.length === 0 ? `<p role="status">${escape(texts.done)}</p>` : "";
  const form = token === undefined ? "" : formFor({ landlord, language, texts, kind, token });
  return plainPage({ landlord, language, title: texts.title, wrong: messages ?? [] }, done + form);
}

interface PlainPage {
  readonly landlord: Landlord;
  readonly language: Language;
  readonly title: string;
  /** What went wrong, ready to show. */
  readonly wrong: readonly string[];
}

/** A page in the landlord's name; `rest` is HTML that comes last. */
export function plainPage({ landlord, language, title, wrong }: PlainPage, rest = ""): string {
  const said = wrong
    .map((message) => `<p class="wrong" role="alert">${escape(message)}</p>`)
    .join("");
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)} - ${escape(landlord.name)}</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}
h1{font-size:1.4rem;color:${landlord.brand.colour}}button{font:inherit;color:#fff;background:${landlord.brand.colour};border:0;border-radius:.3rem;padding:.6rem 1.2rem}
input{font:inherit;display:block;margin:.5rem 0 1rem;padding:.4rem;width:100%}.wrong{color:#a30000}</style></head>
<body><p>${escape(landlord.name)}</p><h1>${escape(title)}</h1>${said}${rest}</body></html>
`;
}

function formFor({ landlord, language, texts, kind, token }: LinkPage & { token: string }): string {
  const password =
    kind === "reset" || kind === "first-password"
      ? `<label>${newPassword[language]}<input name="newPassword" type="password" autocomplete="new-password" required></label>`
      : "";
  return `<form method="post" action="/links/${kind}">
<input type="hidden" name="landlord" value="${escape(landlord.id)}"><input type="hidden" name="token" value="${escape(token)}">
${password}<button>${escape(texts.button)}</button></form>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
