/**
 * The shape of a landlord's file in `landlords/`, and so everything that the house knows of a
 * landlord. Texts that a tenant reads are in French, with English beside.
 */
import { z } from "zod";
import { documentKinds } from "../../adapters/ports/documents.ts";
import { DirectDebitTerms } from "./direct-debit.ts";
import { Erp } from "./erp.ts";
import { AddressRules, PersonalDataRules } from "./form-rules.ts";
import { OnlinePayment } from "./payment.ts";
import { RequestRules, SurveyRules } from "./request-rules.ts";
import { SocialSignIn } from "./social.ts";
import { UploadRules } from "./upload-rules.ts";

export const languages = ["fr", "en"] as const;
export type Language = (typeof languages)[number];

const Texts = z.strictObject({ fr: z.string().min(1), en: z.string().min(1) });
export type Texts = z.infer<typeof Texts>;

/** A regular expression as text, anchored by whoever writes it. */
const Pattern = z.string().max(200).refine(isRegExp, "expected a regular expression");

function isRegExp(source: string): boolean {
  try {
    new RegExp(source, "u");
    return true;
  } catch {
    return false;
  }
}

const phone = z.string().regex(/^\+[1-9]\d{4,14}$/, "expected a phone number like +33546004994");

const Contact = z.strictObject({
  role: Texts,
  phone: phone.optional(),
  email: z.email().optional(),
  address: z.array(z.string().min(1)).min(1).optional(),
  hours: Texts.optional(),
});

export const fieldNames = [
  "reference",
  "surname",
  "givenName",
  "birthDate",
  "email",
  "emailConfirmation",
  "password",
  "passwordConfirmation",
] as const;
export type FieldName = (typeof fieldNames)[number];

const Field = z.strictObject({
  name: z.enum(fieldNames),
  label: Texts,
  /** Where to find it, how to write it. */
  help: Texts.optional(),
  /** What a front-end may check before it asks; the server checks the cleaned value. */
  pattern: Pattern.optional(),
  example: z.string().optional(),
});

/** Applied one after the other to what was typed, upper-cased and without spaces. */
const Cleaning = z
  .array(z.strictObject({ pattern: Pattern, replacement: z.string().max(20) }))
  .default([]);
export type Cleaning = z.infer<typeof Cleaning>;

const Reference = z.strictObject({
  /** Steps that are applied to what was typed, upper-cased and without spaces. */
  clean: Cleaning,
  /** The first pattern that fits the cleaned value says what it is. */
  accepts: z
    .array(z.strictObject({ kind: z.enum(["CUSTOMER", "CONTRACT"]), pattern: Pattern }))
    .min(1),
});

/**
 * How people come in where the landlord gave each of them an identifier and a password: there is no
 * registration then, and the form is the identifier and the fields `password` and `email`.
 */
const FirstConnection = z.strictObject({
  identifier: z.strictObject({
    label: Texts,
    /** Where to find it, how to write it. */
    help: Texts.optional(),
    clean: Cleaning,
    /** What the cleaned value looks like. */
    pattern: Pattern,
    example: z.string().optional(),
  }),
});

const RegistrationParts = z.strictObject({
  /** In the order of the form. `reference`, `email` and `password` are always there. */
  fields: z.array(Field),
  /** Needed unless there is a first connection. */
  reference: Reference.default({ clean: [], accepts: [] }),
  firstConnection: FirstConnection.optional(),
  /** Boxes to tick; what was ticked is kept with its version and time. */
  consents: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9-]*$/),
        version: z.string().min(1),
        label: Texts,
        url: z.url().optional(),
        required: z.boolean(),
      }),
    )
    .default([]),
  /** How long the link of the confirmation mail is good for. */
  confirmationHours: z.int().min(1).max(168),
});

const Registration = RegistrationParts.superRefine((registration, context) => {
  const report = (field: keyof typeof registration, expected: string) =>
    context.addIssue({ code: "custom", path: [field], message: `expected ${expected}` });
  const names = registration.fields.map(({ name }) => name);
  const once = new Set(names).size === names.length;
  const has = (...needed: FieldName[]) => once && needed.every((name) => names.includes(name));
  if (registration.firstConnection) {
    if (!has("password", "email") || names.length !== 2) {
      report("fields", "password and email, each once, beside firstConnection");
    }
    if (registration.consents.length > 0) report("consents", "none beside firstConnection");
    return;
  }
  if (!has("reference", "email", "password")) {
    report("fields", "at least reference, email, password, each once");
  }
  if (registration.reference.accepts.length === 0) report("reference", "the keys clean, accepts");
});

const HelpArticle = z.strictObject({
  /** What it is filed under; articles of one rubric write it alike. */
  rubric: Texts,
  question: Texts,
  answer: Texts,
});

const Password = z.strictObject({
  minLength: z.int().min(1).max(64),
  minUpper: z.int().min(0).default(0),
  minLower: z.int().min(0).default(0),
  minDigits: z.int().min(0).default(0),
  minSpecial: z.int().min(0).default(0),
  /** How many of the four classes (upper, lower, digit, special) must be there. */
  minClasses: z.int().min(1).max(4).default(1),
});
export type PasswordRules = z.infer<typeof Password>;

