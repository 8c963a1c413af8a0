/** What beauceron refuses though it is well-formed, and in which words. */
import { createHash } from "node:crypto";
import type { WorldContract } from "../world/types.ts";
import type { SentFile } from "./form.ts";
import { keyOfContract } from "./keys.ts";

export type Motif =
  | "RESSOURCE_INCONNUE"
  | "ROUTE_INCONNUE"
  | "REQUETE_INVALIDE"
  | "REFERENCE_CONNUE"
  | "EXISTE_DEJA"
  | "MODIFIE_ENTRETEMPS"
  | "VALEUR_REFUSEE"
  | "CONTRAT_CLOS"
  | "MANDAT_CLOS"
  | "NON_SIGNATAIRE";

export interface Refusal {
  refused: { status: 409 | 412 | 422 | 428; motif: Motif; champ?: string };
}

export const refusedValue = (champ: string): Refusal => ({
  refused: { status: 422, motif: "VALEUR_REFUSEE", champ },
});

export const notPossible = (motif: Motif): Refusal => ({ refused: { status: 422, motif } });

export const conflict = (motif: Motif): Refusal => ({ refused: { status: 409, motif } });

/** The first of the fields that is wrong, or null. */
export function firstWrong(fields: Record<string, boolean>): Refusal | null {
  const wrong = Object.entries(fields).find(([, isWrong]) => isWrong);
  return wrong ? refusedValue(wrong[0]) : null;
}

/** The refusal of a contract that has ended, or null. */
export const closed = (contract: WorldContract, today: string): Refusal | null =>
  contract.end !== null && contract.end < today ? notPossible("CONTRAT_CLOS") : null;

const longest = 34;

/** ISO 7064: letters count as 10 … 35, the whole leaves 1 when divided by 97. */
export function isIban(iban: string): boolean {
  const turned = iban.slice(4) + iban.slice(0, 4);
  const figures = turned.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return iban.length <= longest && BigInt(figures) % 97n === 1n;
}

/** How a file is told of in the list of what was applied. */
export const summary = ({ name, bytes }: SentFile) => ({
  name,
  sizeBytes: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
});

/** Whose change it is, in the list of what was applied. */
export const about = (contract: WorldContract) => ({
  contract: keyOfContract(contract),
  person: null,
  reference: null,
});
