import { addDays } from "./days.ts";
import { randomFor, streams, type Random } from "./random.ts";
import type { WorldCandidacy, WorldPerson, WorldRole } from "./types.ts";

/** Whether the landlord is a syndic and manages for owners, so that people have roles there. */
export const keepsRoles = (landlord: string): boolean => landlord === "immo-paris";

/** What somebody likely is to such a landlord: of 100, about 56 rent, 30 are co-owners. */
export function likelyRoles(number: number, seed: number): WorldRole[] {
  const hundredth = randomFor(seed, streams.roles, number).int(1, 100);
  const [, roles] = shares.find(([upTo]) => hundredth <= upTo)!;
  return [...roles];
}

const shares: readonly (readonly [upTo: number, roles: readonly WorldRole[]])[] = [
  [55, ["TENANT"]],
  [83, ["CO_OWNER"]],
  [91, ["OWNER"]],
  [94, ["CO_OWNER", "OWNER"]],
  [95, ["TENANT", "CO_OWNER"]],
  [96, ["TENANT", "CANDIDATE"]],
  [100, ["CANDIDATE"]],
];

/** What a client of such a landlord has beside contracts. */
export function clientOf(
  person: WorldPerson,
  roles: WorldRole[],
  password: string | null,
  today: string,
  seed: number,
): WorldPerson {
  const { number } = person;
  const files = roles.includes("CANDIDATE");
  return Object.assign(person, {
    roles,
    credentials: credentialsOf(number, password, randomFor(seed, streams.credentials, number)),
    candidacies: files
      ? candidaciesOf(
          number,
          person.oddity !== null,
          today,
          randomFor(seed, streams.candidacy, number),
        )
      : [],
  });
}

/** Two letters and six figures, each once; a provisional password is six figures. */
function credentialsOf(
  number: number,
  own: string | null,
  random: Random,
): NonNullable<WorldPerson["credentials"]> {
  const letters = random.pick(["IP", "CP", "LO", "PB", "GL"]);
  const identifier = `${letters}${100_000 + ((number * 7919) % 900_000)}`;
  const figures = String(random.int(0, 999_999)).padStart(6, "0");
  const former = own ?? (random.chance(25) ? formerPassword(random) : null);
  return { identifier, password: former ?? figures, provisional: former === null };
}

/** Chosen by its owner in the landlord's former portal: eight characters or more, of all kinds. */
const formerPassword = (random: Random): string =>
  random.pick(["Jardin", "Tulipe", "Soleil", "Étoile"]) +
  random.pick(["!", "&", "#", "<", "%"]) +
  String(random.int(1950, 2009));

const wishes: readonly [string | null, ...(string | null)[]] = [
  "T2 ou T3, Paris 18e & 20e, loyer < 1 100 €",
  "Studio meublé près d’une ligne de métro",
  "T4 avec balcon, « rez-de-jardin » bienvenu, Vincennes ou Montreuil",
  null,
];

type Status = WorldCandidacy["status"];

const open: readonly [Status, ...Status[]] = [
  "INCOMPLETE",
  "SUBMITTED",
  "UNDER_REVIEW",
  "ACCEPTED",
];

/** Newest first: one that is open, for two a closed one before. */
function candidaciesOf(
  person: number,
  two: boolean,
  today: string,
  random: Random,
): WorldCandidacy[] {
  const file = (nth: number, status: Status, age: number): WorldCandidacy => ({
    number: person * 10 + nth,
    status,
    wish: two && nth === 1 ? wishes[0] : random.pick(wishes),
    openedOn: addDays(today, -age),
    updatedOn: addDays(today, 1 - random.int(2, 30)),
  });
  const closed: readonly [Status, Status] = ["REFUSED", "WITHDRAWN"];
  const last = file(2, random.pick(open), random.int(35, 90));
  if (!two && random.chance(70)) return [last];
  const first = file(1, random.pick(closed), random.int(200, 500));
  return [last, { ...first, updatedOn: addDays(first.openedOn, random.int(5, 60)) }];
}
