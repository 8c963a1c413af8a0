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

const ivry: Area = {
  towns: [
    ["94200", "Ivry-sur-Seine"],
    ["94200", "Ivry-sur-Seine"],
    ["94200", "Ivry-sur-Seine"],
    ["94400", "Vitry-sur-Seine"],
    ["94270", "Le Kremlin-Bicêtre"],
    ["94800", "Villejuif"],
    ["94220", "Charenton-le-Pont"],
  ],
  streets: [
    "rue Raspail",
    "avenue Danielle-Casanova",
    "rue Jean-le-Galleu",
    "boulevard Paul-Vaillant-Couturier",
    "rue de l’Insurrection-d’Août-1944",
    "allée Gagarine",
    "quai Marcel-Boyer",
    "rue Gabriel-Péri",
    "promenade des Petits-Bois",
    "rue Élisée-Reclus",
  ],
  agencies: ["Accueil du siège", "Antenne Petit-Ivry & Monmousseau"],
  landline: "01 99 00",
};

const aubervilliers: Area = {
  towns: [
    ["93300", "Aubervilliers"],
    ["93300", "Aubervilliers"],
    ["93300", "Aubervilliers"],
    ["93300", "Aubervilliers"],
    ["93120", "La Courneuve"],
  ],
  streets: [
    "rue Heurtault",
    "rue de la Commune-de-Paris",
    "boulevard Félix-Faure",
    "avenue de la République",
    "rue Hélène-Cochennec",
    "rue du Pont-Blanc",
    "allée Grandcoing",
    "rue Réchossière",
    "passage de l'Avenir",
    "rue des Cités",
  ],
  agencies: ["Agence Maladrerie", "Agence Centre & Landy", "Agence Émile-Dubois"],
  landline: "01 99 00",
};

const immoParis: Area = {
  towns: [
    ["75010", "Paris"],
    ["75011", "Paris"],
    ["75015", "Paris"],
    ["75018", "Paris"],
    ["75020", "Paris"],
    ["92100", "Boulogne-Billancourt"],
    ["92130", "Issy-les-Moulineaux"],
    ["93100", "Montreuil"],
    ["94300", "Vincennes"],
    ["78000", "Versailles"],
  ],
  streets: [
    "rue de la Grange-aux-Belles",
    "rue Lecourbe",
    "boulevard Ornano",
    "rue des Pyrénées",
    "avenue Philippe-Auguste",
    "cité d’Angoulême",
    "villa de l’Ermitage",
    "passage du Génie",
    "rue de l'Abbé-Groult",
    "square Élie-Faure",
  ],
  agencies: ["Agence Paris Est", "Agence Paris Ouest & Hauts-de-Seine"],
  landline: "01 99 00",
};

const areas: Record<string, Area> = {
  "la-rochelle": laRochelle,
  chartres,
  ivry,
  aubervilliers,
  "immo-paris": immoParis,
};

/** The area of a landlord; that of La Rochelle for one that has none of its own. */
export const areaOf = (landlord: string): Area => areas[landlord] ?? laRochelle;
