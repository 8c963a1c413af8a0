import { z } from "zod";
import type {
  BillingAddresses,
  BuildingContacts,
  Contract,
  Contracts,
  InsurancePolicies,
  InsurancePolicy,
  Unit,
} from "../../ports/contract.ts";
import type { Call } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { optionalText, text } from "../../transport/fields.ts";
import { phoneOf } from "../../transport/phone.ts";
import { readAll } from "./batch.ts";
import type { Pavois } from "./client.ts";
import { isContract, isPerson } from "./keys.ts";
import { readList } from "./lots.ts";
import { addressRecord, day, optionalDay, paymentMethod, periodRecord } from "./map.ts";

const kinds = {
  LOGEMENT: "DWELLING",
  STATIONNEMENT: "PARKING",
  CAVE: "STORAGE",
  AUTRE: "OTHER",
} as const;

const unitRecord = z
  .object({
    ReferenceModule: text,
    Nature: z.enum(["LOGEMENT", "STATIONNEMENT", "CAVE", "AUTRE"]),
    Libelle: optionalText,
    Adresse: addressRecord,
  })
  .transform(({ ReferenceModule, Nature, Libelle, Adresse }): Unit => ({
    reference: ReferenceModule,
    kind: kinds[Nature],
    label: Libelle,
    address: Adresse,
  }));

const statuses = { A_VENIR: "UPCOMING", EN_COURS: "ACTIVE", RESILIE: "ENDED" } as const;

/** A contract, and the keys of the persons who signed it. */
const contractRecord = z
  .object({
    NumeroContrat: text,
    Etat: z.enum(["A_VENIR", "EN_COURS", "RESILIE"]),
    DateEffet: day,
    DateFin: optionalDay,
    Signataire: z.array(z.object({ NumeroTiers: text, NomComplet: text })).min(1),
    Module: z.array(unitRecord).min(1),
    ModePaiement: paymentMethod.nullish(),
  })
  .transform((record) => {
    const contract: Contract = {
      key: record.NumeroContrat,
      number: record.NumeroContrat,
      kind: "LEASE",
      status: statuses[record.Etat],
      startDate: record.DateEffet,
      endDate: record.DateFin,
      signatories: record.Signataire.map(({ NomComplet }) => NomComplet),
      units: dwellingFirst(record.Module),
      paymentMethod: record.ModePaiement ?? null,
    };
    return { contract, signatories: record.Signataire.map(({ NumeroTiers }) => NumeroTiers) };
  });

const rank = (unit: Unit) => (unit.kind === "DWELLING" ? 0 : 1);
const dwellingFirst = (units: Unit[]) => units.toSorted((a, b) => rank(a) - rank(b));

export const createContracts = (pavois: Pavois): Contracts => ({
  ofPersons: (keys, call) =>
    eachOnce(keys, String, (key) => (isPerson(key) ? contractsOf(pavois, key, call) : none())),
});

const none = () => Promise.resolve<Contract[]>([]);

async function contractsOf(pavois: Pavois, person: string, call: Call): Promise<Contract[]> {
  const listing = {
    operation: "ListerContrats",
    args: { NumeroTiers: person, InclureResilies: true },
    element: "Contrat",
    shape: contractRecord,
    keyOf: ({ contract }: z.infer<typeof contractRecord>) => contract.key,
  };
  const found = await readList(pavois, listing, call);
  return ownOnly(pavois, person, found).toSorted(activeFirst);
}

/** Ownership is decided by this list: a contract that somebody else signed has no place in it. */
function ownOnly(pavois: Pavois, person: string, found: z.infer<typeof contractRecord>[]) {
  const own = found.filter(({ signatories }) => signatories.includes(person));
  if (own.length < found.length) {
    pavois.warn("Pavois listed contracts that the person did not sign", {
      count: found.length - own.length,
    });
  }
  return own.map(({ contract }) => contract);
}

function activeFirst(a: Contract, b: Contract): number {
  const inactive = (contract: Contract) => (contract.status === "ACTIVE" ? 0 : 1);
  return inactive(a) - inactive(b) || (a.number < b.number ? -1 : 1);
}

const insuranceRecord = z
  .object({
    NumeroContrat: text,
    Assureur: text,
    NumeroPolice: text,
    Assure: optionalText,
    Validite: periodRecord,
  })
  .transform(({ NumeroContrat, Assureur, NumeroPolice, Assure, Validite }) => {
    const policy: InsurancePolicy = {
      insurer: Assureur,
      policyNumber: NumeroPolice,
      holder: Assure,
      validFrom: Validite.from,
      validTo: Validite.to,
    };
    return { contract: NumeroContrat, policy };
  });

export const createInsurancePolicies = (pavois: Pavois): InsurancePolicies => ({
  ofContracts: async (keys, call) => {
    const form = listForm("LireAssurances", "Assurance", insuranceRecord);
    const found = await readAll(pavois, form, keys, isContract, call);
    const newest = new Map<string, InsurancePolicy>();
    for (const { contract, policy } of found) {
      const known = newest.get(contract);
      // Oldest first: of two that end on the same day, the later one was declared later.
      if (!known || known.validTo <= policy.validTo) newest.set(contract, policy);
    }
    return keys.map((key) => newest.get(key) ?? null);
  },
});

const billingRecord = z
  .object({ NumeroContrat: text, Destinataire: text, Adresse: addressRecord })
  .transform(({ NumeroContrat, Destinataire, Adresse }) => ({
    contract: NumeroContrat,
    billing: { recipient: Destinataire, address: Adresse },
  }));

export const createBillingAddresses = (pavois: Pavois): BillingAddresses => ({
  ofContracts: async (keys, call) => {
    const form = listForm("LireAdressesFacturation", "AdresseFacturation", billingRecord);
    const found = await readAll(pavois, form, keys, isContract, call);
    const byContract = new Map(found.map(({ contract, billing }) => [contract, billing]));
    return keys.map((key) => byContract.get(key) ?? null);
  },
});

const contactRecord = z
  .object({
    NumeroContrat: text,
    Fonction: text,
    Nom: text,
    Telephone: optionalText,
    Courriel: optionalText,
  })
  .transform(({ NumeroContrat, Fonction, Nom, Telephone, Courriel }) => ({
    contract: NumeroContrat,
    contact: { role: Fonction, name: Nom, phone: phoneOf(Telephone), email: Courriel },
  }));

export const createBuildingContacts = (pavois: Pavois): BuildingContacts => ({
  ofContracts: async (keys, call) => {
    const form = listForm("ListerInterlocuteurs", "Interlocuteur", contactRecord);
    const found = await readAll(pavois, form, keys, isContract, call);
    const byContract = Map.groupBy(found, ({ contract }) => contract);
    return keys.map((key) => (byContract.get(key) ?? []).map(({ contact }) => contact));
  },
});

const listForm = <T extends z.ZodType>(operation: string, element: string, shape: T) => ({
  operation,
  key: "NumeroContrat",
  element,
  shape,
});
