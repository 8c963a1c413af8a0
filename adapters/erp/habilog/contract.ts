import { z } from "zod";
import type {
  BillingAddresses,
  Contract,
  Contracts,
  InsurancePolicies,
  InsurancePolicy,
  Unit,
} from "../../ports/contract.ts";
import type { Call } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { codeOf, optionalText, text } from "../../transport/fields.ts";
import type { Habilog } from "./client.ts";
import { isPerson } from "./keys.ts";
import { addressRecord, day, flag, optionalDay, paymentMethod } from "./map.ts";
import { itemPerContract, itemsPerContract } from "./per-contract.ts";

const unitRecord = z
  .object({
    ReferenceModule: text,
    TypeModule: codeOf({
      LOGEMENT: "DWELLING",
      STATIONNEMENT: "PARKING",
      CAVE: "STORAGE",
      AUTRE: "OTHER",
    }),
    Designation: optionalText,
    Adresse: addressRecord,
  })
  .transform(({ ReferenceModule, TypeModule, Designation, Adresse }): Unit => ({
    reference: ReferenceModule,
    kind: TypeModule,
    label: Designation,
    address: Adresse,
  }));

const signatoryRecord = z.object({ NumeroTiers: text, NomComplet: text, Principal: flag });

/** A contract, and the keys of the persons who signed it. */
const contractRecord = z
  .object({
    NumeroContrat: text,
    Nature: codeOf({ BAIL: "LEASE" }),
    Etat: codeOf({ F: "UPCOMING", C: "ACTIVE", R: "ENDED" }),
    DateEntree: day,
    DateSortie: optionalDay,
    ModePaiement: optionalText.pipe(paymentMethod.nullable()),
    Signataire: z.array(signatoryRecord).min(1),
    Module: z.array(unitRecord).min(1),
  })
  .transform((record) => {
    const people = firstOnes(record.Signataire, ({ Principal }) => Principal);
    const contract: Contract = {
      key: record.NumeroContrat,
      number: record.NumeroContrat,
      kind: record.Nature,
      status: record.Etat,
      startDate: record.DateEntree,
      endDate: record.DateSortie,
      signatories: people.map(({ NomComplet }) => NomComplet),
      units: firstOnes(record.Module, ({ kind }) => kind === "DWELLING"),
      paymentMethod: record.ModePaiement,
    };
    return { contract, signatories: people.map(({ NumeroTiers }) => NumeroTiers) };
  });

/** Those that count first, the others after them, in their order otherwise. */
const firstOnes = <T>(items: readonly T[], isFirst: (item: T) => boolean): T[] =>
  items.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)));

const listing = {
  operation: "ListerContrats",
  key: "NumeroTiers",
  element: "Contrat",
  shape: contractRecord,
} as const;

export const createContracts = (habilog: Habilog): Contracts => ({
  ofPersons: (keys, call) =>
    eachOnce(keys, String, (key) =>
      isPerson(key) ? contractsOf(habilog, key, call) : Promise.resolve([]),
    ),
});

/** Ownership is decided by this list: a contract that somebody else signed has no place in it. */
async function contractsOf(habilog: Habilog, person: string, call: Call): Promise<Contract[]> {
  const found = await habilog.list(listing, person, call);
  const own = found.filter(({ signatories }) => signatories.includes(person));
  if (own.length < found.length) {
    habilog.warn("Habilog listed contracts that the person did not sign", {
      count: found.length - own.length,
    });
  }
  const byNumber = own
    .map(({ contract }) => contract)
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
  return firstOnes(byNumber, ({ status }) => status === "ACTIVE");
}

const insuranceRecord = z
  .object({
    NumeroContrat: text,
    Assureur: text,
    NumeroPolice: text,
    Assure: optionalText,
    DateDebut: day,
    DateFin: day,
  })
  .transform((record) => ({
    contract: record.NumeroContrat,
    item: {
      insurer: record.Assureur,
      policyNumber: record.NumeroPolice,
      holder: record.Assure,
      validFrom: record.DateDebut,
      validTo: record.DateFin,
    },
  }));

export const createInsurancePolicies = (habilog: Habilog): InsurancePolicies => ({
  ofContracts: async (keys, call) => {
    const form = { operation: "LireAssurance", element: "Assurance", shape: insuranceRecord };
    const found = await itemsPerContract(habilog, form)(keys, call);
    return found.map((policies) => policies.toSorted(endingLast)[0] ?? null);
  },
});

const endingLast = (a: InsurancePolicy, b: InsurancePolicy) => (a.validTo < b.validTo ? 1 : -1);

const billingRecord = z
  .object({ NumeroContrat: text, Destinataire: text, Adresse: addressRecord })
  .transform(({ NumeroContrat, Destinataire, Adresse }) => ({
    contract: NumeroContrat,
    item: { recipient: Destinataire, address: Adresse },
  }));

export const createBillingAddresses = (habilog: Habilog): BillingAddresses => ({
  ofContracts: itemPerContract(habilog, {
    operation: "LireFacturation",
    element: "Facturation",
    shape: billingRecord,
  }),
});
