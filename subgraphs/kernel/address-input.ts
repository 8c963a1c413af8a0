import type { Address } from "../../adapters/ports/values.ts";
import type { fieldMessages } from "./change-faults.ts";
import { longest, type AddressRules } from "./form-rules.ts";
import type { Texts } from "./landlord.ts";
import { textFaults } from "./text-input.ts";
import type { Fault, Messages } from "./user-errors.ts";

/** An address as it was typed. */
export interface TypedAddress {
  readonly lines: readonly string[];
  readonly postalCode: string;
  readonly city: string;
  readonly countryCode: string;
}

export const addressMessages = {
  TOO_MANY_LINES: {
    fr: "« Adresse » : {count} lignes au plus.",
    en: "“Address”: {count} lines at most.",
  },
  ABROAD: {
    fr: "Une adresse à l'étranger ne s'enregistre pas en ligne. Contactez votre bailleur.",
    en: "An address abroad cannot be taken online. Contact your landlord.",
  },
} as const satisfies Messages;

type AddressFault = Fault<keyof typeof fieldMessages | keyof typeof addressMessages>;

const labels = {
  lines: { fr: "Adresse", en: "Address" },
  postalCode: { fr: "Code postal", en: "Postal code" },
  city: { fr: "Ville", en: "City" },
} as const satisfies Record<string, Texts>;

/**
 * The address without stray spaces, its postal code as the post writes it; or all that is wrong with
 * it. `path` leads to it in the mutation's input.
 */
export function readAddress(
  typed: TypedAddress,
  path: readonly string[],
  rules: AddressRules,
): { readonly address: Address } | { readonly faults: readonly AddressFault[] } {
  const lines = typed.lines.map((line) => line.trim());
  const isFrench = typed.countryCode === "FR";
  const postalCode = postalCodeOf(typed.postalCode, isFrench);
  const city = typed.city.trim();
  const faults: AddressFault[] = [
    ...linesFaults(lines, rules),
    ...postalCodeFaults(postalCode, isFrench),
    ...textFaults(city, ["city"], labels.city, longest.city),
  ];
  if (!isFrench && !rules.foreign) faults.push({ code: "ABROAD", field: ["countryCode"] });
  if (faults.length > 0) {
    return { faults: faults.map((fault) => ({ ...fault, field: [...path, ...fault.field] })) };
  }
  const filled = lines.filter((line) => line !== "");
  return { address: { lines: filled, postalCode, city, country: typed.countryCode } };
}

/** `17 000` is `17000`, `sw1a 1aa` is `SW1A 1AA`. */
const postalCodeOf = (typed: string, isFrench: boolean): string =>
  isFrench ? typed.replaceAll(/\s/g, "") : typed.trim().replaceAll(/\s+/g, " ").toUpperCase();

function linesFaults(lines: readonly string[], { maxLines }: AddressRules): AddressFault[] {
  const filled = lines.filter((line) => line !== "");
  const values = { label: labels.lines };
  if (filled.length === 0) return [{ code: "REQUIRED", field: ["lines"], values }];
  if (filled.length > maxLines) {
    return [{ code: "TOO_MANY_LINES", field: ["lines"], values: { count: maxLines } }];
  }
  return lines.flatMap((line, index) =>
    line === "" ? [] : textFaults(line, ["lines", `${index}`], labels.lines, longest.addressLine),
  );
}

function postalCodeFaults(postalCode: string, isFrench: boolean): AddressFault[] {
  const values = { label: labels.postalCode };
  if (postalCode === "") return [{ code: "REQUIRED", field: ["postalCode"], values }];
  const fits = isFrench ? /^\d{5}$/ : /^[\dA-Z][\dA-Z -]{1,9}$/;
  return fits.test(postalCode) ? [] : [{ code: "INVALID_FORMAT", field: ["postalCode"], values }];
}
