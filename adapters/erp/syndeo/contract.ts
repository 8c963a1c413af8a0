import {
  buildingContacts,
  buildings,
  candidacies,
  contracts,
  properties,
  type Candidacy,
  type Contract,
} from "../../ports/contract.ts";
import { serve, type Served } from "../../ports/port.ts";
import { at, type Client } from "./client.ts";
import { ofContracts, ofPersons } from "./lists.ts";
import { building, buildingContact, candidacy, contract, property } from "./map.ts";
import * as owned from "./owned.ts";
import { Bien, Candidature, ContratTenu, Immeuble, Interlocuteur } from "./wire.ts";

export const contractPorts = (client: Client): Served[] => [
  serve(contracts, {
    ofPersons: ofPersons([], async (key, call) => {
      const path = at`/Api/Personnes/${key}/Contrats`;
      const found = await client.read({ path, shape: ContratTenu.array() }, call);
      const held = found?.data ?? [];
      if (!held.every((contrat) => isHeldBy(contrat, key))) throw owned.notAskedFor();
      return held.map(contract).toSorted(activeFirst);
    }),
  }),
  serve(properties, {
    ofPersons: ofPersons([], async (key, call) => {
      const asked = { path: at`/Api/Personnes/${key}/Biens`, shape: Bien };
      return (await owned.listOf(client, owned.person(key), asked, call)).data.map(property);
    }),
  }),
  serve(candidacies, {
    ofPersons: ofPersons([], async (key, call) => {
      const asked = { path: at`/Api/Personnes/${key}/Candidatures`, shape: Candidature };
      const { data } = await owned.listOf(client, owned.person(key), asked, call);
      return data.map(candidacy).toSorted(newestFirst);
    }),
  }),
  serve(buildings, {
    ofContracts: ofContracts(null, async (key, call) => {
      const asked = { path: at`/Api/Contrats/${key}/Immeuble`, shape: Immeuble };
      const found = await owned.oneOf(client, owned.contract(key), asked, call);
      return found && building(found.data);
    }),
  }),
  serve(buildingContacts, {
    ofContracts: ofContracts([], async (key, call) => {
      const asked = { path: at`/Api/Contrats/${key}/Interlocuteurs`, shape: Interlocuteur };
      const { data } = await owned.listOf(client, owned.contract(key), asked, call);
      return data.map(buildingContact);
    }),
  }),
];

const isHeldBy = ({ Titulaires }: ContratTenu, person: string) =>
  Titulaires.some(({ CodePersonne }) => CodePersonne === person);

function activeFirst(a: Contract, b: Contract): number {
  const order = Number(b.status === "ACTIVE") - Number(a.status === "ACTIVE");
  return order || (a.number < b.number ? -1 : 1);
}

const newestFirst = (a: Candidacy, b: Candidacy) => (a.openedOn < b.openedOn ? 1 : -1);
