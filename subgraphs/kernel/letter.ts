import type { Landlord, Language } from "./landlord.ts";

/** What a mail says, before it has a form. */
export interface Letter {
  readonly subject: string;
  readonly before: readonly string[];
  readonly link: { readonly href: string; readonly label: string } | null;
  readonly after: readonly string[];
}

const greeting = { fr: "Bonjour,", en: "Hello," } as const;

/** Whom to turn to: the landlord's first contact that has a way to be reached. */
function signature(landlord: Landlord, language: Language): string[] {
  const contact = landlord.contacts.find(({ phone, email }) => phone ?? email);
  const ways = contact && [contact.phone, contact.email].filter((way) => way !== undefined);
  if (!contact || !ways) return [landlord.name];
  const colon = language === "fr" ? " : " : ": ";
  return [landlord.name, `${contact.role[language]}${colon}${ways.join(", ")}`];
}

function textOf(letter: Letter, landlord: Landlord, language: Language): string {
  const link = letter.link ? [letter.link.href] : [];
  const paragraphs = [greeting[language], ...letter.before, ...link, ...letter.after];
  return `${[...paragraphs, signature(landlord, language).join("\n")].join("\n\n")}\n`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;

/** A plain page: no picture, nothing fetched from anywhere, the link as a button and as text. */
function htmlOf(letter: Letter, landlord: Landlord, language: Language): string {
  const { colour } = landlord.brand;
  const href = letter.link && escapeHtml(letter.link.href);
  const button =
    letter.link &&
    `<p><a href="${href}" style="display:inline-block;padding:12px 20px;border-radius:4px;` +
      `background:${colour};color:#ffffff;text-decoration:none">${escapeHtml(letter.link.label)}</a></p>\n` +
      `<p style="font-size:13px;word-break:break-all"><a href="${href}">${href}</a></p>`;
  return [
    `<!doctype html>`,
    `<html lang="${language}">`,
    `<head><meta charset="utf-8"><title>${escapeHtml(letter.subject)}</title></head>`,
    `<body style="max-width:36em;margin:0 auto;padding:16px;font-family:sans-serif;line-height:1.5">`,
    paragraph(greeting[language]),
    ...letter.before.map(paragraph),
    ...(button ? [button] : []),
    ...letter.after.map(paragraph),
    `<p>${signature(landlord, language).map(escapeHtml).join("<br>")}</p>`,
    `</body>`,
    `</html>`,
    "",
  ].join("\n");
}

/** A mail before it is addressed. */
export interface MailBody {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

type Write<Facts> = (landlord: Landlord, facts: Facts) => Letter;

/** One kind of mail, in each language. */
export function mail<Facts>(letters: Record<Language, Write<Facts>>) {
  return (landlord: Landlord, language: Language, facts: Facts): MailBody => {
    const letter = letters[language](landlord, facts);
    const { subject } = letter;
    return {
      subject,
      text: textOf(letter, landlord, language),
      html: htmlOf(letter, landlord, language),
    };
  };
}
