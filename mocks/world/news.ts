import { addDays } from "./days.ts";
import { randomFor, streams, type Random } from "./random.ts";
import type { WorldBuilding, WorldNews } from "./types.ts";

type Item = Pick<WorldNews, "title" | "text">;

const forEverybody: readonly [Item, ...Item[]] = [
  {
    title: "Vos services changent d’horaires",
    text: "À compter du 1er du mois, l’accueil ouvre de 9 h à 12 h 30 & de 14 h à 17 h.\nFermé le jeudi matin.",
  },
  {
    title: "Attestation d’assurance : pensez-y !",
    text: "Votre attestation d’assurance habitation est à renouveler chaque année.",
  },
  {
    title: "Régularisation des charges",
    text: "Le décompte de l’année écoulée est disponible dans « Mes documents ».",
  },
  {
    title: "Prévention des punaises de lit",
    text: "Ne jetez pas, ne déplacez pas : signalez. Un traitement coûte <100 € s’il est précoce.",
  },
  {
    title: "Fêtes de fin d’année",
    text: "Nos bureaux ferment les 24 et 31 décembre à 12 h. Urgences techniques : 24 h/24.",
  },
  {
    title: "Enquête de satisfaction",
    text: "Cette année, 87 % d’entre vous se disent satisfaits ; merci à tous pour vos réponses.",
  },
];

const forBuildings: readonly [Item, ...Item[]] = [
  {
    title: "Coupure d’eau",
    text: "L’eau sera coupée mardi de 8 h à 12 h pour le remplacement d’une vanne.",
  },
  {
    title: "Ravalement de votre résidence",
    text: "Les échafaudages seront montés dès lundi.\nMerci de libérer vos balcons.",
  },
  {
    title: "Ascenseur à l'arrêt",
    text: "Le remplacement des câbles & poulies durera 3 jours. Un portage de courses est proposé.",
  },
  {
    title: "Fête des voisins",
    text: "Rendez-vous vendredi à 19 h dans la cour : chacun apporte « un plat, une boisson ».",
  },
];

const many = 60;

/** Three years of news, newest first: every other item for some buildings, the rest for everybody. */
export function newsFor(buildings: WorldBuilding[], today: string, seed: number): WorldNews[] {
  return Array.from({ length: many }, (_, i) => {
    const number = many - i;
    const random = randomFor(seed, streams.news, number);
    const local = number % 2 === 0;
    return {
      number,
      ...random.pick(local ? forBuildings : forEverybody),
      publishedOn: addDays(today, -1 - 18 * i - random.int(0, 17)),
      buildings: local ? someOf(buildings, random) : null,
    };
  });
}

/** One building, or up to a dozen neighbours by number; hand-made people live in any of them. */
function someOf(buildings: WorldBuilding[], random: Random): number[] {
  const first = random.int(1, buildings.length);
  const last = Math.min(buildings.length, first + random.int(0, 11));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
