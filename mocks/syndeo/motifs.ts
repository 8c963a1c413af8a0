/** What a request may be about; there are none about a dwelling for whoever lets it. */
import type { WorldContract } from "../world/types.ts";

const lieux = [
  { Code: "LIE-CUI", Libelle: "Cuisine" },
  { Code: "LIE-SDB", Libelle: "Salle de bains" },
  { Code: "LIE-SEJ", Libelle: "Séjour & chambres" },
  { Code: "LIE-COM", Libelle: "Parties communes" },
];

const motif = (Code: string, Libelle: string, Categorie: string) => ({
  Code,
  Libelle,
  Categorie,
  LieuExige: Categorie === "TECHNIQUE",
});

const technical = [
  motif("MOT-FUITE", "Fuite d’eau", "TECHNIQUE"),
  motif("MOT-CHAUF", "Chauffage & eau chaude", "TECHNIQUE"),
  motif("MOT-ELEC", "Électricité", "TECHNIQUE"),
  motif("MOT-ASC", "Ascenseur à l'arrêt", "TECHNIQUE"),
];
const administrative = [
  motif("MOT-DECOMPTE", "Question sur le décompte", "ADMINISTRATIVE"),
  motif("MOT-SITU", "Changement de situation", "ADMINISTRATIVE"),
];

export const motifsOf = ({ kind }: WorldContract) =>
  kind === "MANAGEMENT"
    ? { Lieux: [], Motifs: administrative }
    : { Lieux: lieux, Motifs: [...technical, ...administrative] };
