import { addDays } from "./days.ts";
import type { Habit } from "./habits.ts";
import type { Homes } from "./homes.ts";
import type { Household } from "./household.ts";
import type { Area } from "./places.ts";
import { randomFor, streams, type Random } from "./random.ts";
import type { RequestHabit } from "./requests.ts";
import type { WorldAddress, WorldContract, WorldPerson, WorldUnit } from "./types.ts";

/** What a contract is made from. */
export interface ContractPlan {
  kind: WorldContract["kind"];
  /** First signatory first. */
  signatories: readonly [WorldPerson, ...WorldPerson[]];
  start: string;
  end: string | null;
  /** One unit each, the dwelling first. */
  kinds: WorldUnit["kind"][];
  address: WorldAddress;
  paymentMethod: WorldContract["paymentMethod"];
  tariff: { label: string; cents: number }[];
  habit: Habit;
  openingCents: number;
  noticesAtMost: number;
  insured: boolean;
  requests: RequestHabit;
  household: Household;
  /** Whether somebody who is behind agreed to pay back in instalments. */
  paysBack: boolean;
}

export interface Surroundings {
  landlord: string;
  area: Area;
  homes: Homes;
  today: string;
  seed: number;
}

/** A likely plan for a contract of this person; hand-made ones change what is special about them. */
export function planFor(person: WorldPerson, number: number, around: Surroundings): ContractPlan {
  const random = randomFor(around.seed, streams.contract, number);
  const age = random.int(40, 15 * 365);
  const start = addDays(around.today, -age);
  const ended = age > 500 && random.chance(9);
  return {
    kind: "LEASE",
    signatories: [person],
    start,
    end: ended ? addDays(around.today, -random.int(30, 400)) : null,
    kinds: random.chance(15) ? ["DWELLING", "PARKING"] : ["DWELLING"],
    address: person.address,
    paymentMethod: random.pick(["DIRECT_DEBIT", "DIRECT_DEBIT", "CARD", "TRANSFER", "CHEQUE"]),
    tariff: dwellingTariff(random),
    habit: random.pick(habits),
    openingCents: random.chance(5) ? random.int(-9_999, 9_999) : 0,
    noticesAtMost: 99,
    insured: random.chance(85),
    requests: "some",
    household: "likely",
    paysBack: randomFor(around.seed, streams.paymentPlan, number).chance(40),
  };
}

const habits: readonly [Habit, ...Habit[]] = [
  "on time",
  "on time",
  "on time",
  "on time",
  "on time",
  "on time",
  "at issue",
  "in part",
  "returned",
  "behind",
];

function dwellingTariff(random: Random): ContractPlan["tariff"] {
  const tariff = [
    { label: "Loyer principal", cents: random.int(24_000, 71_000) },
    { label: "Provision charges générales", cents: random.int(2_500, 9_900) },
    { label: "Provision eau & assainissement", cents: random.int(900, 3_200) },
  ];
  if (random.chance(50))
    tariff.push({ label: "Provision chauffage", cents: random.int(1_500, 6_500) });
  if (random.chance(20)) {
    tariff.push({
      label: "Réduction de loyer de solidarité (RLS)",
      cents: -random.int(2_800, 5_200),
    });
  }
  return tariff;
}

/** Changes a plan into that of a garage or cellar beside the person's dwelling. */
export function annex(plan: ContractPlan, kind: "PARKING" | "STORAGE"): ContractPlan {
  const label = kind === "PARKING" ? "Loyer stationnement" : "Loyer cave";
  const tariff = [
    { label, cents: 1_850 + (plan.tariff[0]!.cents % 3_000) },
    { label: "Provision charges générales", cents: 215 },
  ];
  return { ...plan, kinds: [kind], tariff, insured: false, requests: "none", household: "nobody" };
}
