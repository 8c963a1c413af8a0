/** The World's buildings and what is open in them, as beauceron shows them; shapes in openapi.yaml. */
import type { WorldBuilding, WorldRequest } from "../world/types.ts";
import { localMoment } from "./formats.ts";
import { keyOfBuilding, keyOfBuildingRequest } from "./keys.ts";
import { adresse, states } from "./records.ts";

export const residence = (building: WorldBuilding) => ({
  cle: keyOfBuilding(building.number),
  nom: building.name,
  adresse: adresse(building.address),
  annee_construction: building.builtIn ?? 0,
  logements: building.units ?? 0,
  informations: building.notes.map(({ title, text }) => ({ titre: title, texte: text })),
});

/** What nobody in the building should learn from the portal: who told of it, where to call. */
export const leak = { nom: "Bérénice Fabre-Lenoir", telephone: "06 39 98 70 07" } as const;

/** beauceron sends who told of it along, and what they wrote, to whoever asks. */
export const demandeResidence = (building: WorldBuilding, request: WorldRequest) => ({
  cle: keyOfBuildingRequest(building.number, request.number),
  residence: keyOfBuilding(building.number),
  categorie: request.category === "TECHNICAL" ? "TECHNIQUE" : "ADMINISTRATIVE",
  lieu: request.place,
  motif: request.reason,
  description: `${request.description} Me rappeler au ${leak.telephone} (${leak.nom}, appt 12).`,
  etat: states[request.updates.at(-1)!.status],
  creee_le: localMoment(request.createdAt),
  declarant: { ...leak, logement: "Appt 12" },
});
