import type { Oddity } from "./oddities.ts";
import type { ContractPlan } from "./plans.ts";
import type { WorldPerson, WorldRole } from "./types.ts";

/** A hand-made person, and how each of their contracts departs from a likely one. */
export interface HandMade {
  oddity: Oddity;
  title: WorldPerson["title"];
  surname: string;
  givenName: string;
  birthDate: string;
  birthSurname?: string;
  /** Made of the name unless told; null for none. */
  email?: string | null;
  /** What they are to a landlord who keeps roles; TENANT unless told. */
  roles?: WorldRole[];
  /** Their own, of the former portal; made up unless told. */
  password?: string;
  contracts: ((plan: ContractPlan, today: string) => ContractPlan)[];
}

/** No contract of their own: the second signatory of the one before. */
export const cosigns: HandMade["contracts"] = [];

type Changes = Partial<ContractPlan>;

/** A running dwelling contract, six years old, paid on time, unless `changes` say otherwise. */
export const dwelling =
  (changes: Changes | ((today: string) => Changes) = {}) =>
  (plan: ContractPlan, today: string): ContractPlan => ({
    ...plan,
    start: `${Number(today.slice(0, 4)) - 6}-04-01`,
    end: null,
    kinds: ["DWELLING"],
    habit: "at issue",
    openingCents: 0,
    insured: true,
    requests: "some",
    ...(typeof changes === "function" ? changes(today) : changes),
  });
