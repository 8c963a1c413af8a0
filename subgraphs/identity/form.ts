import type { RegistrationReference } from "../../adapters/ports/identity.ts";
import type { FieldName, Landlord } from "../kernel/landlord.ts";
import { emailKey, readEmail } from "./email.ts";
import type { Values } from "../kernel/user-errors.ts";
import type { Fault } from "./messages.ts";
import type { TypedIdentity } from "./names.ts";
import { passwordFaults, passwordPolicy, type PasswordFault } from "./password.ts";
import { readReference } from "./reference.ts";

/** A consent that was given: which text, in which version. */
export interface GivenConsent {
  readonly id: string;
  readonly version: string;
}

/** What was typed into the form. A field that was not shown may be absent or null. */
export interface TypedForm extends Readonly<Partial<Record<FieldName, string | null>>> {
  readonly reference: string;
  readonly email: string;
  readonly password: string;
  readonly consents: readonly GivenConsent[];
}

export const formCodes = [
  "REQUIRED",
  "INVALID_FORMAT",
  "REFERENCE_INVALID",
  "EMAIL_INVALID",
  "EMAIL_CONFIRMATION_DIFFERS",
  "PASSWORD_CONFIRMATION_DIFFERS",
  "CONSENT_REQUIRED",
  "CONSENT_OUTDATED",
  "CONSENT_UNKNOWN",
] as const;
type FormFault = Fault<(typeof formCodes)[number] | PasswordFault["code"]>;

/** What of a form proves who somebody is, apart from the addresses. */
const provingFields = new Set<FieldName>(["reference", "surname", "givenName", "birthDate"]);

export const identityCodes = ["REQUIRED", "INVALID_FORMAT", "REFERENCE_INVALID"] as const;
export type TypedProof = Pick<TypedForm, "reference" | "surname" | "givenName" | "birthDate">;

/** Holds the part of a form that proves who somebody is against the landlord's rules. */
export function checkIdentity(
  typed: TypedProof,
  { registration }: Landlord,
):
  | { readonly faults: readonly Fault<(typeof identityCodes)[number]>[] }
  | { readonly reference: RegistrationReference; readonly identity: TypedIdentity } {
  const reference = readReference(typed.reference, registration.reference);
  const fields = registration.fields.filter(({ name }) => provingFields.has(name));
  const faults = [...fieldFaults(typed, fields), ...referenceFaults(typed, reference)];
  if (faults.length > 0 || !reference) return { faults };
  return { reference, identity: identityOf(typed, "") };
}

/** A form in which nothing is wrong by itself. */
export interface Application {
  readonly reference: RegistrationReference;
  readonly identity: TypedIdentity;
  readonly email: string;
  readonly password: string;
  readonly consents: readonly GivenConsent[];
}

type Checked = { readonly faults: FormFault[] } | { readonly application: Application };

/** Holds a form against the landlord's rules: everything that is wrong at once, or what it says. */
export function checkForm(form: TypedForm, landlord: Landlord): Checked {
  const { registration } = landlord;
  const reference = readReference(form.reference, registration.reference);
  const email = readEmail(form.email);
  const faults = [
    ...fieldFaults(form, registration.fields),
    ...referenceFaults(form, reference),
    ...(form.email.trim() && !email ? [fault("EMAIL_INVALID", "email")] : []),
    ...repetitionFaults(form),
    ...(form.password ? formPasswordFaults(form, landlord, reference?.reference) : []),
    ...consentFaults(form.consents, registration.consents),
  ];
  if (faults.length > 0 || !reference || !email) return { faults };
  const { password, consents } = form;
  return {
    application: { reference, identity: identityOf(form, email), email, password, consents },
  };
}

function identityOf(form: TypedProof, email: string): TypedIdentity {
  const { surname, givenName, birthDate } = form;
  return {
    surname: surname ?? undefined,
    givenName: givenName ?? undefined,
    birthDate: birthDate ?? undefined,
    email,
  };
}

function fault<Code extends FormFault["code"]>(
  code: Code,
  name: string,
  values?: Values,
): Fault<Code> {
  return { code, field: [name], ...(values && { values }) };
}

const referenceFaults = (typed: TypedProof, reference: RegistrationReference | null) =>
  typed.reference.trim() && !reference ? [fault("REFERENCE_INVALID", "reference")] : [];

/** Has its own check, of the cleaned value. */
const readElsewhere = new Set<FieldName>([
  "reference",
  "email",
  "emailConfirmation",
  "password",
  "passwordConfirmation",
]);
const longestName = 200;

type FieldFault = Fault<"REQUIRED" | "INVALID_FORMAT">;

function fieldFaults(
  form: Partial<TypedForm>,
  fields: Landlord["registration"]["fields"],
): FieldFault[] {
  return fields.flatMap(({ name, label, pattern }): FieldFault[] => {
    const typed = form[name]?.trim() ?? "";
    if (typed === "") return [fault("REQUIRED", name, { label })];
    if (readElsewhere.has(name)) return [];
    const short = typed.length <= longestName;
    const fits = short && (pattern === undefined || new RegExp(pattern, "u").test(typed));
    return fits ? [] : [fault("INVALID_FORMAT", name, { label })];
  });
}

function repetitionFaults(form: TypedForm): FormFault[] {
  const { email, emailConfirmation, password, passwordConfirmation } = form;
  const faults: FormFault[] = [];
  if (emailConfirmation?.trim() && emailKey(emailConfirmation) !== emailKey(email)) {
    faults.push(fault("EMAIL_CONFIRMATION_DIFFERS", "emailConfirmation"));
  }
  if (passwordConfirmation && passwordConfirmation !== password) {
    faults.push(fault("PASSWORD_CONFIRMATION_DIFFERS", "passwordConfirmation"));
  }
  return faults;
}

function formPasswordFaults(form: TypedForm, landlord: Landlord, reference?: string): FormFault[] {
  const owner = { email: form.email.trim(), reference };
  return passwordFaults(form.password, passwordPolicy(landlord.password), owner).map((found) =>
    asFault(found, "password"),
  );
}

/** What is wrong with a password, as it is told to whoever typed it into the field `name`. */
export function asFault(found: PasswordFault, name: string): Fault<PasswordFault["code"]> {
  const field = [name];
  return "count" in found
    ? { code: found.code, field, values: { count: found.count } }
    : { code: found.code, field };
}

function consentFaults(
  given: readonly GivenConsent[],
  asked: Landlord["registration"]["consents"],
): FormFault[] {
  const unknown = given
    .filter(({ id }) => !asked.some((consent) => consent.id === id))
    .map(() => fault("CONSENT_UNKNOWN", "consents"));
  const wrong = asked.flatMap(({ id, version, label, required }): FormFault[] => {
    const found = given.find((consent) => consent.id === id);
    if (!found) return required ? [fault("CONSENT_REQUIRED", "consents", { label })] : [];
    return found.version === version ? [] : [fault("CONSENT_OUTDATED", "consents", { label })];
  });
  return [...unknown, ...wrong];
}
