type Pool = readonly [string, ...string[]];

export const surnames: Pool = [
  "Martin",
  "Bernard",
  "Lefèvre",
  "Lefebvre",
  "Léger",
  "Noël",
  "Besançon",
  "François",
  "Gaëtan",
  "Hérault",
  "L'Hostis",
  "L’Hénoret",
  "D'Almeida",
  "N’Guessan",
  "de Saint-Exupère",
  "Le Bihan",
  "Le Goff",
  "La Fontaine",
  "du Plessis",
  "van den Berghe",
  "Da Silva",
  "Cœurdoux",
  "Vandœuvre",
  "Saint-Maur",
  "Petit-Jean",
  "Benoît-Lévêque",
  "Ben Saïd",
  "Diallo",
  "Traoré",
  "Nguyen",
  "El Haddad",
  "Müller",
  "Núñez",
  "Kowalski",
  "Rançon",
  "Thébault",
  "Maître",
  "Aït-Ali",
  "Île-Marie",
  "Faÿ",
];

export const menNames: Pool = [
  "Jean",
  "Jean-François",
  "Rémi",
  "Loïc",
  "Gaël",
  "Benoît",
  "Théo",
  "Mehdi",
  "Hervé",
  "Jérôme",
  "André",
  "Moïse",
  "Anaël",
  "Maël",
  "Stéphane",
  "Noël",
];

export const womenNames: Pool = [
  "Éloïse",
  "Anne-Sophie",
  "Maëlle",
  "Zoé",
  "Françoise",
  "Hélène",
  "Inès",
  "Chloë",
  "Agnès",
  "Fatou",
  "Marie-Thérèse",
  "Océane",
  "Léa",
  "Cécile",
  "Gaëlle",
  "Aïcha",
];

/** `D'Hérouville-L'Œillet` -> `dherouville-loeillet`: what fits into an address of a mail box. */
export function plain(name: string): string {
  return name
    .replace(/[Œœ]/g, "oe")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\s+/g, "-")
    .replace(/[^a-z-]/g, "");
}