const Origin = z
  .string()
  .refine(isOrigin, "expected an origin like https://portal.example.org, nothing after it");

/** As browsers send it; in clear only on the machine itself. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text) || new URL(text).origin !== text) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === "https:" || (protocol === "http:" && /^(localhost|127\.0\.0\.1)$/.test(hostname))
  );
}

export const Landlord = z.strictObject({
  /** How the house calls it, in ids and logs: never change it. */
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, "expected lower-case letters, digits, hyphens")
    // Its variables would be the house's own.
    .refine((id) => !/^trousseau(-|$)/.test(id), "expected another id than the house's own name"),
  /** As tenants know it. */
  name: z.string().min(1),
  /** SOCIAL: a social housing office (OPH, ESH). COOPERATIVE: a co-operative. PRIVATE: a manager. */
  kind: z.enum(["SOCIAL", "COOPERATIVE", "PRIVATE"]),
  /** Host names under which portals of this landlord ask; each belongs to one landlord only. */
  hosts: z.array(z.hostname()).min(1),
  /** In which its tenants and its office live. The ERP's own clock is a setting of the ERP. */
  timeZone: z.string().refine(isTimeZone, "expected an IANA time zone, like Europe/Paris"),
  /** How portals look. */
  brand: z.strictObject({
    colour: z.string().regex(/^#[0-9a-f]{6}$/i, "expected a colour like #0a5ca8"),
    website: z.url(),
  }),
  /** Where links of mails lead: the portal's page is `<portalUrl>/confirm?token=…`. The gateway's own page when absent. */
  portalUrl: z.url().optional(),
  /** Where else its portals run, so that their pages may ask: each like https://portal.example.org. */
  origins: z.array(Origin).default([]),
  /** A folder beside this file with the operations of portals of its own, where only such are executed. */
  operations: z.string().min(1).optional(),
  /** Whom a tenant asks for help, also where signing in fails. */
  contacts: z.array(Contact).min(1),
  /** The landlord's own people: who sees changes of everybody, and settles what needs a person. */
  staff: z.array(z.strictObject({ email: z.email() })).default([]),
  /** What its people may look at: the space of a person, for a reason, with nothing to be changed. */
  support: z
    .strictObject({
      /** Whether the person is mailed each time. They see it in their space in any case. */
      tellPeople: z.boolean().default(true),
    })
    .default({ tellPeople: true }),
  /** From whom mails to tenants come. The domain must allow our mail server to send (SPF, DKIM). */
  mail: z.strictObject({ senderName: z.string().min(1), senderAddress: z.email() }),
  /** How people get an account. */
  registration: Registration,
  /**
   * What a password must hold. Where this is under the 50 bits that the CNIL asks for beside
   * throttling (délibération 2022-100), sign-up asks for more length.
   */
  password: Password,
  /** How long people stay signed in. */
  session: z
    .strictObject({
      /** A sign-in without "remember me" lasts so long. */
      hours: z.int().min(1).max(72).default(12),
      rememberDays: z.int().min(1).max(365).default(30),
    })
    .default({ hours: 12, rememberDays: 30 }),
  /** What becomes of accounts that nobody uses: kept no longer than needed (RGPD, art. 5(1)(e)). */
  accounts: z
    .strictObject({
      /** So long after the last sign-in it is erased, a month after a mail that says so. */
      eraseUnusedAfterMonths: z.int().min(12).max(60).default(24),
    })
    .default({ eraseUnusedAfterMonths: 24 }),
  /** Where people may also sign in by an account that they have elsewhere. */
  socialSignIn: SocialSignIn.optional(),
  directDebit: DirectDebitTerms,
  /** What becomes of changes that people ask for. */
  changes: z
    .strictObject({
      /** By when a change is in force, as the landlord tells its tenants. */
      effectiveWithinHours: z.int().min(1).max(720).optional(),
      /** After so long without an end somebody at the landlord's is to look. */
      attentionAfterHours: z.int().min(1).max(720).default(48),
    })
    .default({ attentionAfterHours: 48 }),
  /** How people pay online; absent where they cannot. */
  payment: OnlinePayment.optional(),
  /** Kinds of documents that exist only from a day on. */
  documents: z
    .array(
      z.strictObject({
        kind: z.enum(documentKinds),
        availableFrom: z.iso.date(),
      }),
    )
    .default([]),
  /** Files that people send. */
  uploads: UploadRules,
  /** Service requests (demandes, réclamations). */
  requests: RequestRules,
  /** Enquêtes sociales (SLS, OPS). */
  surveys: SurveyRules,
  /** Home insurance. */
  insurance: z
    .strictObject({
      /** Whether a renewal must have its certificate (attestation) with it. */
      certificate: z.enum(["REQUIRED", "OPTIONAL"]).default("REQUIRED"),
    })
    .default({ certificate: "REQUIRED" }),
  /** Données personnelles. */
  personalData: PersonalDataRules,
  /** What forms of addresses may hold. */
  addresses: AddressRules,
  /** Answers to frequent questions, in the order in which a portal shows them. */
  help: z.array(HelpArticle).default([]),
  /** The landlord's own system, and what it bears. */
  erp: Erp,
});
export type Landlord = z.infer<typeof Landlord>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
