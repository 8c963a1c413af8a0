import { yearOf } from "./days.ts";
import type { Area } from "./places.ts";
import { randomFor, streams, type Random } from "./random.ts";
import { commonRequestsOf, notesOf } from "./residence.ts";
import type { WorldAddress, WorldBuilding } from "./types.ts";

type Pool = readonly [string, ...string[]];

const kinds: Pool = ["Résidence", "Résidence", "Résidence", "Immeuble", "Ensemble"];

const names: Pool = [
  "Les Hauts de Bel-Air",
  "« Le Clos »",
  "L’Océan",
  "Champs & Jardins",
  "Françoise-Giroud",
  "Les Œillets",
  "Jean-Moulin",
  "L'Orée du Bois",
  "Les Tilleuls",
  "Elsa-Triolet",
  "Pierre-et-Marie-Curie",
  "La Croix-Saint-André",
  "Le Gué",
  "Les Érables",
  "Aimé-Césaire",
  "Les Trois Îles",
  "Lucie-Aubrac",
  "Le Pré-aux-Ânes",
  "Marcel-Cachin",
  "« L’Aÿ »",
];

/** Buildings of 8 to 60 flats, with a flat for each of so many people and some to spare. */
export function buildingsIn(
  area: Area,
  people: number,
  today: string,
  seed: number,
): WorldBuilding[] {
  const buildings: WorldBuilding[] = [];
  const taken = new Set<string>();
  for (let flats = 0; flats < people * 1.15 + 30; flats += buildings.at(-1)!.units!) {
    const number = buildings.length + 1;
    const random = randomFor(seed, streams.building, number);
    buildings.push(buildingOf(number, freeAddress(area, taken, random), today, random));
  }
  const number = buildings.length + 1;
  const random = randomFor(seed, streams.building, number);
  return [...buildings, { ...buildingOf(number, longAddress(area), today, random), units: 60 }];
}

function buildingOf(
  number: number,
  address: WorldAddress,
  today: string,
  random: Random,
): WorldBuilding {
  const built = random.int(1890, yearOf(today) - 2);
  return {
    number,
    name: `${random.pick(kinds)} ${random.pick(names)}`,
    address,
    builtIn: random.chance(85) ? built : null,
    units: random.int(8, 60),
    notes: notesOf(random),
    requests: commonRequestsOf(number, today, random),
  };
}

/** The street and the town of one building only. */
function freeAddress(area: Area, taken: Set<string>, random: Random): WorldAddress {
  for (;;) {
    const [postalCode, city] = random.pick(area.towns);
    const suffix = random.pick(["", "", "", " bis", " ter"]);
    const street = `${random.int(1, 180)}${suffix} ${random.pick(area.streets)}`;
    const key = `${street} ${postalCode} ${city}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return { lines: [street], postalCode, city };
  }
}

function longAddress(area: Area): WorldAddress {
  const [postalCode, city] = area.towns[0];
  return { lines: ["1128 bis rue de l’Ancienne-Grange-Noël"], postalCode, city };
}
