/** What hangs on each person and contract of the reference ERP alike. */
import type * as billing from "../../ports/billing.ts";
import type * as contract from "../../ports/contract.ts";
import { address, euros, type ReferenceContract, type ReferencePerson } from "./data.ts";

export const propertiesOf = ({ person: { key } }: ReferencePerson): contract.Property[] => [
  { key: `${key}-B`, reference: "12", label: "T2", kind: "CO_OWNED", address, shares: 120 },
];

export const candidaciesOf = ({ person: { key } }: ReferencePerson): contract.Candidacy[] =>
  ["2026-03-29", "2025-10-26"].map((openedOn) => ({
    key: `${key}-${openedOn}`,
    number: openedOn,
    status: "SUBMITTED",
    wish: null,
    openedOn,
    updatedOn: openedOn,
  }));

export const newsOf = ({ person: { key, surname } }: ReferencePerson): contract.NewsItem[] =>
  ["2026-10-26", "2026-03-29"].map((publishedOn) => ({
    key: `${key}-${publishedOn}`,
    title: `Travaux & fêtes, ${surname}`,
    text: "1 < 2, et l'été arrive.",
    publishedOn,
  }));

export const contactsOf = ({
  contract: { key },
}: ReferenceContract): contract.BuildingContact[] => [
  { role: "Gardien", name: `Gardien de ${key}`, phone: "+33546000000", email: null },
];

export const buildingOf = ({ contract: { key } }: ReferenceContract): contract.Building => ({
  key: `${key}-B`,
  name: "Les Érables",
  address,
  builtIn: 1974,
  units: 40,
  notes: [],
});

export const ledgersOf = ({ person: { key }, contracts }: ReferencePerson): billing.Ledger[] =>
  (["TENANT", "OWNER"] as const).map((kind) => ({
    key: `${key}-${kind}`,
    kind,
    label: "Compte",
    balance: { ...contracts[0]!.balance, owed: euros("10.00") },
  }));
