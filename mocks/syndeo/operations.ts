/** What each operation of openapi.yaml answers to whoever has a ticket. */
import { timingSafeEqual } from "node:crypto";
import { fileBody } from "../kit/file.ts";
import type { MockAnswer } from "../kit/product.ts";
import { printerOf } from "../world/pdf.ts";
import type { WorldContract, WorldPerson } from "../world/types.ts";
import { published, refused, unknown } from "./answers.ts";
import type { Values } from "./description.ts";
import { depotOf, documentAt, documentsOf, fileOf } from "./documents.ts";
import { keyOfContract, type Nature } from "./keys.ts";
import { motifsOf } from "./motifs.ts";
import * as records from "./records.ts";
import { peopleWrites } from "./writes-people.ts";
import { accountWrites, type Desk } from "./writes.ts";

/** `values` are those of the address; `body` is as its schema says. */
export type Operation = (values: Values, body: unknown) => MockAnswer;
export type Operations = Record<string, Operation>;

export function createOperations(
  { world, directory, state, writes, now }: Omit<Desk, "ok">,
  publishedAt: () => string,
): Operations {
  const ok = (data: unknown) => published(data, publishedAt());
  const okOf: OkOf = (contract, data) => {
    const besides = state.published.get(contract) ?? "";
    return published(data, besides > publishedAt() ? besides : publishedAt());
  };
  const desk = { world, directory, state, writes, now, ok };
  return {
    verifierAcces: (_, body) => {
      const { Identifiant, MotDePasse } = body as Values;
      const person = directory.holder(Identifiant!);
      const right = person?.credentials && same(MotDePasse!, person.credentials.password);
      return right ? ok(records.acces(person)) : refused("ACCES", "Accès refusé");
    },
    ...ofPersons(desk),
    ...ofContracts(desk, okOf),
    ...ofDocuments(desk),
    ...accountWrites(desk),
    ...peopleWrites(desk),
  };
}

/** With the contract's own time of publication. */
type OkOf = (contract: WorldContract, data: unknown) => MockAnswer;

function ofPersons({ world, directory, state, ok }: Desk): Operations {
  const of =
    (show: (person: WorldPerson) => unknown) =>
    ({ Code }: Values) => {
      const person = directory.person(Code!);
      return person ? ok(show(person)) : unknown();
    };
  return {
    personne: of((person) => records.personne(person, state.phones.get(person))),
    contratsDeLaPersonne: of((person) =>
      directory
        .contractsOf(person)
        .toSorted((a, b) => a.number - b.number)
        .map((held) => records.contrat(held, directory.signatoriesOf(held), world.today)),
    ),
    biens: of((person) => person.properties.map((owned) => records.bien(person, owned))),
    candidatures: of((person) =>
      person.candidacies.map((file) => records.candidature(person, file)).toReversed(),
    ),
    comptes: of((person) => person.ledgers.map((ledger) => records.compte(person, ledger))),
  };
}

function ofContracts({ world, directory, state }: Desk, okOf: OkOf): Operations {
  const of =
    (show: (contract: WorldContract, values: Values) => unknown) =>
    (values: Values): MockAnswer => {
      const contract = directory.contract(values.Numero!);
      const shown = contract && show(contract, values);
      return contract && shown !== undefined ? okOf(contract, shown) : unknown();
    };
  return {
    contrat: of((held) => records.contrat(held, directory.signatoriesOf(held), world.today)),
    solde: of(records.solde),
    ecritures: of((held) => held.entries.map((entry) => records.ecriture(held, entry))),
    reglements: of((held) =>
      held.payments.map((paid) => records.reglement(held, paid, state.references.get(paid))),
    ),
    rib: of(records.rib),
    prelevement: of(records.prelevement),
    immeuble: of((held) => {
      const building = world.buildings.find(({ number }) => number === held.building);
      return building && records.immeuble(held, building);
    }),
    interlocuteurs: of(records.interlocuteurs),
    interventions: of((held) =>
      held.requests.map((one) => records.intervention(held, one, state.references.get(one))),
    ),
    motifs: of((held) => ({ Contrat: keyOfContract(held), ...motifsOf(held) })),
    documentsDuContrat: of((held, { Nature }) => documentsOf(held, Nature as Nature)),
  };
}

function ofDocuments({ world, directory, state, ok }: Desk): Operations {
  const print = printerOf(world);
  const documentOf = (reference: string) => {
    const parts = directory.partsOf(reference);
    return parts && documentAt(parts.prefix, parts.contract, reference);
  };
  return {
    document: ({ Reference }) => {
      const document = documentOf(Reference!);
      return document ? ok(document) : unknown();
    },
    intervention: ({ Id }) => {
      const parts = directory.partsOf(Id!);
      const found = parts?.contract.requests.find(({ number }) => number === parts.number);
      if (!parts || !found) return unknown();
      return ok(records.intervention(parts.contract, found, state.references.get(found)));
    },
    fichier: ({ Reference }) => {
      if (!documentOf(Reference!)) return unknown();
      const location = `/Depot/${depotOf(Reference!)}/${Reference}.pdf`;
      return { status: 302, headers: { location }, body: "" };
    },
    depot: ({ Empreinte, Fichier }) => {
      const reference = Fichier!.replace(/\.pdf$/, "");
      const document = depotOf(reference) === Empreinte ? documentOf(reference) : undefined;
      if (!document) return unknown();
      const file = fileOf(print, document);
      const headers = { "content-type": "application/pdf", "content-length": String(file.size) };
      return { status: 200, headers, body: fileBody(file) };
    },
  };
}

export function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
