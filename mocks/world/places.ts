import type { Random } from "./random.ts";
import type { WorldAddress } from "./types.ts";

type Pool = readonly [string, ...string[]];

/** Where a landlord lets. */
export interface Area {
  /** `[postal code, town]` */
  towns: readonly [readonly [string, string], ...(readonly [string, string])[]];
  streets: Pool;
  agencies: Pool;
  /** First digits of a landline of the region that is kept for fiction. */
  landline: string;
}

const laRochelle: Area = {
  towns: [
    ["17000", "La Rochelle"],
    ["17000", "La Rochelle"],
    ["17000", "La Rochelle"],
    ["17440", "Aytré"],
    ["17140", "Lagord"],
    ["17180", "Périgny"],
    ["17138", "Puilboreau"],
    ["17137", "L'Houmeau"],
    ["17137", "Nieul-sur-Mer"],
    ["17139", "Dompierre-sur-Mer"],
    ["17340", "Châtelaillon-Plage"],
  ],
  streets: [
    "rue Saint-Jean-du-Pérot",
    "rue de l’Échelle",
    "quai Maubec",
    "avenue Jean-Guiton",
    "rue de l'Aimable-Nanette",
    "boulevard Joffre",
    "allée des Tamaris",
    "rue du Duc",
    "impasse de la Ville-en-Bois",
    "rue des Œillets",
  ],
  agencies: ["Agence de Mireuil", "Agence Villeneuve-les-Salines", "Agence Centre & Port-Neuf"],
  landline: "05 36 49",
};

const chartres: Area = {
  towns: [
    ["28000", "Chartres"],
    ["28000", "Chartres"],
    ["28110", "Lucé"],
    ["28300", "Mainvilliers"],
    ["28600", "Luisant"],
    ["28630", "Le Coudray"],
    ["28300", "Lèves"],
    ["28300", "Saint-Prest"],
    ["28630", "Nogent-le-Phaye"],
  ],
  streets: [
    "rue du Faubourg-la-Grappe",
    "rue de la Tannerie",
    "avenue d'Orléans",
    "rue Saint-Chéron",
    "place des Épars",
    "rue de l’Étroit-Degré",
    "rue aux Œufs",
    "boulevard de la Courtille",
    "allée du Gué-aux-Ânes",
    "rue Muret",
  ],
  agencies: ["Agence de Beaulieu", "Agence de La Madeleine", "Agence Rechèvres & Bel-Air"],
  landline: "02 61 91",
};

const areas: Record<string, Area> = { "la-rochelle": laRochelle, chartres };

/** The area of a landlord; that of La Rochelle for one that has none of its own. */
export const areaOf = (landlord: string): Area => areas[landlord] ?? laRochelle;

const residences: Pool = [
  "Résidence Les Hauts de Bel-Air",
  "Résidence « Le Clos »",
  "Résidence L’Océan",
  "Résidence Champs & Jardins",
  "Résidence Françoise-Giroud",
];

/** A made-up address of the area, with one or two street lines. */
export function addressIn(area: Area, random: Random): WorldAddress {
  const [postalCode, city] = random.pick(area.towns);
  const suffix = random.pick(["", "", "", " bis", " ter"]);
  const street = `${random.int(1, 180)}${suffix} ${random.pick(area.streets)}`;
  const building = `${random.pick(residences)}, bât. ${random.pick(["A", "B", "C"])}`;
  const lines = random.chance(40) ? [`${building}, appt ${random.int(1, 84)}`, street] : [street];
  return { lines, postalCode, city };
}
