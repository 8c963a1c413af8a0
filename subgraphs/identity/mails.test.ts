import { describe, expect, it } from "vitest";
import * as first from "./first-connection/mails.ts";
import { accountErased } from "../kernel/account-erasure.ts";
import { exampleLandlord } from "./fixtures/landlord.ts";
import * as mails from "./mails.ts";
import * as privacy from "./privacy/mails.ts";
import type { MailBody } from "../kernel/letter.ts";

const landlord = exampleLandlord();
const link = "https://gateway.example/links/confirm?landlord=beau-sejour&token=abc";

const all: [string, (language: "fr" | "en") => MailBody][] = [
  [
    "confirmation",
    (language) => mails.confirmRegistration(landlord, language, { link, hours: 24 }),
  ],
  ["existing account", (language) => mails.alreadyRegistered(landlord, language, { link: null })],
  ["password reset", (language) => mails.passwordReset(landlord, language, { link, hours: 1 })],
  [
    "password changed",
    (language) => mails.passwordChanged(landlord, language, { at: "20/11/2026 10:00" }),
  ],
  [
    "reminder",
    (language) => mails.identifierReminder(landlord, language, { email: "j@example.fr" }),
  ],
  ["new address", (language) => mails.confirmEmailChange(landlord, language, { link, hours: 24 })],
  [
    "notice to the old address",
    (language) => mails.emailChangeAsked(landlord, language, { newEmail: "n@example.fr" }),
  ],
  [
    "first connection",
    (language) => first.confirmFirstConnection(landlord, language, { link, hours: 48 }),
  ],
  [
    "first connection with another address",
    (language) => first.firstConnectionElsewhere(landlord, language, { email: "n@example.fr" }),
  ],
  [
    "copy of data",
    (language) => privacy.exportAsked(landlord, language, { at: "20/11/2026 10:00" }),
  ],
  [
    "account unused",
    (language) => privacy.accountUnused(landlord, language, { months: 24, on: "1er mars 2027" }),
  ],
  ["account erased", (language) => accountErased(landlord, language, { underWay: true })],
  ["address in use", (language) => mails.emailInUse(landlord, language, {})],
];

describe.each(all)("the mail: %s", (_name, write) => {
  it("is in French and in English, and names the landlord and whom to turn to", () => {
    const [french, english] = [write("fr"), write("en")];
    expect(french.text).toMatch(/^Bonjour,\n/);
    expect(english.text).toMatch(/^Hello,\n/);
    expect(french.subject).not.toBe(english.subject);
    expect(french.text).toContain("Accueil : +33546000000, accueil@beau-sejour.example");
    expect(english.text).toContain("Reception: +33546000000");
    expect(french.subject).toContain(landlord.name);
  });
  it("has its HTML escaped, with nothing to fetch", () => {
    const { html } = write("fr");
    expect(html).toContain("Office Beau Séjour &amp; Fils");
    expect(html).not.toMatch(/Séjour & Fils|<img|<script|<link/);
  });
});

it("carries the link once as text, and in HTML as a button and as text", () => {
  const { text, html } = mails.confirmRegistration(landlord, "fr", { link, hours: 24 });
  expect(text.split(link)).toHaveLength(2);
  expect(text).toContain("24 h");
  expect(html.split(link.replace("&", "&amp;"))).toHaveLength(4);
});

it("escapes what somebody else typed", () => {
  const newEmail = '"<b>"@example.fr';
  expect(mails.emailChangeAsked(landlord, "fr", { newEmail }).html).toContain(
    "&quot;&lt;b&gt;&quot;@example.fr",
  );
});
