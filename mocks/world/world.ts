import type { World, WorldContract, WorldPerson } from "./types.ts";

/** What a World is made of. The same options give the same World, to the byte. */
export interface WorldOptions {
  /** `la-rochelle` and `chartres` have their own towns; another landlord gets those of La Rochelle. */
  landlord: string;
  seed: number;
  /** `YYYY-MM-DD` */
  today: string;
  /** 2,000 unless told. Never fewer than the hand-made ones. */
  people?: number;
  /** 2,500 unless told. Never fewer than one per person. */
  contracts?: number;
}

/** Makes a landlord's people, contracts, accounts, documents and requests. */
export function createWorld(options: WorldOptions): World {
  const { landlord, today, people: count = 2000 } = options;
  const people = Array.from({ length: count }, (_, i) => personOf(i + 1));
  const contracts = people.map((person) => contractOf(person, today));
  return { landlord, today, people, contracts };
}

function personOf(number: number): WorldPerson {
  return {
    number,
    title: number % 2 ? "MR" : "MRS",
    surname: number === 1 ? "D'Hérouville-L'Œillet" : "Lefèvre",
    birthSurname: null,
    givenName: "Éloïse",
    birthDate: "1975-09-10",
    email: `locataire${number}@exemple.fr`,
    phone: "05 46 00 49 94",
    address: { lines: [`${number} rue de l’Échelle`], postalCode: "17000", city: "La Rochelle" },
    oddity: number === 1 ? "two surnames with hyphen and apostrophe" : null,
  };
}

function contractOf(person: WorldPerson, today: string): WorldContract {
  const { number, surname, givenName, address } = person;
  const period = { from: `${today.slice(0, 7)}-01`, to: `${today.slice(0, 7)}-28` };
  const lines = [
    { label: "Loyer", cents: 41205 },
    { label: "Provision charges générales", cents: 7763 },
  ];
  return {
    number,
    signatories: [number],
    start: "2021-04-01",
    end: null,
    units: [{ reference: `0012-${number}`, kind: "DWELLING", label: "T3", address }],
    paymentMethod: "DIRECT_DEBIT",
    billing: { recipient: `${givenName} ${surname}`, address },
    insurance: null,
    contacts: [],
    balanceCents: 48968,
    balanceAsOf: today,
    late: false,
    entries: [{ number: 1, date: period.from, label: "Avis d'échéance", cents: 48968, period }],
    payments: [],
    notices: [
      { number: 1, issuedOn: period.from, period, dueDate: `${today.slice(0, 7)}-05`, lines },
    ],
    receipts: [],
    regularisations: [],
    requests: [],
  };
}
