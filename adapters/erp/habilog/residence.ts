/** Who lives in the dwelling, and whom to ask about the building. */
import { z } from "zod";
import type { BuildingContacts, Occupants } from "../../ports/contract.ts";
import { phoneOf } from "../../transport/phone.ts";
import { optionalText, text } from "../../transport/fields.ts";
import type { Habilog } from "./client.ts";
import { flag, optionalDay } from "./map.ts";
import { itemsPerContract } from "./per-contract.ts";

const contactRecord = z
  .object({
    NumeroContrat: text,
    Fonction: text,
    Nom: text,
    Telephone: optionalText,
    Courriel: optionalText,
  })
  .transform(({ NumeroContrat, Fonction, Nom, Telephone, Courriel }) => ({
    contract: NumeroContrat,
    item: { role: Fonction, name: Nom, phone: phoneOf(Telephone), email: Courriel },
  }));

export const createBuildingContacts = (habilog: Habilog): BuildingContacts => ({
  ofContracts: itemsPerContract(habilog, {
    operation: "ListerInterlocuteurs",
    element: "Interlocuteur",
    shape: contactRecord,
  }),
});

const occupantRecord = z
  .object({
    NumeroOccupant: text,
    NumeroContrat: text,
    Titulaire: flag,
    Nom: text,
    Prenom: optionalText,
    DateNaissance: optionalDay,
    LienParente: optionalText,
    DateArrivee: optionalDay,
  })
  .transform((record) => ({
    contract: record.NumeroContrat,
    item: {
      isHolder: record.Titulaire,
      occupant: {
        key: record.NumeroOccupant,
        contractKey: record.NumeroContrat,
        surname: record.Nom,
        givenName: record.Prenom,
        birthDate: record.DateNaissance,
        relationship: record.LienParente,
        since: record.DateArrivee,
      },
    },
  }));

/** Habilog counts the signatories among the occupants. */
export const createOccupants = (habilog: Habilog): Occupants => ({
  ofContracts: async (keys, call) => {
    const form = { operation: "ListerOccupants", element: "Occupant", shape: occupantRecord };
    const found = await itemsPerContract(habilog, form)(keys, call);
    return found.map((people) =>
      people.filter(({ isHolder }) => !isHolder).map(({ occupant }) => occupant),
    );
  },
});
