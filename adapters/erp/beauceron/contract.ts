import {
  billingAddresses,
  buildingContacts,
  buildings,
  contracts,
  insurancePolicies,
  occupants,
  type Contract,
} from "../../ports/contract.ts";
import { serve, type BatchRead, type Call, type Served } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { at, type Client } from "./client.ts";
import { occupantsOf, policiesOf, whole } from "./contract-lists.ts";
import { askedFor, handfuls } from "./lists.ts";
import {
  billingAddress,
  building,
  buildingContact,
  contract,
  insurancePolicy,
  occupant,
} from "./map.ts";
import {
  AdresseFacturation,
  type Assurance,
  Contrat,
  Interlocuteur,
  names,
  Residence,
} from "./wire.ts";

export const contractPorts = (client: Client): Served[] => [
  serve(contracts, { ofPersons: contractsOfPersons(client) }),
  serve(insurancePolicies, {
    ofContracts: ofEachContract(null, async (key, call) => {
      const policies = await policiesOf(client, key, call);
      const newest = policies.toSorted(newestFirst)[0];
      return newest ? insurancePolicy(newest) : null;
    }),
  }),
  serve(billingAddresses, {
    ofContracts: ofEachContract(null, async (key, call) => {
      const path = at`/v2/contrats/${key}/adresse-facturation`;
      const facturation = await client.one(path, AdresseFacturation, call);
      return facturation && billingAddress(facturation);
    }),
  }),
  serve(buildingContacts, {
    ofContracts: ofEachContract([], async (key, call) => {
      const list = { path: at`/v2/contrats/${key}/interlocuteurs`, shape: Interlocuteur };
      return (await whole(client, list, call)).map(buildingContact);
    }),
  }),
  serve(occupants, {
    ofContracts: ofEachContract([], async (key, call) => {
      return ((await occupantsOf(client, key, call)) ?? []).map(occupant);
    }),
  }),
  serve(buildings, {
    ofContracts: ofEachContract(null, async (key, call) => {
      const residence = await client.one(at`/v2/contrats/${key}/residence`, Residence, call);
      return residence && building(residence);
    }),
  }),
];

/** One call for a handful of persons; each contract goes to the persons who signed it. */
function contractsOfPersons(client: Client): BatchRead<string, Contract[]> {
  return async (keys, call) => {
    const found = await Promise.all(
      handfuls(keys, names.person).map(async (people) => {
        const query = { locataires: people.join(",") };
        const signed = await whole(client, { path: "/v2/contrats", query, shape: Contrat }, call);
        return askedFor(signed, (contrat) => people.some((key) => isSignedBy(contrat, key)));
      }),
    );
    const all = new Map(found.flat().map((contrat) => [contrat.numero, contrat]));
    return keys.map((key) =>
      [...all.values()]
        .filter((contrat) => isSignedBy(contrat, key))
        .map(contract)
        .toSorted(activeFirst),
    );
  };
}

const isSignedBy = (contrat: Contrat, person: string) =>
  contrat.signataires.some(({ cle }) => cle === person);

function activeFirst(a: Contract, b: Contract): number {
  const order = Number(b.status === "ACTIVE") - Number(a.status === "ACTIVE");
  return order || (a.number < b.number ? -1 : 1);
}

function newestFirst(a: Assurance, b: Assurance): number {
  return `${a.valide_du} ${a.valide_au}` < `${b.valide_du} ${b.valide_au}` ? 1 : -1;
}

/** `unknown` answers for what is no contract number. */
const ofEachContract =
  <A>(unknown: A, load: (key: string, call: Call) => Promise<A>): BatchRead<string, A> =>
  (keys, call) =>
    eachOnce(
      keys,
      (key) => key,
      async (key) => (names.contract.test(key) ? load(key, call) : unknown),
    );
