/** What a request at this landlord may be about. */
import type { WorldContract } from "../world/types.ts";

const inDwelling = ["Cuisine", "Salle de bains", "WC", "Chambre", "Séjour", "Balcon ou loggia"];
const elsewhere = ["Parties communes", "Stationnement", "Cave ou cellier"];

const numbered = (letter: string, labels: readonly string[]) =>
  labels.map((libelle, index) => ({
    code: `${letter}${String(index + 1).padStart(2, "0")}`,
    libelle,
  }));

const places = numbered("L", [...inDwelling, ...elsewhere]);

const technical = ["Fuite d’eau", "Chauffage & eau chaude", "Électricité", "Serrure, porte"];
const administrative = ["Changement de situation", "Question sur le décompte", "Attestation"];

const reasons = numbered("M", [...technical, ...administrative]).map((reason) => {
  const isTechnical = technical.includes(reason.libelle);
  const categorie: "TECHNIQUE" | "ADMINISTRATIVE" = isTechnical ? "TECHNIQUE" : "ADMINISTRATIVE";
  return { ...reason, categorie, lieu_obligatoire: isTechnical };
});

/** The rooms of a dwelling only where one is let. */
export function catalogue({ units }: WorldContract) {
  const hasDwelling = units.some(({ kind }) => kind === "DWELLING");
  const lieux = places.filter(({ libelle }) => hasDwelling || elsewhere.includes(libelle));
  return { lieux, motifs: reasons };
}
