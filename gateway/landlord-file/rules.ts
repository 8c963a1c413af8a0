/**
 * What must hold between the parts of a landlord's file. Each rule reads its own part by that
 * part's schema and is silent when the part is not even readable, so that faults elsewhere in the
 * file do not hide its own.
 */
import type { z } from "zod";
import { Landlord, type PasswordRules } from "../../subgraphs/kernel/landlord.ts";
import { fits, isQuick } from "../../subgraphs/identity/pattern.ts";
import { readIdentifier, readReference } from "../../subgraphs/identity/reference.ts";
import { capabilities } from "../../subgraphs/identity/landlord/capabilities.ts";
import { isSafeUrl } from "../safe-url.ts";
import type { Problem } from "./document.ts";
import { wordUnknown } from "./wording.ts";

export function checkRules(value: unknown): Problem[] {
  const file = (typeof value === "object" && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const part = <K extends keyof typeof Landlord.shape>(
    key: K,
  ): z.infer<(typeof Landlord.shape)[K]> | undefined =>
    Landlord.shape[key].safeParse(file[key]).data as
      | z.infer<(typeof Landlord.shape)[K]>
      | undefined;
  const registration = part("registration");
  const password = part("password");
  return [
    ...(password ? checkPassword(password) : []),
    ...(registration ? checkPatterns(registration) : []),
    ...checkRepeated(
      "registration.consents",
      registration?.consents.map(({ id }) => id),
    ),
    ...checkRepeated("staff", addressesOf(part("staff"))),
    ...checkRepeated("directDebit.days", part("directDebit")?.days),
    ...checkRepeated(
      "documents",
      part("documents")?.map(({ kind }) => kind),
    ),
    ...checkRepeated(
      "hosts",
      part("hosts")?.map((host) => host.toLowerCase()),
    ),
    ...checkRepeated(
      "socialSignIn.providers",
      part("socialSignIn")?.providers.map(({ id }) => id),
    ),
    ...checkKeep(part("erp")?.keep),
    ...checkUrl(["portalUrl"], part("portalUrl")),
    ...checkUrl(["brand", "website"], part("brand")?.website),
    ...checkConsents(registration?.consents),
  ];
}

const checkConsents = (consents: readonly { url?: string | undefined }[] = []): Problem[] =>
  consents.flatMap(({ url }, index) => checkUrl(["registration", "consents", index, "url"], url));

const portNames = Object.values(capabilities);

function checkKeep(keep: Record<string, unknown> = {}): Problem[] {
  return Object.keys(keep)
    .filter((name) => !portNames.includes(name))
    .map((name) => ({ path: ["erp", "keep", name], expected: wordUnknown(name, portNames) }));
}

function checkPassword(rules: PasswordRules): Problem[] {
  const classes = [rules.minUpper, rules.minLower, rules.minDigits, rules.minSpecial];
  const asked = classes.reduce((sum, count) => sum + count, 0);
  const more = Math.max(0, rules.minClasses - classes.filter((count) => count > 0).length);
  if (rules.minLength >= asked + more) return [];
  const expected = `${asked + more} or more, as the other rules ask for so many characters, found ${rules.minLength}`;
  return [{ path: ["password", "minLength"], expected }];
}

type Registration = Landlord["registration"];

/** Examples are tried with patterns that are quick only. */
function checkPatterns(registration: Registration): Problem[] {
  const { fields, reference, firstConnection } = registration;
  const identifier = firstConnection?.identifier;
  const place = ["firstConnection", "identifier"];
  const slow = [
    ...fields.map(({ pattern }, index) => ({ pattern, path: ["fields", index] })),
    ...reference.clean.map(({ pattern }, at) => ({ pattern, path: ["reference", "clean", at] })),
    ...reference.accepts.map(({ pattern }, at) => ({
      pattern,
      path: ["reference", "accepts", at],
    })),
    ...(identifier ? [{ pattern: identifier.pattern, path: place }] : []),
    ...(identifier?.clean ?? []).map(({ pattern }, at) => ({
      pattern,
      path: [...place, "clean", at],
    })),
  ].filter(({ pattern }) => pattern !== undefined && !isQuick(pattern));
  if (slow.length > 0) {
    const expected = "a pattern that no text takes long with: no repetition within a repetition";
    return slow.map(({ pattern, path }) => ({
      path: ["registration", ...path, "pattern"],
      expected: `${expected}, found "${pattern}"`,
    }));
  }
  return [
    ...checkExamples(registration),
    ...(firstConnection ? checkIdentifier(firstConnection) : []),
  ];
}

function checkExamples({ fields, reference }: Registration): Problem[] {
  return fields.flatMap(({ name, pattern, example }, index) => {
    if (example === undefined) return [];
    const path = ["registration", "fields", index, "example"];
    if (pattern !== undefined && !fits(example, pattern)) {
      return [{ path, expected: `text that fits its own pattern ${pattern}, found "${example}"` }];
    }
    if (name !== "reference" || readReference(example, reference)) return [];
    return [
      { path, expected: `a reference that registration.reference accepts, found "${example}"` },
    ];
  });
}

function checkIdentifier({ identifier }: NonNullable<Registration["firstConnection"]>): Problem[] {
  const { example } = identifier;
  if (example === undefined || readIdentifier(example, identifier) !== null) return [];
  const path = ["registration", "firstConnection", "identifier", "example"];
  return [{ path, expected: `text that fits its own pattern, found "${example}"` }];
}

function checkRepeated(field: string, values: readonly (string | number)[] | undefined): Problem[] {
  return (values ?? []).flatMap((value, index, all) =>
    all.indexOf(value) === index
      ? []
      : [{ path: [...field.split("."), index], expected: `each once, found ${value} again` }],
  );
}

const addressesOf = (staff: z.infer<typeof Landlord.shape.staff> | undefined) =>
  staff?.map(({ email }) => email.toLowerCase());

/** Links in pages and mails: never `javascript:`, and in clear only on the machine itself. */
function checkUrl(path: Problem["path"], url: string | undefined): Problem[] {
  if (url === undefined || isSafeUrl(url)) return [];
  return [{ path, expected: `a URL that starts with https://, found "${url}"` }];
}
