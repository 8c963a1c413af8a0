import { dwelling, type HandMade } from "./handmade-plans.ts";
import { ownerOddities } from "./oddities.ts";
import { coOwned, managed, type ContractPlan } from "./plans.ts";

type Change = HandMade["contracts"][number];

const lot =
  (changes: Partial<ContractPlan> = {}): Change =>
  (plan, today) => ({ ...coOwned(dwelling()(plan, today)), ...changes });

const letting =
  (changes: Partial<ContractPlan> = {}): Change =>
  (plan, today) => ({ ...managed(dwelling()(plan, today)), ...changes });

/** The people whom only a landlord with owners and co-owners has. */
export const handMadeOwners: HandMade[] = [
  {
    oddity: ownerOddities.coOwner,
    title: "MRS",
    surname: "Vandœuvre",
    givenName: "Cécile",
    birthDate: "1961-02-11",
    roles: ["CO_OWNER"],
    contracts: [lot({ habit: "behind" })],
  },
  {
    oddity: ownerOddities.owner,
    title: "MR",
    surname: "de Saint-Exupère",
    givenName: "Stéphane",
    birthDate: "1954-11-30",
    roles: ["OWNER"],
    contracts: [letting()],
  },
  {
    oddity: ownerOddities.coOwnerAndOwner,
    title: "MRS",
    surname: "L’Hénoret",
    birthSurname: "Faÿ",
    givenName: "Gaëlle",
    birthDate: "1970-04-23",
    roles: ["CO_OWNER", "OWNER"],
    contracts: [lot(), letting({ habit: "ahead", restCents: -364_313 })],
  },
  {
    oddity: ownerOddities.candidate,
    title: "MR",
    surname: "Diallo",
    givenName: "Moïse",
    birthDate: "1997-10-08",
    roles: ["CANDIDATE"],
    contracts: [],
  },
  {
    oddity: ownerOddities.tenant,
    title: "MRS",
    surname: "Thébault",
    givenName: "Chloë",
    birthDate: "1992-01-27",
    roles: ["TENANT"],
    contracts: [dwelling({ habit: "on time" })],
  },
  {
    oddity: ownerOddities.council,
    title: "MR",
    surname: "Cœurdoux",
    givenName: "Benoît",
    birthDate: "1949-09-19",
    roles: ["CO_OWNER"],
    password: "Étoile<2019>",
    contracts: [lot({ council: true })],
  },
  {
    oddity: ownerOddities.twoLots,
    title: "MRS",
    surname: "Da Silva",
    givenName: "Marie-Thérèse",
    birthDate: "1965-12-05",
    roles: ["CO_OWNER"],
    password: "Jardin & 1965",
    contracts: [lot({ kinds: ["DWELLING", "PARKING"] })],
  },
  {
    oddity: ownerOddities.coOwnerWithoutEmail,
    title: "MR",
    surname: "Lefèvre",
    givenName: "André",
    birthDate: "1936-03-16",
    email: null,
    roles: ["CO_OWNER"],
    contracts: [lot()],
  },
];
