import { accountOf, accountParts } from "./accounts.ts";
import { bankOf } from "./bank.ts";
import { minutesOf } from "./co-ownership.ts";
import { addDays, yearOf } from "./days.ts";
import { directDebitOf } from "./direct-debit.ts";
import { occupantsOf } from "./household.ts";
import { lazily } from "./lazily.ts";
import { phoneIn } from "./people.ts";
import type { Area } from "./places.ts";
import type { ContractPlan, Surroundings } from "./plans.ts";
import { randomFor, streams, type Random } from "./random.ts";
import { requestsOf } from "./requests.ts";
import { keepsSurveys, surveysOf } from "./survey.ts";
import type { WorldContact, WorldContract, WorldPerson, WorldUnit } from "./types.ts";

const requestParts = ["requests"] as const;
const surveyParts = ["surveys"] as const;

/** The contract itself. Its account and its requests are computed when they are first read. */
export function contractOf(
  number: number,
  plan: ContractPlan,
  around: Surroundings,
): WorldContract {
  const random = randomFor(around.seed, streams.contract, -number);
  const until = addDays(around.today, -1);
  const first = plan.signatories[0];
  const building = around.homes.buildingAt(plan.address);
  const coOwned = plan.kind === "CO_OWNERSHIP";
  const base = {
    number,
    kind: plan.kind,
    building,
    signatories: plan.signatories.map((person) => person.number),
    start: plan.start,
    end: plan.end,
    units: plan.kinds.map((kind, i) => unitOf(kind, number, i, plan, random)),
    paymentMethod: plan.paymentMethod,
    billing: { recipient: recipientOf(plan.signatories), address: first.address },
    insurance: plan.insured ? insuranceOf(first, plan.start, around.today, random) : null,
    contacts: contactsOf(around.area, random),
    balanceAsOf: until,
    minutes: coOwned ? minutesOf(number, building, plan.council, until, around.seed) : [],
    ...besidesOf(number, plan, until, around),
  };
  const dueDay = random.pick([5, 6, 8, 10, 12]);
  const account = () => accountOf(number, plan, dueDay, until, around);
  const requests = () => ({
    requests: requestsOf(
      number,
      plan.requests,
      plan.start,
      until,
      randomFor(around.seed, streams.requests, number),
    ),
  });
  const withRequests = lazily(lazily(base, accountParts, account), requestParts, requests);
  const household = { number, signatories: plan.signatories, occupants: base.occupants };
  const surveys = () => ({
    surveys: keepsSurveys(around.landlord, plan) ? surveysOf(household, around) : [],
  });
  return lazily(withRequests, surveyParts, surveys);
}

/** Household and bank: each from a stream of its own. */
function besidesOf(
  number: number,
  plan: ContractPlan,
  until: string,
  { landlord, seed, today }: Surroundings,
) {
  const { signatories, start, end, paymentMethod } = plan;
  const livedIn = start <= today && (end === null || end >= today);
  const household = livedIn && plan.kind === "LEASE" ? plan.household : "nobody";
  const ibans = { DIRECT_DEBIT: 100, CARD: 50, TRANSFER: 70, CHEQUE: 0 };
  const bankRandom = randomFor(seed, streams.bank, number);
  return {
    occupants: occupantsOf(
      { contract: number, signatories, start, today },
      household,
      randomFor(seed, streams.household, number),
    ),
    bank: bankOf(signatories[0], ibans[paymentMethod], bankRandom),
    directDebit: directDebitOf(
      { number, paymentMethod, start },
      landlord,
      until,
      randomFor(seed, streams.directDebit, number),
    ),
  };
}

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
  plan: Pick<ContractPlan, "kind" | "address">,
  random: Random,
): WorldUnit {
  const place = `${String(contract).padStart(5, "0")}-${index + 1}`;
  const reference = plan.kind === "CO_OWNERSHIP" ? `Lot ${place}` : `${kind[0]}${place}`;
  const pool: readonly [string, ...string[]] = labels[kind];
  return { reference, kind, label: random.pick(pool), address: plan.address };
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
