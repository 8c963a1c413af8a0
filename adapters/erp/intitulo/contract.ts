import { z } from "zod";
import type {
  BuildingContact,
  BuildingContacts,
  Contract,
  Contracts,
  Unit,
} from "../../ports/contract.ts";
import type { Call } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { codeOf, optionalText, text } from "../../transport/fields.ts";
import { phoneOf } from "../../transport/phone.ts";
import type { Intitulo } from "./client.ts";
import { readTiers } from "./identity.ts";
import { isContract } from "./keys.ts";
import { recordsOfContract } from "./pages.ts";
import { addressRecord, optionalDottedDay, paymentMethod, slashedDay } from "./map.ts";

const unitRecord = z
  .object({
    reference: text,
    nature: codeOf({ LOG: "DWELLING", PKG: "PARKING", CAV: "STORAGE", DIV: "OTHER" }),
    libelle: optionalText,
    adresse: addressRecord,
  })
  .transform(({ reference, nature, libelle, adresse }): Unit => ({
    reference,
    kind: nature,
    label: libelle,
    address: adresse,
  }));

const holderRecord = z
  .object({ numero_tiers: text, nom: text, prenom: optionalText })
  .transform(({ numero_tiers, nom, prenom }) => ({
    person: numero_tiers,
    name: prenom ? `${prenom} ${nom}` : nom,
  }));

/** A contract, and the keys of the persons who signed it. */
const contractRecord = z
  .object({
    numero_contrat: text,
    etat: codeOf({ "0": "UPCOMING", "1": "ACTIVE", "5": "ENDED" }),
    date_effet: slashedDay,
    date_fin: optionalDottedDay,
    mode_reglement: optionalText.pipe(paymentMethod.nullable()),
    titulaire: z.array(holderRecord).min(1),
    lot: z.array(unitRecord).min(1),
  })
  .transform((record) => {
    const contract: Contract = {
      key: record.numero_contrat,
      number: record.numero_contrat,
      kind: "LEASE",
      status: record.etat,
      startDate: record.date_effet,
      endDate: record.date_fin,
      signatories: record.titulaire.map(({ name }) => name),
      units: inOrder(record.lot),
      paymentMethod: record.mode_reglement,
    };
    return { contract, signatories: record.titulaire.map(({ person }) => person) };
  });

type Signed = z.infer<typeof contractRecord>;

const unitKinds = ["DWELLING", "PARKING", "STORAGE", "OTHER"] as const;
/** The dwelling first; Intitulo has whatever was added last there. */
const inOrder = (units: Unit[]) =>
  units.toSorted(
    (a, b) =>
      unitKinds.indexOf(a.kind) - unitKinds.indexOf(b.kind) || compare(a.reference, b.reference),
  );

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const intitulesShape = z.array(z.object({ numero_intitule: text }));

export const createContracts = (intitulo: Intitulo): Contracts => ({
  ofPersons: (keys, call) => eachOnce(keys, String, (key) => contractsOf(intitulo, key, call)),
});

/** Contracts hang on intitulés, and persons hold those. */
async function contractsOf(intitulo: Intitulo, person: string, call: Call): Promise<Contract[]> {
  const answer = await readTiers(intitulo, person, call);
  const intitules = answer?.part("intitules", intitulesShape) ?? [];
  const lists = await eachOnce(
    intitules.map(({ numero_intitule }) => numero_intitule),
    String,
    (number) => listContracts(intitulo, { numero_intitule: number, numero_contrat: "" }, call),
  );
  const found = new Map(lists.flat().map((signed) => [signed.contract.key, signed]));
  return ownOnly(intitulo, person, [...found.values()]).toSorted(activeFirst);
}

async function listContracts(
  intitulo: Intitulo,
  parts: { numero_intitule: string; numero_contrat: string },
  call: Call,
): Promise<Signed[]> {
  const answer = await intitulo.ask("listerContrats", { ...parts, avec_resilies: "1" }, call);
  return answer?.records("contrat", contractRecord) ?? [];
}

/** The persons who signed a contract; none for one that Intitulo does not know. */
export async function signatoriesOf(
  intitulo: Intitulo,
  contract: string,
  call: Call,
): Promise<string[]> {
  const parts = { numero_intitule: "", numero_contrat: contract };
  const found = isContract(contract) ? await listContracts(intitulo, parts, call) : [];
  return found.find((signed) => signed.contract.key === contract)?.signatories ?? [];
}

/** Ownership is decided by this list: a contract that somebody else signed has no place in it. */
function ownOnly(intitulo: Intitulo, person: string, found: Signed[]): Contract[] {
  const own = found.filter(({ signatories }) => signatories.includes(person));
  if (own.length < found.length) {
    const details = { count: found.length - own.length };
    intitulo.warn("Intitulo listed contracts that the person did not sign", details);
  }
  return own.map(({ contract }) => contract);
}

function activeFirst(a: Contract, b: Contract): number {
  const inactive = (contract: Contract) => (contract.status === "ACTIVE" ? 0 : 1);
  return inactive(a) - inactive(b) || compare(a.number, b.number);
}

const contactRecord = z
  .object({
    numero_contrat: text,
    fonction: text,
    nom: text,
    telephone: optionalText,
    courriel: optionalText,
  })
  .transform(({ numero_contrat, fonction, nom, telephone, courriel }) => {
    const item: BuildingContact = {
      role: fonction,
      name: nom,
      phone: phoneOf(telephone),
      email: courriel,
    };
    return { contract: numero_contrat, item };
  });

const contactList = {
  operation: "listerInterlocuteurs",
  more: {},
  element: "interlocuteur",
  shape: contactRecord,
};

export const createBuildingContacts = (intitulo: Intitulo): BuildingContacts => ({
  ofContracts: (keys, call) =>
    eachOnce(keys, String, (key) => recordsOfContract(intitulo, contactList, key, call)),
});
