/** What the operations that change something share. */
import { createHash } from "node:crypto";
import type { NewWrite } from "../../kit/writes.ts";
import type { WorldAddress, WorldContract, WorldPerson } from "../../world/types.ts";
import { BusinessError, contractAsked } from "../answers/answer.ts";
import type { Directory } from "../directory.ts";
import { keyOfContract } from "../keys.ts";
import type { Content, PavoisRequest } from "../messages.ts";

/** What came of a change. */
export interface Done extends Pick<NewWrite, "kind" | "contract" | "person" | "content"> {
  /** The number of what was created. */
  object?: string;
}

/** Looks at everything before it changes anything; refuses with BusinessError. */
export type Write = (request: PavoisRequest, ground: Ground) => Done;

export interface Ground {
  directory: Directory;
  now: () => Date;
  debitDays: readonly number[];
}

export const codes = {
  value: 400,
  unknown: 404,
  double: 409,
  gone: 412,
  locked: 423,
  knownReference: 620,
} as const;

/** What an element holds, null where it is absent. */
export const valueOf = ({ values }: Pick<Content, "values">, name: string): string | null =>
  values[name]?.[0] ?? null;

/** What an element holds that the schema calls for. */
export const textOf = (content: Pick<Content, "values">, name: string): string =>
  valueOf(content, name) ?? "";

export const groupOf = ({ groups }: Pick<Content, "groups">, name: string): Content | null =>
  groups[name]?.[0] ?? null;

/** One that has not ended. */
export function openContract(request: PavoisRequest, { directory }: Ground): WorldContract {
  const contract = contractAsked(request, directory);
  if (contract.end !== null && contract.end < directory.today) {
    throw new BusinessError(codes.locked, `Contrat résilié : ${keyOfContract(contract)}`);
  }
  return contract;
}

export function personAsked(request: PavoisRequest, { directory }: Ground): WorldPerson {
  const key = textOf(request, "NumeroTiers");
  const person = directory.person(key);
  if (!person) throw new BusinessError(codes.unknown, `Tiers inconnu : ${key}`);
  return person;
}

export function refuseValue(wrong: boolean, why: string): void {
  if (wrong) throw new BusinessError(codes.value, `Valeur refusée : ${why}`);
}

export function addressIn(content: Content): WorldAddress | null {
  const written = groupOf(content, "Adresse");
  if (!written) return null;
  const country = valueOf(written, "CodePays");
  refuseValue(
    country === null && !/^\d{5}$/.test(textOf(written, "CodePostal")),
    "code postal à cinq chiffres attendu",
  );
  return {
    lines: ["Ligne1", "Ligne2", "Ligne3"].flatMap((line) => valueOf(written, line) ?? []),
    postalCode: textOf(written, "CodePostal"),
    city: textOf(written, "Ville"),
    ...(country === null || country === "FR" ? {} : { country }),
  };
}

const mostBytes = 10 * 1024 * 1024;
const beginnings: Record<string, RegExp> = {
  "application/pdf": /^%PDF-/,
  "image/jpeg": /^\xFF\xD8\xFF/,
  "image/png": /^\x89PNG/,
  "image/heic": /^[^]{4}ftyp/,
};

export interface TakenFile {
  name: string;
  sizeBytes: number;
  sha256: string;
}

/** Files of a list, looked at; only what they were is kept. */
export function filesIn(content: Content, name: string): TakenFile[] {
  return (content.groups[name] ?? []).map((file) => {
    const bytes = Buffer.from(textOf(file, "Contenu"), "base64");
    const begins = beginnings[textOf(file, "TypeMime")]!;
    refuseValue(bytes.length > mostBytes, "pièce de plus de 10 Mo");
    refuseValue(!begins.test(bytes.toString("latin1", 0, 16)), "contenu d'un autre type");
    return {
      name: textOf(file, "NomFichier"),
      sizeBytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    };
  });
}
