/** What each operation of openapi.yaml answers. */
import { printerOf, type PdfFile } from "../world/pdf.ts";
import type { World, WorldContract, WorldRequest } from "../world/types.ts";
import { coordonneesBancaires, mandats } from "./bank.ts";
import type { Values } from "./description.ts";
import { avis, ecriture, fileOf, quittance, reglement, regularisation } from "./documents.ts";
import type { Directory } from "./keys.ts";
import * as records from "./records.ts";
import { demandeResidence, residence } from "./residence.ts";

/** `missing`: there is no such thing. */
export type Result =
  | { list: readonly unknown[]; show?: (item: never) => unknown }
  | { one: unknown }
  | { file: { title: string; pdf: PdfFile } }
  | { missing: string };

export type Operations = Record<string, (values: Values) => Result>;

export function createOperations(world: World, directory: Directory): Operations {
  return {
    ...peopleAndContracts(world, directory),
    ...buildings(directory),
    ...accounts(directory),
    ...documents(world, directory),
    ...requests(directory),
  };
}

const missing = (what: unknown): Result => ({
  missing: `${String(what)} not found at fr.beauceron.dao.JdbcDao.load(JdbcDao.java:212)`,
});

function peopleAndContracts(world: World, directory: Directory): Operations {
  const shown = (contract: WorldContract) =>
    records.contrat(contract, directory.signatoriesOf(contract), world.today);
  return {
    locataires: ({ cles }) => ({
      list: (cles as string[]).flatMap((key) => directory.person(key) ?? []).map(records.locataire),
    }),
    locatairesDuClient: ({ reference }) => {
      const people = directory.peopleBehind(String(reference));
      return people.length > 0 ? { list: people.map(records.locataire) } : missing(reference);
    },
    locatairesDuContrat: ofContract(directory, (contract) => ({
      list: directory.signatoriesOf(contract).map(records.locataire),
    })),
    contrats: ({ locataires }) => {
      const people = (locataires as string[]).flatMap((key) => directory.person(key) ?? []);
      const signed = new Set(people.flatMap((person) => directory.contractsOf(person)));
      return { list: [...signed].toSorted((a, b) => a.number - b.number).map(shown) };
    },
    assurances: ofContract(directory, (contract) => ({ list: records.assurances(contract) })),
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

function accounts(directory: Directory): Operations {
  const contractsAt = (keys: Values[string] | undefined) =>
    (keys as string[]).flatMap((key) => directory.contract(key) ?? []);
  return {
    soldes: ({ contrats }) => ({ list: contractsAt(contrats).map(records.solde) }),
    coordonneesBancaires: ({ contrats }) => ({
      list: contractsAt(contrats).flatMap(coordonneesBancaires),
    }),
    mandats: ({ contrats }) => ({ list: contractsAt(contrats).flatMap(mandats) }),
    ecritures: ofContract(directory, (contract) =>
      shownLater(contract, contract.entries, ecriture),
    ),
    reglements: ofContract(directory, (contract) =>
      shownLater(contract, contract.payments, reglement),
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

function requests(directory: Directory): Operations {
  return {
    demandesDuContrat: ofContract(directory, (contract, { etat }) => {
      const asked = inState(contract.requests, etat);
      const newestFirst = asked.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
      return shownLater(contract, newestFirst, records.demande);
    }),
    demande: ({ cle }) => {
      const parts = directory.partsOf(String(cle));
      const found = parts?.contract.requests.find((request) => request.number === parts.number);
      return parts && found ? { one: records.demande(parts.contract, found) } : missing(cle);
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

const ofContract =
  (directory: Directory, answer: (contract: WorldContract, values: Values) => Result) =>
  (values: Values): Result => {
    const contract = directory.contract(String(values.numero));
    return contract ? answer(contract, values) : missing(values.numero);
  };

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
