/** Who lives in the dwelling of a contract. */
import { z } from "zod";
import type { Occupant, Occupants } from "../../ports/contract.ts";
import { optionalText, text } from "../../transport/fields.ts";
import type { Pavois } from "./client.ts";
import { flag, optionalDay } from "./map.ts";
import { perContract } from "./per-contract.ts";

const occupantRecord = z
  .object({
    NumeroOccupant: text,
    NumeroContrat: text,
    Titulaire: flag.nullish(),
    Nom: text,
    Prenom: optionalText,
    DateNaissance: optionalDay,
    Lien: optionalText,
    EntreeLe: optionalDay,
    /** The last day there; may be to come. */
    SortieLe: optionalDay,
  })
  .transform((record) => {
    const occupant: Occupant = {
      key: record.NumeroOccupant,
      contractKey: record.NumeroContrat,
      surname: record.Nom,
      givenName: record.Prenom,
      birthDate: record.DateNaissance,
      relationship: record.Lien,
      since: record.EntreeLe,
    };
    const item = { occupant, signed: record.Titulaire ?? false, until: record.SortieLe };
    return { contract: record.NumeroContrat, item };
  });

/** Pavois also names the signatories, and whoever has left. */
export const createOccupants = (pavois: Pavois): Occupants => ({
  ofContracts: perContract(
    pavois,
    { operation: "ListerOccupants", element: "Occupant", shape: occupantRecord },
    (declared) =>
      declared
        .filter(({ signed, until }) => !signed && (until === null || until >= pavois.today()))
        .map(({ occupant }) => occupant),
  ),
});
