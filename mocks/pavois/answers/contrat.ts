import type { WorldContract, WorldInsurance, WorldUnit } from "../../world/types.ts";
import type { Directory } from "../directory.ts";
import { address, box, el, period } from "../format.ts";
import { pastPolicies } from "../kept.ts";
import { keyOfContract, keyOfPerson } from "../keys.ts";
import { BusinessError, contractsAsked, pageOf, type Answer } from "./answer.ts";

export const listContracts: Answer = (request, directory) => {
  const key = request.values.NumeroTiers?.[0] ?? "";
  const person = directory.person(key);
  if (!person) throw new BusinessError(404, `Tiers inconnu : ${key}`);
  const withEnded = ["true", "1"].includes(request.values.InclureResilies?.[0]?.trim() ?? "");
  const contracts = directory
    .contractsOf(person)
    .filter((contract) => withEnded || stateOf(contract, directory.today) !== "RESILIE");
  const shown = pageOf(contracts, request).map((contract) => contractXml(contract, directory));
  return { xml: el("ctr:NombreTotal", String(contracts.length)) + shown.join("") };
};

function stateOf({ start, end }: WorldContract, today: string): string {
  if (start > today) return "A_VENIR";
  return end !== null && end < today ? "RESILIE" : "EN_COURS";
}

const modes = {
  DIRECT_DEBIT: "PRELEVEMENT",
  CARD: "CARTE",
  TRANSFER: "VIREMENT",
  CHEQUE: "CHEQUE",
} as const;
export const modeOf = (method: keyof typeof modes): string => modes[method];

function contractXml(contract: WorldContract, directory: Directory): string {
  // In the order of the signatories; modules in the order of their references, whatever they are.
  const people = directory.signatoriesOf(contract);
  const units = contract.units.toSorted((a, b) => (a.reference < b.reference ? -1 : 1));
  return box(
    "ctr:Contrat",
    el("ctr:NumeroContrat", keyOfContract(contract)),
    el("ctr:Etat", stateOf(contract, directory.today)),
    el("ctr:DateEffet", contract.start),
    el("ctr:DateFin", contract.end),
    ...people.map((person) =>
      box(
        "ctr:Signataire",
        el("ctr:NumeroTiers", keyOfPerson(person)),
        el("ctr:NomComplet", `${person.givenName} ${person.surname}`),
      ),
    ),
    ...units.map(unitXml),
    el("ctr:ModePaiement", modeOf(contract.paymentMethod)),
  );
}

const natures = { DWELLING: "LOGEMENT", PARKING: "STATIONNEMENT", STORAGE: "CAVE" };

const unitXml = (unit: WorldUnit) =>
  box(
    "ctr:Module",
    el("ctr:ReferenceModule", unit.reference),
    el("ctr:Nature", natures[unit.kind]),
    el("ctr:Libelle", unit.label),
    address("ctr:Adresse", unit.address),
  );

/** With those before, which Pavois keeps: oldest first. */
export const readInsurances: Answer = (request, directory) => ({
  xml: contractsAsked(request, directory)
    .flatMap((contract) => {
      const { insurance } = contract;
      if (!insurance) return [];
      const all = [yearBefore(insurance), ...pastPolicies.of(contract), insurance];
      return all.map((policy) => policyXml(contract, policy));
    })
    .join(""),
});

function yearBefore(policy: WorldInsurance): WorldInsurance {
  const shifted = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  const from = `${shifted(policy.from).slice(0, 4)}-01-01`;
  const to = `${shifted(policy.to).slice(0, 4)}-12-31`;
  return { ...policy, policyNumber: `${policy.policyNumber} (ancien)`, from, to };
}

const policyXml = (contract: WorldContract, policy: WorldInsurance) =>
  box(
    "ctr:Assurance",
    el("ctr:NumeroContrat", keyOfContract(contract)),
    el("ctr:Assureur", policy.insurer),
    el("ctr:NumeroPolice", policy.policyNumber),
    el("ctr:Assure", policy.holder || null),
    period("ctr:Validite", policy),
  );

export const readBillingAddresses: Answer = (request, directory) => ({
  xml: contractsAsked(request, directory)
    .map((contract) =>
      box(
        "ctr:AdresseFacturation",
        el("ctr:NumeroContrat", keyOfContract(contract)),
        el("ctr:Destinataire", contract.billing.recipient),
        address("ctr:Adresse", contract.billing.address),
      ),
    )
    .join(""),
});

export const listContacts: Answer = (request, directory) => ({
  xml: contractsAsked(request, directory)
    .flatMap((contract) =>
      contract.contacts.map((contact) =>
        box(
          "ctr:Interlocuteur",
          el("ctr:NumeroContrat", keyOfContract(contract)),
          el("ctr:Fonction", contact.role),
          el("ctr:Nom", contact.name),
          el("ctr:Telephone", contact.phone),
          el("ctr:Courriel", contact.email ?? undefined),
        ),
      ),
    )
    .join(""),
});
