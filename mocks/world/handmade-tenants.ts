import { addDays, firstOfMonth } from "./days.ts";
import { cosigns, dwelling, type HandMade } from "./handmade-plans.ts";
import { oddities } from "./oddities.ts";
import { annex, type ContractPlan } from "./plans.ts";

const parking = (plan: ContractPlan, today: string): ContractPlan =>
  annex(dwelling({})(plan, today), "PARKING");

const ended = dwelling((today) => ({
  start: `${Number(today.slice(0, 4)) - 8}-09-15`,
  end: addDays(firstOfMonth(today, -14), 17),
}));

const rent = (cents: number, provisionCents: number) => [
  { label: "Loyer", cents },
  { label: "Provision charges générales", cents: provisionCents },
];

/** The tenants whom every landlord has. */
export const handMadeTenants: HandMade[] = [
  {
    oddity: oddities.twoSurnames,
    title: "MR",
    surname: "D'Hérouville-L'Œillet",
    givenName: "Jean-François",
    birthDate: "1975-09-10",
    contracts: [dwelling()],
  },
  {
    oddity: oddities.accents,
    title: "MRS",
    surname: "Cœurderoÿ",
    givenName: "Maëlys-Éléonore",
    birthDate: "1988-02-29",
    contracts: [dwelling()],
  },
  {
    oddity: oddities.particle,
    title: "MR",
    surname: "de La Tour",
    givenName: "Géraud",
    birthDate: "1951-12-31",
    contracts: [dwelling()],
  },
  {
    oddity: oddities.birthSurname,
    title: "MRS",
    surname: "N’Diaye",
    birthSurname: "Le Goff",
    givenName: "Françoise",
    birthDate: "1969-07-14",
    contracts: [dwelling()],
  },
  {
    oddity: oddities.cotenantFirst,
    title: "MR",
    surname: "Müller",
    givenName: "Théo",
    birthDate: "1994-03-08",
    contracts: [dwelling({ kinds: ["DWELLING", "STORAGE"] })],
  },
  {
    oddity: oddities.cotenantSecond,
    title: "MRS",
    surname: "Núñez",
    givenName: "Zoé",
    birthDate: "1995-11-21",
    contracts: cosigns,
  },
  {
    oddity: oddities.threeContracts,
    title: "MRS",
    surname: "Garçon",
    givenName: "Agnès",
    birthDate: "1979-05-05",
    contracts: [dwelling(), parking, ended],
  },
  {
    oddity: oddities.noEmail,
    title: "MR",
    surname: "Lefebvre",
    givenName: "Raymond",
    birthDate: "1938-01-01",
    email: null,
    contracts: [dwelling({ paymentMethod: "CHEQUE" })],
  },
  {
    oddity: oddities.ended,
    title: "MR",
    surname: "Besançon",
    givenName: "Hervé",
    birthDate: "1964-10-03",
    contracts: [ended],
  },
  {
    oddity: oddities.debt,
    title: "MRS",
    surname: "Traoré",
    givenName: "Aïcha",
    birthDate: "1990-06-30",
    contracts: [
      dwelling({
        habit: "behind",
        tariff: rent(41_237, 9_468),
        paymentMethod: "CARD",
        paysBack: true,
      }),
    ],
  },
  {
    // Without provisions there is no regularisation that could leave something owed for some days.
    oddity: oddities.zero,
    title: "MR",
    surname: "Maître",
    givenName: "André",
    birthDate: "1947-08-19",
    contracts: [dwelling({ tariff: [{ label: "Loyer charges comprises", cents: 38_005 }] })],
  },
  {
    oddity: oddities.empty,
    title: "MRS",
    surname: "Benoît-Lévêque",
    givenName: "Océane",
    birthDate: "2003-04-17",
    contracts: [
      dwelling((today) => ({
        start: firstOfMonth(today),
        noticesAtMost: 0,
        insured: false,
        requests: "none",
        household: "nobody",
      })),
    ],
  },
  {
    oddity: oddities.everything,
    title: "MRS",
    surname: "Léger",
    givenName: "Hélène",
    birthDate: "1982-12-24",
    contracts: [
      dwelling({
        habit: "in part",
        requests: "one of each",
        kinds: ["DWELLING", "PARKING"],
        household: "family",
      }),
    ],
  },
  {
    oddity: oddities.single,
    title: "MR",
    surname: "Noël",
    givenName: "Rémi",
    birthDate: "1999-09-09",
    contracts: [
      dwelling((today) => ({
        start: addDays(today, -10),
        habit: "never",
        noticesAtMost: 1,
        requests: "none",
        household: "one",
      })),
    ],
  },
  {
    oddity: oddities.credit,
    title: "MR",
    surname: "Aït-Ali",
    givenName: "Mehdi",
    birthDate: "1985-01-15",
    contracts: [dwelling({ habit: "ahead" })],
  },
  {
    oddity: oddities.large,
    title: "MRS",
    surname: "van den Berghe",
    givenName: "Marie-Thérèse",
    birthDate: "1958-05-28",
    contracts: [dwelling({ habit: "behind", tariff: rent(103_405, 20_000) })],
  },
  {
    oddity: oddities.many,
    title: "MR",
    surname: "Île-Marie",
    givenName: "Anaël",
    birthDate: "1977-03-03",
    contracts: [dwelling({ habit: "in instalments", paymentMethod: "CARD" })],
  },
  {
    oddity: oddities.upcoming,
    title: "MRS",
    surname: "El Haddad",
    givenName: "Inès",
    birthDate: "2001-07-02",
    contracts: [dwelling((today) => ({ start: addDays(firstOfMonth(today, 1), 14) }))],
  },
  {
    oddity: oddities.longTexts,
    title: "MRS",
    surname: "Montgolfier-Châteauneuf-de-La-Rochette",
    givenName: "Marie-Bérengère-Élisabeth-Gwenaëlle",
    birthDate: "1966-06-06",
    email: `${"m".repeat(32)}.montgolfier-chateauneuf-de-la-r@example.org`,
    contracts: [dwelling({ requests: "one long", insured: true })],
  },
];
