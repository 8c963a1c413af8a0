import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { PersonChange } from "../../../adapters/ports/identity-changes.ts";
import { readAddress, type TypedAddress } from "../../kernel/address-input.ts";
import { fieldMessages, keyMessages } from "../../kernel/change-faults.ts";
import { submitChange, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { personFields, type PersonField, type Texts } from "../../kernel/landlord.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { post } from "../../kernel/post.ts";
import { textFaults } from "../../kernel/text-input.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { readEmail } from "../email.ts";
import { ownKey } from "../person.ts";
import { personalDataChanged } from "./mails.ts";

export const personalDataMessages = {
  ...keyMessages,
  ...fieldMessages,
  NOTHING_TO_CHANGE: {
    fr: "Indiquez au moins une information à modifier.",
    en: "Give something to change.",
  },
  NOT_CHANGEABLE: {
    fr: "« {label} » ne se modifie pas en ligne. Contactez votre bailleur.",
    en: "“{label}” cannot be changed online. Contact your landlord.",
  },
  TOO_MANY_PHONES: {
    fr: "Indiquez {count} numéros de téléphone au plus.",
    en: "Give {count} phone numbers at most.",
  },
} as const;
type PersonalDataFault = Fault<keyof typeof personalDataMessages>;

/** What is absent or null stays as it is. */
export interface TypedPersonalData {
  readonly personId: string;
  readonly title?: string | null;
  readonly surname?: string | null;
  readonly givenName?: string | null;
  readonly email?: string | null;
  readonly phones?: readonly string[] | null;
  readonly address?: TypedAddress | null;
  readonly idempotencyKey: string;
}

export const personFieldLabels: Readonly<Record<PersonField, Texts>> = {
  title: { fr: "Civilité", en: "Title" },
  surname: { fr: "Nom", en: "Surname" },
  givenName: { fr: "Prénom", en: "Given name" },
  email: { fr: "Adresse électronique", en: "E-mail address" },
  phones: { fr: "Téléphone", en: "Phone" },
  address: { fr: "Adresse", en: "Address" },
};

const mostPhones = 3;

export async function changePersonalData(
  context: RequestContext,
  input: TypedPersonalData,
): Promise<Submitted<PersonalDataFault>> {
  const { email: accountEmail, accountId } = signedIn(context);
  const personKey = ownKey(context, input.personId);
  if (personKey === null) throw fail(context, "NOT_FOUND");
  return submitChange<"PERSONAL_DATA", PersonalDataFault>(context, {
    kind: "PERSONAL_DATA",
    contractKey: null,
    personKey,
    idempotencyKey: input.idempotencyKey,
    input,
    prepare: () => {
      const read = readPersonalData(input, context.landlord.personalData.changeable);
      if ("faults" in read) return read;
      return {
        payload: read.change,
        // Where the landlord writes to is a matter of security: whoever has the account is told.
        keep: async (store) => {
          const fields = personFields.filter((field) => field in read.change);
          if (!fields.some((field) => field === "email" || field === "address")) return;
          const account = await store.accounts.byId(context.landlord.id, accountId);
          const labels = fields.map((field) => personFieldLabels[field]);
          const language = account?.language ?? context.language;
          const body = personalDataChanged(context.landlord, language, { labels });
          await post(store, context.landlord, accountEmail, body);
        },
      };
    },
  });
}

/** What the ERP is to get, or all that is wrong with what was typed. */
export function readPersonalData(
  typed: TypedPersonalData,
  changeable: readonly PersonField[],
): { readonly change: PersonChange } | { readonly faults: readonly PersonalDataFault[] } {
  const given = personFields.filter((field) => (typed[field] ?? null) !== null);
  if (given.length === 0) return { faults: [{ code: "NOTHING_TO_CHANGE", field: [] }] };
  const refused = given.filter((field) => !changeable.includes(field));
  const readings = given
    .filter((field) => changeable.includes(field))
    .map((field) => readers[field](typed));
  const faults = [
    ...refused.map((field): PersonalDataFault => {
      return {
        code: "NOT_CHANGEABLE",
        field: [field],
        values: { label: personFieldLabels[field] },
      };
    }),
    ...readings.flatMap((reading) => ("faults" in reading ? reading.faults : [])),
  ];
  if (faults.length > 0) return { faults };
  return { change: Object.assign({}, ...readings) as PersonChange };
}

type Reading = PersonChange | { readonly faults: readonly PersonalDataFault[] };

const invalid = (field: PersonField, path: readonly string[] = [field]): PersonalDataFault => ({
  code: "INVALID_FORMAT",
  field: path,
  values: { label: personFieldLabels[field] },
});

const readers: Readonly<Record<PersonField, (typed: TypedPersonalData) => Reading>> = {
  title: ({ title }) => ({ title: title as "MR" | "MRS" }),
  surname: (typed) => readName(typed, "surname"),
  givenName: (typed) => readName(typed, "givenName"),
  email: (typed) => {
    const email = readEmail(typed.email ?? "");
    return email ? { email } : { faults: [invalid("email")] };
  },
  phones: ({ phones }) => readPhones(phones ?? []),
  address: ({ address }) => {
    const read = readAddress(address!, ["address"]);
    return "faults" in read ? read : { address: read.address };
  },
};

function readName(typed: TypedPersonalData, field: "surname" | "givenName"): Reading {
  const name = typed[field] ?? "";
  const faults = textFaults(name, [field], personFieldLabels[field], 80);
  return faults.length > 0 ? { faults } : { [field]: name.trim() };
}

function readPhones(phones: readonly string[]): Reading {
  if (phones.length > mostPhones) {
    return {
      faults: [{ code: "TOO_MANY_PHONES", field: ["phones"], values: { count: mostPhones } }],
    };
  }
  const parsed = phones.map((phone) => parsePhoneNumberFromString(phone, "FR"));
  const faults = parsed.flatMap((phone, index) =>
    phone?.isPossible() ? [] : [invalid("phones", ["phones", String(index)])],
  );
  if (faults.length > 0) return { faults };
  return { phones: [...new Set(parsed.map((phone) => phone!.number as string))] };
}
