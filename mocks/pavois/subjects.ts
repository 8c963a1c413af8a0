/** The places and reasons that Pavois knows a request by. */
export const places = [
  { code: "L01", label: "Cuisine" },
  { code: "L02", label: "Salle de bains" },
  { code: "L03", label: "Séjour" },
  { code: "L04", label: "Chambre" },
  { code: "L05", label: "Cave ou garage" },
  { code: "L10", label: "Parties communes" },
] as const;

export const reasons = [
  { code: "M01", label: "Fuite d’eau", nature: "TECHNIQUE", placeNeeded: true },
  { code: "M02", label: "Chauffage & eau chaude", nature: "TECHNIQUE", placeNeeded: true },
  { code: "M03", label: "Électricité", nature: "TECHNIQUE", placeNeeded: true },
  { code: "M04", label: "Ascenseur à l'arrêt", nature: "TECHNIQUE", placeNeeded: false },
  { code: "M50", label: "Changement de situation", nature: "ADMINISTRATIVE", placeNeeded: false },
  { code: "M51", label: "Question sur le décompte", nature: "ADMINISTRATIVE", placeNeeded: false },
  { code: "M52", label: "Demande d’attestation", nature: "ADMINISTRATIVE", placeNeeded: false },
] as const;
