/** What the operations share. */
import type { Writes } from "../../kit/writes.ts";
import type { WorldContract } from "../../world/types.ts";
import type { Directory } from "../directory.ts";

export type Values = Record<string, string>;

/** The parts of an answer after `resultat`. Throws BusinessError for every other result than OK. */
export type Answer = (values: Values, directory: Directory, writes: Writes) => string;

/** Told as `result_code` and `result_label`, in a 200. */
export class BusinessError extends Error {
  readonly code: string;

  constructor(code: string, label: string) {
    super(label);
    this.code = code;
  }
}

/** It quotes what it understood, so that one sees how the parameters were bound. */
export const notFound = (values: Values) =>
  new BusinessError(
    "NOT_FOUND",
    `Objet introuvable pour ${Object.entries(values)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ")}`,
  );

/** Throws BAD_PARAMETERS for a value that is longer than its column. */
export function refuseLong(values: Values, columns: Record<string, number>): void {
  const long = Object.keys(columns).find((name) => values[name]!.length > columns[name]!);
  if (long) throw new BusinessError("BAD_PARAMETERS", `${long} : ${columns[long]} caractères`);
}

/** The contracts of an intitulé or, where no intitulé is given, the one with that number. */
export function contractsAsked(values: Values, directory: Directory): WorldContract[] {
  const { numero_intitule: intitule, numero_contrat: number } = values;
  if (!intitule && !number) throw new BusinessError("BAD_PARAMETERS", "Aucun critère renseigné");
  const found = intitule
    ? directory.intitule(intitule)?.contracts
    : [directory.contract(number!)].filter((contract) => contract !== undefined);
  if (!found || found.length === 0) throw notFound(values);
  return found;
}

/** Whether a day lies in `date_debut` to `date_fin`, written `20261120` or left empty. */
export function inRange(day: string, { date_debut: from, date_fin: to }: Values): boolean {
  for (const date of [from, to]) {
    if (date && !/^\d{8}$/.test(date)) throw new BusinessError("BAD_PARAMETERS", `Date : ${date}`);
  }
  const compact = day.replaceAll("-", "");
  return (!from || compact >= from) && (!to || compact <= to);
}
