/** What each operation of openapi.yaml answers. */
import { printerOf, type PdfFile } from "../world/pdf.ts";
import type { World, WorldContract, WorldPerson, WorldRequest } from "../world/types.ts";
import { coordonneesBancaires, mandats } from "./bank.ts";
import type { Sent } from "./body.ts";
import type { Values } from "./description.ts";
import { avis, ecriture, fileOf, quittance, reglement, regularisation } from "./documents.ts";
import type { Held } from "./held.ts";
import type { Directory } from "./keys.ts";
import { missing, ofContract } from "./lookups.ts";
import * as records from "./records.ts";
import { demandeResidence, residence } from "./residence.ts";
import type { Refusal } from "./rules.ts";
import { billingWrites } from "./write-billing.ts";
import { contractWrites } from "./write-contract.ts";
import { peopleWrites } from "./write-people.ts";

/** `missing`: there is no such thing. */
export type Result =
  | { list: readonly unknown[]; show?: (item: never) => unknown }
  | { one: unknown }
  | { file: { title: string; pdf: PdfFile } }
  | { missing: string }
  | { created: unknown }
  | { done: true }
  | Refusal;

/** What came with a request beside its parameters. */
export interface Asked extends Sent {
  /** The header If-Match. */
  ifMatch: string | null;
}

export type Operation = (values: Values, asked: Asked) => Result;
export type Operations = Record<string, Operation>;

export function createOperations(world: World, directory: Directory, held: Held): Operations {
  return {
    ...peopleAndContracts(world, directory, held),
    ...buildings(directory),
    ...accounts(directory, held),
    ...documents(world, directory),
    ...requests(directory, held),
    ...peopleWrites(directory, held),
    ...contractWrites(directory, held),
    ...billingWrites(directory, held, world.landlord),
  };
}

function peopleAndContracts(world: World, directory: Directory, held: Held): Operations {
  const locataire = (person: WorldPerson) => records.locataire(person, held.phones);
  const shown = (contract: WorldContract) =>
    records.contrat(contract, directory.signatoriesOf(contract), world.today);
  return {
    locataires: ({ cles }) => ({
      list: (cles as string[]).flatMap((key) => directory.person(key) ?? []).map(locataire),
    }),
    locatairesDuClient: ({ reference }) => {
      const people = directory.peopleBehind(String(reference));
      return people.length > 0 ? { list: people.map(locataire) } : missing(reference);
    },
    locatairesDuContrat: ofContract(directory, (contract) => ({
      list: directory.signatoriesOf(contract).map(locataire),
    })),
    contrats: ({ locataires }) => {
      const people = (locataires as string[]).flatMap((key) => directory.person(key) ?? []);
      const signed = new Set(people.flatMap((person) => directory.contractsOf(person)));
      return { list: [...signed].toSorted((a, b) => a.number - b.number).map(shown) };
    },
    assurances: ofContract(directory, (contract) => ({
      list: records.assurances(contract, held.policies),
    })),
    adresseFacturation: ofContract(directory, (contract) => ({
      one: records.adresseFacturation(contract),
    })),
    interlocuteurs: ofContract(directory, (contract) => ({
      list: records.interlocuteurs(contract),
    })),
    occupants: ofContract(directory, (contract) => ({ list: records.occupants(contract) })),
  };
}

function buildings(directory: Directory): Operations {
  return {
    residence: ofContract(directory, (contract) => {
      const building = directory.buildingOf(contract);
      return building ? { one: residence(building) } : missing(contract.building);
    }),
    demandesDeLaResidence: ofContract(directory, (contract, { etat }) => {
      const building = directory.buildingOf(contract);
      if (!building) return missing(contract.building);
      const list = inState(building.requests, etat);
      return { list, show: (request: WorldRequest) => demandeResidence(building, request) };
    }),
  };
}

function accounts(directory: Directory, held: Held): Operations {
  const contractsAt = (keys: Values[string] | undefined) =>
    (keys as string[]).flatMap((key) => directory.contract(key) ?? []);
  return {
    soldes: ({ contrats }) => ({ list: contractsAt(contrats).map(records.solde) }),
    coordonneesBancaires: ({ contrats }) => ({
      list: contractsAt(contrats).flatMap(coordonneesBancaires),
    }),
    mandats: ({ contrats }) => ({
      list: contractsAt(contrats).flatMap((c) => mandats(c, held.formerMandates)),
    }),
    ecritures: ofContract(directory, (contract) =>
      shownLater(contract, contract.entries, ecriture),
    ),
    reglements: ofContract(directory, (contract) =>
      shownLater(contract, contract.payments, (c, payment) => reglement(c, payment, held.payments)),
    ),
  };
}

function documents(world: World, directory: Directory): Operations {
  const print = printerOf(world);
  return {
    avisDuContrat: ofContract(directory, (c) => shownLater(c, c.notices, avis)),
    avis: byReference(directory, "AE", (c) => c.notices, avis),
    quittancesDuContrat: ofContract(directory, (c) => shownLater(c, c.receipts, quittance)),
    quittance: byReference(directory, "QL", (c) => c.receipts, quittance),
    regularisationsDuContrat: ofContract(directory, (c) =>
      shownLater(c, c.regularisations, regularisation),
    ),
    regularisation: byReference(directory, "RC", (c) => c.regularisations, regularisation),
    fichier: ({ reference }) => {
      const parts = directory.partsOf(String(reference));
      const file = parts && fileOf(print, parts.prefix, parts.contract, parts.number);
      return file ? { file } : missing(reference);
    },
  };
}

function requests(directory: Directory, held: Held): Operations {
  const show = (contract: WorldContract, request: WorldRequest) =>
    records.demande(contract, request, held.requests);
  return {
    demandesDuContrat: ofContract(directory, (contract, { etat }) => {
      const asked = inState(contract.requests, etat);
      const newestFirst = asked.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
      return shownLater(contract, newestFirst, show);
    }),
    demande: ({ cle }) => {
      const parts = directory.partsOf(String(cle));
      const found = parts?.contract.requests.find((request) => request.number === parts.number);
      return parts && found ? { one: show(parts.contract, found) } : missing(cle);
    },
  };
}

const isClosed = (request: WorldRequest) =>
  ["DONE", "CANCELLED"].includes(request.updates.at(-1)!.status);

const inState = (list: WorldRequest[], etat: Values[string] | undefined) =>
  list.filter((request) => etat === "TOUTES" || isClosed(request) === (etat === "CLOSES"));

/** Only the page that is asked for is put into beauceron's form. */
const shownLater = <T>(
  contract: WorldContract,
  list: T[],
  show: (contract: WorldContract, item: T) => unknown,
): Result => ({ list, show: (item: T) => show(contract, item) });

const byReference =
  <T extends { number: number }>(
    directory: Directory,
    prefix: string,
    of: (contract: WorldContract) => T[],
    show: (contract: WorldContract, item: T) => unknown,
  ) =>
  ({ reference }: Values): Result => {
    const parts = directory.partsOf(String(reference));
    if (!parts || parts.prefix !== prefix) return missing(reference);
    const found = of(parts.contract).find((item) => item.number === parts.number);
    return found ? { one: show(parts.contract, found) } : missing(reference);
  };
