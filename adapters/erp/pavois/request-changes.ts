import { z } from "zod";
import type { Changes } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import type {
  RequestCatalogue,
  RequestCatalogues,
  ServiceRequestCreation,
} from "../../ports/request-changes.ts";
import { codeOf, text } from "../../transport/fields.ts";
import { attached, changesBy } from "./changes.ts";
import type { Pavois } from "./client.ts";
import { isSubject } from "./keys.ts";
import { flag } from "./map.ts";
import { perContract } from "./per-contract.ts";
import { contract, fit, given, phone, Refused, upTo } from "./written.ts";

const catalogueRecord = z
  .object({
    NumeroContrat: text,
    Lieu: z.array(z.object({ Code: text, Libelle: text })).default([]),
    Motif: z
      .array(
        z.object({
          Code: text,
          Libelle: text,
          Nature: codeOf({ TECHNIQUE: "TECHNICAL", ADMINISTRATIVE: "ADMINISTRATIVE" }),
          LieuObligatoire: flag,
        }),
      )
      .min(1),
  })
  .transform(({ NumeroContrat, Lieu, Motif }) => {
    const item: RequestCatalogue = {
      places: Lieu.map(({ Code, Libelle }) => ({ key: Code, label: Libelle })),
      reasons: Motif.map(({ Code, Libelle, Nature, LieuObligatoire }) => ({
        key: Code,
        label: Libelle,
        category: Nature,
        placeNeeded: LieuObligatoire,
      })),
    };
    return { contract: NumeroContrat, item };
  });

export const createRequestCatalogues = (pavois: Pavois): RequestCatalogues => ({
  ofContracts: perContract(
    pavois,
    { operation: "LireReferentielDemandes", element: "Referentiel", shape: catalogueRecord },
    ([catalogue]) => {
      if (catalogue) return catalogue;
      throw new PortError("NOT_FOUND", "LireReferentielDemandes: no such contract");
    },
  ),
});

export const createServiceRequestCreations = (pavois: Pavois): Changes<ServiceRequestCreation> =>
  changesBy(pavois, "STORED_ID", async (change) => {
    const { reasonKey, placeKey, description, contactPhone, photos } = change.payload;
    for (const key of [reasonKey, placeKey ?? reasonKey]) {
      if (!isSubject(key)) throw new Refused("UNKNOWN_THING");
    }
    const args = {
      ...contract(change.contractKey),
      CodeMotif: reasonKey,
      CodeLieu: placeKey,
      Description: upTo(4000, description),
      Disponibilite: availabilities(change.payload),
      Telephone: contactPhone && phone(contactPhone),
    };
    const Photo = await attached(change, photos);
    return { operation: "CreerDemande", args: given({ ...args, Photo }) };
  });

function availabilities({ availabilities: slots }: ServiceRequestCreation) {
  fit(slots.every(({ from, to }) => from < to));
  const hour = (time: string) => time.replace(":", "h");
  return slots.map(({ day, from, to }) => ({ Le: day, De: hour(from), A: hour(to) }));
}
