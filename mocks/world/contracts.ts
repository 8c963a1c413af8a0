import { addDays, firstOfMonth, yearOf } from "./days.ts";
import type { Habit } from "./habits.ts";
import { lazily } from "./lazily.ts";
import { ledgerOf } from "./ledger.ts";
import { phoneIn } from "./people.ts";
import type { Area } from "./places.ts";
import { randomFor, type Random } from "./random.ts";
import { requestsOf, type RequestHabit } from "./requests.ts";
import type { WorldAddress, WorldContact, WorldContract, WorldPerson, WorldUnit } from "./types.ts";

/** What a contract is made from. */
export interface ContractPlan {
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
}

export interface Surroundings {
  area: Area;
  today: string;
  seed: number;
}

const kindOfContract = 1;
const kindOfLedger = 2;
const kindOfRequests = 3;

/** A likely plan for a contract of this person; hand-made ones change what is special about them. */
export function planFor(person: WorldPerson, number: number, around: Surroundings): ContractPlan {
  const random = randomFor(around.seed, kindOfContract, number);
  const age = random.int(40, 15 * 365);
  const start = addDays(around.today, -age);
  const ended = age > 500 && random.chance(9);
  return {
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
  return { ...plan, kinds: [kind], tariff, insured: false, requests: "none" };
}

/** The contract itself. Its account and its requests are computed when they are first read. */
export function contractOf(
  number: number,
  plan: ContractPlan,
  around: Surroundings,
): WorldContract {
  const random = randomFor(around.seed, kindOfContract, -number);
  const until = addDays(around.today, -1);
  const first = plan.signatories[0];
  const base = {
    number,
    signatories: plan.signatories.map((person) => person.number),
    start: plan.start,
    end: plan.end,
    units: plan.kinds.map((kind, i) => unitOf(kind, number, i, plan.address, random)),
    paymentMethod: plan.paymentMethod,
    billing: { recipient: recipientOf(plan.signatories), address: first.address },
    insurance: plan.insured ? insuranceOf(first, plan.start, around.today, random) : null,
    contacts: contactsOf(around.area, random),
    balanceAsOf: until,
  };
  const account = {
    ...plan,
    number,
    method: plan.paymentMethod,
    from: firstOfMonth(around.today, -35),
    dueDay: random.pick([5, 6, 8, 10, 12]),
  };
  const ledger = () => ledgerOf(account, until, randomFor(around.seed, kindOfLedger, number));
  const requests = () => ({
    requests: requestsOf(
      number,
      plan.requests,
      plan.start,
      until,
      randomFor(around.seed, kindOfRequests, number),
    ),
  });
  const withLedger = lazily(base, ledgerParts, ledger);
  return lazily(withLedger, ["requests"], requests);
}

const ledgerParts = [
  "balanceCents",
  "late",
  "entries",
  "payments",
  "notices",
  "receipts",
  "regularisations",
] as const;

function recipientOf(signatories: readonly WorldPerson[]): string {
  const titles = { MR: "M.", MRS: "Mme" };
  return signatories
    .map(({ title, givenName, surname }) => `${titles[title]} ${givenName} ${surname}`)
    .join(" et ");
}

const labels = {
  DWELLING: ["T1 bis", "T2", "T3", "T3", "T4 « duplex »", "T5"],
  PARKING: ["Garage", "Parking extérieur", "Place souterraine"],
  STORAGE: ["Cave", "Cellier"],
} as const;

function unitOf(
  kind: WorldUnit["kind"],
  contract: number,
  index: number,
  address: WorldAddress,
  random: Random,
): WorldUnit {
  const letter = kind[0]!;
  const reference = `${letter}${String(contract).padStart(5, "0")}-${index + 1}`;
  const pool: readonly [string, ...string[]] = labels[kind];
  return { reference, kind, label: random.pick(pool), address };
}

const insurers = ["MAIF", "Macif", "Matmut", "Axa & Cie", "L’Équité", "Crédit Mutuel"] as const;

function insuranceOf(holder: WorldPerson, start: string, today: string, random: Random) {
  const lapsed = random.chance(10);
  const year = yearOf(today) - (lapsed ? 1 : 0);
  const from = `${year}-01-01`;
  return {
    insurer: random.pick(insurers),
    policyNumber: `${random.int(100, 999)} ${random.int(100_000, 999_999)} ${random.pick(["A", "B", "H"])}`,
    holder: `${holder.givenName} ${holder.surname}`,
    from: from < start && yearOf(start) === year ? start : from,
    to: `${year}-12-31`,
  };
}

function contactsOf(area: Area, random: Random): WorldContact[] {
  const agency = random.pick(area.agencies);
  const contacts: WorldContact[] = [
    { role: "Agence", name: agency, phone: `${area.landline} 00 10`, email: "agence@example.org" },
  ];
  if (random.chance(60)) {
    const name = random.pick(["Mme Béatrice Hénaff", "M. Gaël L’Hostis", "Mme Inès Ben Saïd"]);
    contacts.push({
      role: "Responsable d’immeuble",
      name,
      phone: phoneIn(area, random),
      email: null,
    });
  }
  if (random.chance(30)) {
    contacts.push({ role: "Gardien·ne", name: "Loge « Bel-Air »", phone: null, email: null });
  }
  return contacts;
}
