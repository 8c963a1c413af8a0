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
  /** Of a CO_OWNERSHIP: whether the co-owner is of the council. */
  council: boolean;
  /** Of a MANAGEMENT: what the account shall come to; null for whatever it does. */
  restCents: number | null;
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
    council: false,
    restCents: null,
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

/** Changes the plan of a lease into that of lots in a co-ownership, called for by the quarter. */
export function coOwned(plan: ContractPlan): ContractPlan {
  const { cents } = plan.tariff[0]!;
  const cellar: WorldUnit["kind"][] = cents % 4 === 0 ? ["STORAGE"] : [];
  return {
    ...plan,
    kind: "CO_OWNERSHIP",
    kinds: [...plan.kinds, ...cellar],
    tariff: [
      { label: "Provision sur budget prévisionnel", cents: 22_000 + (cents % 31_000) },
      { label: "Cotisation fonds de travaux", cents: 1_105 + (cents % 1_700) },
    ],
    openingCents: 0,
    insured: false,
    household: "nobody",
    paysBack: false,
    council: cents % 15 === 0,
  };
}

/** Changes the plan of a lease into that of a dwelling that is let for its owner. */
export function managed(plan: ContractPlan): ContractPlan {
  return {
    ...plan,
    kind: "MANAGEMENT",
    paymentMethod: "TRANSFER",
    tariff: plan.tariff.slice(0, 2),
    openingCents: 0,
    insured: false,
    household: "nobody",
    paysBack: false,
  };
}

/** What is let for an owner is not where the owner lives. */
export const placed = (
  plan: ContractPlan,
  person: Pick<WorldPerson, "number">,
  { homes }: Surroundings,
): ContractPlan =>
  plan.kind === "MANAGEMENT" ? { ...plan, address: homes.of(person.number + 7) } : plan;
