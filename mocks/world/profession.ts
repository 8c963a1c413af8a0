import { addDays, daysBetween } from "./days.ts";
import type { Random } from "./random.ts";
import type { WorldPerson } from "./types.ts";

type Situation = readonly [man: string, woman: string, employed: boolean];

const working: readonly [Situation, ...Situation[]] = [
  ["Salarié en CDI", "Salariée en CDI", true],
  ["Salarié en CDI", "Salariée en CDI", true],
  ["Salarié en CDD", "Salariée en CDD", true],
  ["Intérimaire", "Intérimaire", true],
  ["Fonctionnaire", "Fonctionnaire", true],
  ["Artisan", "Artisane", false],
  ["Demandeur d’emploi", "Demandeuse d’emploi", false],
  ["Au foyer", "Au foyer", false],
];
const retired: Situation = ["Retraité", "Retraitée", false];
const studying: Situation = ["Étudiant", "Étudiante", false];

const employers: readonly [string, ...string[]] = [
  "Boulangerie L’Épi & Fils",
  "Centre hospitalier",
  "Éts Vandœuvre SARL",
  "Mairie",
  "Transports « Le Trait d’Union »",
  "Collège Élisée-Reclus",
  "Chantiers de l'Aÿ",
];

/** What the landlord knows of a person's work; null for four in ten. */
export function professionOf(
  { title, birthDate }: Pick<WorldPerson, "title" | "birthDate">,
  today: string,
  random: Random,
): WorldPerson["professional"] {
  if (random.chance(40)) return null;
  const age = Math.floor(daysBetween(birthDate, today) / 365.25);
  const [man, woman, employed] = age > 64 ? retired : age < 22 ? studying : random.pick(working);
  const since = addDays(today, -random.int(20, Math.max(30, Math.min(age - 17, 20) * 365)));
  return {
    label: title === "MRS" ? woman : man,
    employer: employed && random.chance(85) ? random.pick(employers) : null,
    since: random.chance(75) ? since : null,
  };
}
