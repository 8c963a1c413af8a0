/** Changes of people's own data, and requests of theirs with their files. */
import * as apply from "../world/apply.ts";
import type { WorldAddress, WorldContract } from "../world/types.ts";
import type { MockAnswer } from "../kit/product.ts";
import { refused, unknown, wrongValue } from "./answers.ts";
import { isRealDay } from "./checks.ts";
import { bytesOf } from "./depot.ts";
import { keyOfPerson } from "./keys.ts";
import { motifsOf } from "./motifs.ts";
import type { Operations } from "./operations.ts";
import * as records from "./records.ts";
import { aboutContract, closed, hasEnded, known, note, type Desk, type Signed } from "./writes.ts";

interface Coordonnees {
  Reference: string;
  Civilite?: "M." | "Mme";
  Nom?: string;
  Prenom?: string;
  Courriel?: string;
  Telephones?: string[];
  Adresse?: { Lignes: string[]; CodePostal: string; Ville: string; Pays: string };
}

interface Demande extends Signed {
  Motif: string;
  Lieu: string | null;
  Description: string;
  Disponibilites: { Jour: string; De: string; A: string }[];
  Telephone: string | null;
  Fichiers: string[];
}

interface Fichier {
  Reference: string;
  Nom: string;
  TypeMime: string;
  Contenu: string;
}

export const peopleWrites = (desk: Desk): Operations => ({
  modifierCoordonnees: ({ Code }, body) => {
    const person = desk.directory.person(Code!);
    if (!person) return unknown();
    const { Reference: reference, ...content } = body as Coordonnees;
    const foreign = content.Adresse && content.Adresse.Pays !== "FR";
    const code = content.Adresse?.CodePostal ?? "00000";
    if (Object.keys(content).length === 0 || (!foreign && !/^\d{5}$/.test(code))) {
      return wrongValue("Coordonnées");
    }
    apply.changePerson(person, fieldsIn(content));
    const phones = content.Telephones?.map(asWritten);
    if (phones) desk.state.phones.set(person, phones);
    desk.writes.applied({
      kind: "personChanges",
      contract: null,
      person: keyOfPerson(person),
      reference,
      content,
    });
    return desk.ok(records.personne(person, desk.state.phones.get(person)));
  },
  demanderIntervention: aboutContract(desk, (contract, asked: Demande) =>
    request(desk, contract, asked),
  ),
  deposer: (_, body) => {
    const { Reference, Nom, TypeMime, Contenu } = body as Fichier;
    const bytes = bytesOf(Contenu, TypeMime);
    if (!bytes) return wrongValue("Contenu");
    return desk.ok({ Jeton: desk.state.depot.put(Reference, Nom, bytes), Taille: bytes.length });
  },
});

/** What is there is changed, e-mail addresses into small letters. */
function fieldsIn(asked: Omit<Coordonnees, "Reference">): apply.PersonFields {
  const { Civilite, Nom, Prenom, Courriel, Telephones, Adresse } = asked;
  return {
    ...(Civilite && { title: Civilite === "M." ? "MR" : "MRS" }),
    ...(Nom && { surname: Nom.trim() }),
    ...(Prenom && { givenName: Prenom.trim() }),
    ...(Courriel && { email: Courriel.toLowerCase() }),
    ...(Telephones && { phone: Telephones.map(asWritten)[0] ?? null }),
    ...(Adresse && { address: addressIn(Adresse) }),
  };
}

/** `+33612345678` to `06 12 34 56 78`; those of other countries stay. */
const asWritten = (phone: string) =>
  /^\+33[1-9]\d{8}$/.test(phone) ? `0${phone.slice(3)}`.replace(/(\d\d)(?=\d)/g, "$1 ") : phone;

const addressIn = ({
  Lignes,
  CodePostal,
  Ville,
  Pays,
}: NonNullable<Coordonnees["Adresse"]>): WorldAddress => ({
  lines: Lignes.map((line) => line.trim()),
  postalCode: CodePostal.trim(),
  city: Ville.trim(),
  ...(Pays === "FR" ? {} : { country: Pays }),
});

function request(desk: Desk, contract: WorldContract, asked: Demande): MockAnswer {
  const { state } = desk;
  const { Motifs, Lieux } = motifsOf(contract);
  const motif = Motifs.find(({ Code }) => Code === asked.Motif);
  const lieu = Lieux.find(({ Code }) => Code === asked.Lieu);
  const rightPlace = asked.Lieu === null ? !motif?.LieuExige : lieu !== undefined;
  const rightTimes = asked.Disponibilites.every(({ Jour, De, A }) => isRealDay(Jour) && De < A);
  if (!motif || !rightPlace || !rightTimes) return wrongValue("Demande");
  if ([...state.references.values()].includes(asked.Reference)) return known();
  if (hasEnded(contract, desk)) return closed();
  const files = asked.Fichiers.map((token) => state.depot.take(token));
  if (files.includes(undefined)) return refused("DEPOT", "Fichier absent du dépôt");
  const made = apply.addRequest(contract, {
    category: motif.Categorie === "TECHNIQUE" ? "TECHNICAL" : "ADMINISTRATIVE",
    place: lieu?.Libelle ?? null,
    reason: motif.Libelle,
    description: asked.Description,
    createdAt: desk.now().toISOString(),
  });
  state.references.set(made, asked.Reference);
  note(desk, "serviceRequestCreations", contract, { ...asked, Fichiers: files } as Signed);
  return desk.ok(records.intervention(contract, made, asked.Reference));
}
