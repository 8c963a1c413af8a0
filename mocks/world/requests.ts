import { addDays } from "./days.ts";
import { numberWithin } from "./numbers.ts";
import type { Random } from "./random.ts";
import type { WorldRequest } from "./types.ts";

/**
 * How many requests a contract has: "one of each" is one in every status and in both categories,
 * "one long" is one whose description has 3,900 characters.
 */
export type RequestHabit = "none" | "some" | "one of each" | "one long";

type Status = WorldRequest["updates"][number]["status"];
type Subject = Pick<WorldRequest, "category" | "place" | "reason" | "description">;

const subjects: readonly [Subject, ...Subject[]] = [
  {
    category: "TECHNICAL",
    place: "Salle de bains",
    reason: "Fuite d’eau",
    description:
      "L’eau coule sous le lavabo & goutte chez le voisin du dessous.\nDébit < 1 litre par heure, mais ça s’aggrave.",
  },
  {
    category: "TECHNICAL",
    place: "Parties communes",
    reason: "Ascenseur à l'arrêt",
    description:
      "L'ascenseur affiche « Hors service » depuis jeudi : ma mère, 84 ans, ne peut plus sortir.",
  },
  {
    category: "TECHNICAL",
    place: "Cuisine",
    reason: "Chauffage & eau chaude",
    description: "Radiateur froid (<16 °C) ; devis d'un dépannage : 89,05 € TTC. Qui paie ?",
  },
  {
    category: "ADMINISTRATIVE",
    place: null,
    reason: "Changement de situation",
    description: "Bonjour,\n\nNaissance de notre fille Éléa : faut-il un acte ?\n\nCordialement",
  },
  {
    category: "ADMINISTRATIVE",
    place: null,
    reason: "Question sur le décompte",
    description:
      'Le décompte dit "régularisation > 50 €" : je ne comprends pas l’écart <svp expliquer>.',
  },
];

const comments: Record<Status, readonly [string | null, ...(string | null)[]]> = {
  RECEIVED: [null, "Votre demande a bien été reçue."],
  IN_PROGRESS: ["Transmise à l’entreprise Plomberie & Fils.", null],
  SCHEDULED: ["Passage prévu jeudi entre 8 h et 12 h."],
  WAITING_FOR_TENANT: ["Merci de nous dire vos disponibilités <matin / après-midi>."],
  DONE: ["Intervention réalisée : joint remplacé.", "Réponse envoyée par courrier."],
  CANCELLED: ["Annulée à votre demande."],
};

const paths: readonly [Status[], ...Status[][]] = [
  ["RECEIVED"],
  ["RECEIVED", "IN_PROGRESS"],
  ["RECEIVED", "IN_PROGRESS", "SCHEDULED"],
  ["RECEIVED", "WAITING_FOR_TENANT"],
  ["RECEIVED", "IN_PROGRESS", "SCHEDULED", "DONE"],
  ["RECEIVED", "CANCELLED"],
];

/** A contract's requests, newest first, none begun before `start`, nothing after `until`. */
export function requestsOf(
  contract: number,
  habit: RequestHabit,
  start: string,
  until: string,
  random: Random,
): WorldRequest[] {
  const ways = waysOf(habit, random);
  const requests = ways.map((statuses, i) => {
    // The oldest ones are the closed ones: the last ways in the list.
    const day = addDays(until, -random.int(20 + 40 * i, 50 + 40 * i));
    const subject = subjectOf(habit, i, random);
    return requestOf(subject, statuses, day, until, random);
  });
  return requests
    .filter((request) => request.createdAt.slice(0, 10) >= start)
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
    .map((request, i) => Object.assign(request, { number: numberWithin(contract, i + 1) }))
    .toReversed();
}

function waysOf(habit: RequestHabit, random: Random): Status[][] {
  if (habit === "some") return someWays(random);
  return { none: [], "one of each": [...paths], "one long": [["RECEIVED" as const]] }[habit];
}

function subjectOf(habit: RequestHabit, index: number, random: Random): Subject {
  if (habit === "some") return random.pick(subjects);
  return habit === "one long" ? longSubject : subjects[index % subjects.length]!;
}

const longSubject: Subject = {
  ...subjects[0],
  description: "Depuis le 1er septembre, l’eau goutte « sans arrêt » & tache le plafond.\n"
    .repeat(60)
    .slice(0, 3899)
    .padEnd(3900, "."),
};

function someWays(random: Random): Status[][] {
  if (random.chance(60)) return [];
  return Array.from({ length: random.int(1, 3) }, () => random.pick(paths));
}

function requestOf(
  subject: Subject,
  statuses: Status[],
  day: string,
  until: string,
  random: Random,
): WorldRequest {
  const updates = statuses.map((status, i) => {
    const date = i === 0 ? day : addDays(day, i * 5);
    return {
      at: moment(date > until ? until : date, i, random),
      status,
      comment: random.pick(comments[status]),
    };
  });
  return { number: 0, ...subject, createdAt: updates[0]!.at, updates };
}

/** In office hours, later for each step, so that steps of one day stay in order. */
export function moment(day: string, step: number, random: Random): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${day}T${two(7 + step * 2)}:${two(random.int(0, 59))}:${two(random.int(0, 59))}Z`;
}
