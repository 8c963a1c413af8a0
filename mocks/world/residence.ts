import { addDays } from "./days.ts";
import { numberInBuilding } from "./numbers.ts";
import type { Random } from "./random.ts";
import { moment } from "./requests.ts";
import type { WorldBuilding, WorldRequest } from "./types.ts";

type Note = WorldBuilding["notes"][number];
type Subject = Pick<WorldRequest, "category" | "place" | "reason" | "description">;
type Status = WorldRequest["updates"][number]["status"];

/** At most one of each row, so that a building never says two things about one subject. */
const notes: readonly (readonly [Note, ...Note[]])[] = [
  [
    {
      title: "Chauffage",
      text: "Chauffage collectif au gaz, du 15 octobre au 15 mai. Consigne : 19 °C le jour, <17 °C la nuit.",
    },
    { title: "Chauffage", text: "Chauffage individuel électrique : entretien par le locataire." },
    { title: "Chauffage", text: "Réseau de chaleur urbain ; compteurs relevés en juin." },
  ],
  [
    {
      title: "Ascenseur",
      text: "2 ascenseurs. En cas de panne, appelez le numéro affiché dans la cabine,\n24 h/24 & 7 j/7.",
    },
    { title: "Ascenseur", text: "Pas d’ascenseur." },
  ],
  [
    {
      title: "Tri & encombrants",
      text: "Encombrants : le 1er mardi du mois, à sortir la veille après 19 h.",
    },
    { title: "Ordures", text: "Bacs jaunes le jeudi ; le verre se dépose à l'angle de la rue." },
  ],
  [
    { title: "Travaux", text: "Ravalement & isolation par l’extérieur : fin prévue au printemps." },
    { title: "Travaux", text: "Remplacement des portes d’entrée : « Vigik » remis à jour." },
  ],
  [
    {
      title: "Règlement",
      text: "Vélos : dans le local seulement.\nBarbecues interdits aux balcons.",
    },
    { title: "Fibre", text: "L’immeuble est raccordé à la fibre par quatre opérateurs." },
  ],
];

export function notesOf(random: Random): Note[] {
  return notes.flatMap((row) => (random.chance(60) ? [random.pick(row)] : []));
}

const subjects: readonly [Subject, ...Subject[]] = [
  {
    category: "TECHNICAL",
    place: "Hall d’entrée",
    reason: "Porte qui ferme mal",
    description: "La gâche électrique ne se déclenche qu’une fois sur deux.",
  },
  {
    category: "TECHNICAL",
    place: "Ascenseur",
    reason: "Ascenseur à l'arrêt",
    description: "Cabine bloquée au 3e étage ; pièce commandée.",
  },
  {
    category: "TECHNICAL",
    place: "Escalier B",
    reason: "Éclairage & minuterie",
    description: "La lumière s’éteint en <10 secondes entre le 2e et le 4e étage.",
  },
  {
    category: "TECHNICAL",
    place: "Local vélos",
    reason: "Infiltration d’eau",
    description: "De l’eau au sol après chaque pluie.",
  },
  {
    category: "TECHNICAL",
    place: "Parking",
    reason: "Portail bloqué ouvert",
    description: "Le portail du sous-sol « -1 » ne se referme plus.",
  },
  {
    category: "ADMINISTRATIVE",
    place: null,
    reason: "Ménage des parties communes",
    description: "Passage de l’entreprise de nettoyage non effectué cette semaine.",
  },
];

const paths: readonly [Status[], ...Status[][]] = [
  ["RECEIVED"],
  ["RECEIVED", "IN_PROGRESS"],
  ["RECEIVED", "IN_PROGRESS", "SCHEDULED"],
];

const comments: Partial<Record<Status, string>> = {
  IN_PROGRESS: "Transmise à l’entreprise sous contrat.",
  SCHEDULED: "Passage prévu en début de semaine prochaine.",
};

/** None to four that are open in the common parts, newest first; they tell nothing of anybody. */
export function commonRequestsOf(building: number, today: string, random: Random): WorldRequest[] {
  const count = random.pick([0, 0, 1, 1, 2, 3, 4]);
  const first = random.int(0, subjects.length - 1);
  return Array.from({ length: count }, (_, i) => {
    const subject = subjects[(first + i) % subjects.length]!;
    // Twelve days or more before the one that follows.
    const age = 3 + 20 * i + random.int(10, 18);
    return openRequest(numberInBuilding(building, count - i), subject, age, today, random);
  });
}

function openRequest(
  number: number,
  subject: Subject,
  age: number,
  today: string,
  random: Random,
): WorldRequest {
  const updates = random.pick(paths).map((status, i) => ({
    at: moment(addDays(today, i * 3 - age), i, random),
    status,
    comment: comments[status] ?? null,
  }));
  return { number, ...subject, createdAt: updates[0]!.at, updates };
}
