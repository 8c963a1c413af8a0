import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { PersonChange } from "../../../adapters/ports/identity-changes.ts";
import { addressMessages, readAddress, type TypedAddress } from "../../kernel/address-input.ts";
import { fieldMessages, keyMessages } from "../../kernel/change-faults.ts";
import { submitChange, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import {
  longest,
  personFieldLabels,
  personFields,
  type PersonField,
} from "../../kernel/form-rules.ts";
import type { Landlord } from "../../kernel/landlord.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { tellViewer } from "../../kernel/tell.ts";
import { nameFaults, textFaults } from "../../kernel/text-input.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { readEmail } from "../email.ts";
import { ownKey } from "../person.ts";
import { personalDataChanged } from "./mails.ts";

export const personalDataMessages = {
  ...keyMessages,
  ...fieldMessages,
  ...addressMessages,
  NOTHING_TO_CHANGE: {
    fr: "Indiquez au moins une information à modifier.",
    en: "Give something to change.",
  },
  NOT_CHANGEABLE: {
    fr: "« {label} » ne se modifie pas en ligne. Contactez votre bailleur.",
    en: "“{label}” cannot be changed online. Contact your landlord.",
  },
  TOO_MANY_PHONES: {
    fr: "« Téléphone » : {count} au plus.",
    en: "“Phone”: {count} at most.",
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

export async function changePersonalData(
  context: RequestContext,
  input: TypedPersonalData,
): Promise<Submitted<PersonalDataFault>> {
  signedIn(context);
  const personKey = ownKey(context, input.personId);
  if (personKey === null) throw fail(context, "NOT_FOUND");
  return submitChange<"PERSONAL_DATA", PersonalDataFault>(context, {
    kind: "PERSONAL_DATA",
    contractKey: null,
    personKey,
    idempotencyKey: input.idempotencyKey,
    input,
    prepare: () => {
      const read = readPersonalData(input, context.landlord);
      if ("faults" in read) return read;
      return {
        payload: read.change,
        // Where the landlord writes to is a matter of security: whoever has the account is told.
        keep: async (store) => {
          const fields = personFields.filter((field) => field in read.change);
          if (!fields.some((field) => field === "email" || field === "address")) return;
          const labels = fields.map((field) => personFieldLabels[field]);
          await tellViewer(context, store, personalDataChanged, { labels });
        },
      };
    },
  });
}

/** What the landlord's file says of forms. */
export type PersonRules = Pick<Landlord, "personalData" | "addresses">;

/** What the ERP is to get, or all that is wrong with what was typed. */
export function readPersonalData(
  typed: TypedPersonalData,
  rules: PersonRules,
): { readonly change: PersonChange } | { readonly faults: readonly PersonalDataFault[] } {
  const given = personFields.filter((field) => (typed[field] ?? null) !== null);
  if (given.length === 0) return { faults: [{ code: "NOTHING_TO_CHANGE", field: [] }] };
  const { changeable } = rules.personalData;
  const readings = given.map((field) =>
    changeable.includes(field)
      ? readers[field](typed, rules)
      : { faults: [faultOf("NOT_CHANGEABLE", field)] },
  );
  const faults = readings.flatMap((reading) => ("faults" in reading ? reading.faults : []));
  if (faults.length > 0) return { faults };
  return { change: Object.assign({}, ...readings) as PersonChange };
}

type Reading = PersonChange | { readonly faults: readonly PersonalDataFault[] };

const faultOf = (
  code: "NOT_CHANGEABLE" | "INVALID_FORMAT",
  field: PersonField,
  path: readonly string[] = [field],
): PersonalDataFault => ({ code, field: path, values: { label: personFieldLabels[field] } });

type Reader = (typed: TypedPersonalData, rules: PersonRules) => Reading;

const readers: Readonly<Record<PersonField, Reader>> = {
  title: ({ title }) => ({ title: title as "MR" | "MRS" }),
  surname: (typed) => readName(typed, "surname"),
  givenName: (typed) => readName(typed, "givenName"),
  email: (typed) => {
    const faults = textFaults(typed.email!, ["email"], personFieldLabels.email, longest.email);
    if (faults.length > 0) return { faults };
    const email = readEmail(typed.email!);
    return email ? { email } : { faults: [faultOf("INVALID_FORMAT", "email")] };
  },
  phones: ({ phones }, { personalData }) => readPhones(phones!, personalData.maxPhones),
  address: ({ address }, { addresses }) => readAddress(address!, ["address"], addresses),
};

function readName(typed: TypedPersonalData, field: "surname" | "givenName"): Reading {
  const name = typed[field]!;
  const faults = nameFaults(name, [field], personFieldLabels[field], longest[field]);
  return faults.length > 0 ? { faults } : { [field]: name.trim() };
}

function readPhones(phones: readonly string[], most: number): Reading {
  const parsed = phones.map((phone) => parsePhoneNumberFromString(phone, "FR"));
  const faults = parsed.flatMap((phone, index) =>
    phone?.isPossible() && !phone.ext
      ? []
      : [faultOf("INVALID_FORMAT", "phones", ["phones", `${index}`])],
  );
  if (faults.length > 0) return { faults };
  const numbers = [...new Set<string>(parsed.map((phone) => phone!.number))];
  if (numbers.length <= most) return { phones: numbers };
  return { faults: [{ code: "TOO_MANY_PHONES", field: ["phones"], values: { count: most } }] };
}
