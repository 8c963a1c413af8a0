/** What is special about each hand-made person, as `WorldPerson.oddity` says it. */
export const oddities = {
  twoSurnames: "two surnames with hyphen and apostrophe",
  accents: "accents and a ligature",
  particle: "a surname with a particle",
  birthSurname: "a married woman with a birth surname",
  cotenantFirst: "a co-tenancy: first signatory",
  cotenantSecond: "a co-tenancy: second signatory",
  threeContracts: "three contracts: dwelling, parking, ended dwelling",
  noEmail: "no e-mail on file",
  ended: "the only contract has ended",
  debt: "a debt, and late",
  zero: "a balance of zero",
  empty: "an empty history: the contract began this month",
  everything: "everything: insurance, requests, receipts full and partial, regularisation",
  single: "exactly one unit, one entry, one notice",
  credit: "a credit balance",
  large: "amounts above 1 000 euros",
  many: "more than 250 entries",
  upcoming: "a contract that has not begun yet",
  longTexts: "long texts: names, a street line, a request",
} as const;

/** Those whom only a landlord with owners and co-owners has. */
export const ownerOddities = {
  coOwner: "a co-owner",
  owner: "an owner who lets",
  coOwnerAndOwner: "a co-owner and owner at once: two ledgers",
  candidate: "a candidate with two files",
  tenant: "a tenant of a private owner",
  council: "a member of the council: sees its documents",
  twoLots: "a co-owner with two lots",
  coOwnerWithoutEmail: "a co-owner without e-mail: cannot connect",
} as const;

type Values<T> = T[keyof T];
export type Oddity = Values<typeof oddities> | Values<typeof ownerOddities>;
