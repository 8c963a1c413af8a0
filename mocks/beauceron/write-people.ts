/** What portals change of people: tenants, occupants. */
import type { WorldContract, WorldOccupant, WorldPerson } from "../world/types.ts";
import { etagOf } from "./answers.ts";
import type { Operations } from "./operations.ts";
import { writtenPhone } from "./formats.ts";
import { nextNumber, type Held } from "./held.ts";
import { keyOfOccupant, keyOfPerson, type Directory } from "./keys.ts";
import { missing, ofContract } from "./lookups.ts";
import * as records from "./records.ts";
import { about, closed, conflict, firstWrong } from "./rules.ts";

interface SentPerson {
  civilite?: "M" | "MME";
  nom?: string;
  prenom?: string;
  courriel?: string;
  telephones?: string[];
  adresse?: { lignes: string[]; code_postal: string; ville: string };
}

export function peopleWrites(directory: Directory, held: Held): Operations {
  const shown = (person: WorldPerson) => records.locataire(person, held.phones);
  return {
    locataire: ({ cle }) => {
      const person = directory.person(String(cle));
      return person ? { one: shown(person) } : missing(cle);
    },
    modifierLocataire: ({ cle }, { body, ifMatch }) => {
      const person = directory.person(String(cle));
      if (!person) return missing(cle);
      if (ifMatch === null) return { refused: { status: 428, motif: "REQUETE_INVALIDE" } };
      if (ifMatch !== etagOf(Buffer.from(JSON.stringify(shown(person))))) {
        return { refused: { status: 412, motif: "MODIFIE_ENTRETEMPS" } };
      }
      write(person, body as SentPerson, held);
      return { one: shown(person) };
    },
    ...occupantWrites(directory, held),
  };
}

function write(person: WorldPerson, sent: SentPerson, held: Held): void {
  const { civilite, nom, prenom, courriel, telephones, adresse } = sent;
  if (civilite !== undefined) person.title = civilite === "M" ? "MR" : "MRS";
  if (nom !== undefined) person.surname = nom.trim();
  if (prenom !== undefined) person.givenName = prenom.trim();
  if (courriel !== undefined) person.email = courriel.toLowerCase();
  if (telephones !== undefined) {
    const written = telephones.map(writtenPhone);
    held.phones.set(person.number, written);
    person.phone = written[0] ?? null;
  }
  if (adresse !== undefined) {
    const { lignes, code_postal, ville } = adresse;
    person.address = { lines: lignes, postalCode: code_postal, city: ville };
  }
  const of = { contract: null, person: keyOfPerson(person), reference: null };
  held.writes.applied({ kind: "personChanges", ...of, content: sent });
}

interface SentOccupant {
  nom: string;
  prenom: string | null;
  date_naissance: string | null;
  lien: string;
  date_entree: string | null;
}

function occupantWrites(directory: Directory, held: Held): Operations {
  const applied = (contract: WorldContract, content: unknown) =>
    held.writes.applied({ kind: "occupantChanges", ...about(contract), content });
  return {
    ajouterOccupant: ofContract(directory, (contract, _values, { body }) => {
      const sent = body as SentOccupant;
      const refusal = refusalOf(contract, sent, null, held);
      if (refusal) return refusal;
      const added = occupantOf(sent, numberFor(contract, held));
      contract.occupants = [...contract.occupants, added];
      applied(contract, { action: "ADD", ...sent });
      return { created: records.occupant(contract, added) };
    }),
    modifierOccupant: ofContract(directory, (contract, { occupant: key }, { body }) => {
      const found = occupantWith(contract, String(key));
      if (!found) return missing(key);
      const sent = body as SentOccupant;
      const refusal = refusalOf(contract, sent, found, held);
      if (refusal) return refusal;
      Object.assign(found, occupantOf(sent, found.number));
      applied(contract, { action: "CHANGE", key, ...sent });
      return { one: records.occupant(contract, found) };
    }),
    retirerOccupant: ofContract(directory, (contract, { occupant: key, sorti_le = null }) => {
      const found = occupantWith(contract, String(key));
      if (!found) return missing(key);
      if (typeof sorti_le === "string" && found.since !== null && sorti_le < found.since) {
        return firstWrong({ sorti_le: true })!;
      }
      rememberNumbers(contract, held);
      contract.occupants = contract.occupants.filter((occupant) => occupant !== found);
      applied(contract, { action: "REMOVE", key, sorti_le });
      return { done: true };
    }),
  };
}

const occupantWith = (contract: WorldContract, key: string) =>
  contract.occupants.find(({ number }) => keyOfOccupant(contract.number, number) === key);

const occupantOf = (sent: SentOccupant, number: number): WorldOccupant => ({
  number,
  surname: sent.nom.trim(),
  givenName: sent.prenom?.trim() ?? "",
  birthDate: sent.date_naissance,
  relationship: sent.lien.trim(),
  since: sent.date_entree,
});

/** Numbers of people who have left are not given again. */
function rememberNumbers(contract: WorldContract, held: Held): void {
  const before = held.lastOccupants.get(contract) ?? 0;
  held.lastOccupants.set(contract, Math.max(before, nextNumber(contract.occupants) - 1));
}

function numberFor(contract: WorldContract, held: Held): number {
  rememberNumbers(contract, held);
  return held.lastOccupants.get(contract)! + 1;
}

function refusalOf(
  contract: WorldContract,
  sent: SentOccupant,
  same: WorldOccupant | null,
  held: Held,
): ReturnType<typeof conflict> | null {
  const today = held.today();
  const { date_naissance: born, date_entree: since } = sent;
  const asked = occupantOf(sent, 0);
  const isThere = contract.occupants.some(
    (other) =>
      other !== same &&
      other.surname === asked.surname &&
      other.givenName === asked.givenName &&
      other.birthDate === asked.birthDate,
  );
  return (
    closed(contract, today) ??
    firstWrong({
      nom: asked.surname === "",
      date_naissance: born !== null && born > today,
      date_entree: born !== null && since !== null && since < born,
    }) ??
    (isThere ? conflict("EXISTE_DEJA") : null)
  );
}
