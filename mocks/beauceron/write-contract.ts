/** What portals send about a contract beside its people and its account: insurance, requests. */
import type { WorldContract, WorldInsurance } from "../world/types.ts";
import { catalogue } from "./catalogue.ts";
import { nextNumber, type Held, type Policy } from "./held.ts";
import { keyOfContract, keyOfPerson, type Directory } from "./keys.ts";
import { ofContract } from "./lookups.ts";
import type { Operations, Result } from "./operations.ts";
import * as records from "./records.ts";
import { about, closed, conflict, firstWrong, notPossible, summary } from "./rules.ts";

export const contractWrites = (directory: Directory, held: Held): Operations => ({
  declarerAssurance: ofContract(directory, (contract, _values, { body, files }) => {
    const { assurance } = body as { assurance: Policy };
    const [file] = files.attestation ?? [];
    const attestation = file && summary(file);
    const declared: Policy = attestation
      ? { ...assurance, attestation: inList(attestation) }
      : assurance;
    const known = records.assurances(contract, held.policies);
    const refusal =
      closed(contract, held.today()) ??
      firstWrong({
        valide_au: assurance.valide_au < assurance.valide_du || assurance.valide_au < held.today(),
      }) ??
      (known.some((policy) => isSame(policy, assurance)) ? conflict("EXISTE_DEJA") : null);
    if (refusal) return refusal;
    held.policies.set(contract, [...known, declared]);
    contract.insurance = newest(held.policies.get(contract)!);
    const content = { ...assurance, attestation: attestation ?? null };
    held.writes.applied({ kind: "insuranceRenewals", ...about(contract), content });
    return { created: declared };
  }),
  catalogueDemandes: ofContract(directory, (contract) => ({ one: catalogue(contract) })),
  creerDemande: ofContract(directory, (contract, _values, { body, files }) =>
    createRequest(contract, (body as { demande: SentRequest }).demande, files.photos ?? [], {
      directory,
      held,
    }),
  ),
  demandesParReference: ({ reference }) => {
    const found = held.requests.find(String(reference));
    const request = found?.contract.requests.find(({ number }) => number === found.number);
    const list = found && request ? [records.demande(found.contract, request, held.requests)] : [];
    return { list };
  },
});

const inList = ({ name, sizeBytes, sha256 }: ReturnType<typeof summary>) => ({
  nom: name,
  taille: sizeBytes,
  sha256,
});

const isSame = (a: Policy, b: Policy) =>
  a.assureur === b.assureur && a.police === b.police && a.valide_du === b.valide_du;

function newest(policies: readonly Policy[]): WorldInsurance {
  const last = policies.toSorted((a, b) =>
    `${a.valide_du} ${a.valide_au}` < `${b.valide_du} ${b.valide_au}` ? -1 : 1,
  );
  const { assureur, police, titulaire, valide_du, valide_au } = last.at(-1)!;
  return {
    insurer: assureur,
    policyNumber: police,
    holder: titulaire ?? "",
    from: valide_du,
    to: valide_au,
  };
}

interface SentRequest {
  reference: string;
  locataire: string;
  motif: string;
  lieu: string | null;
  description: string;
  disponibilites: { jour: string; de: string; a: string }[];
  telephone: string | null;
}

function createRequest(
  contract: WorldContract,
  sent: SentRequest,
  photos: Parameters<typeof summary>[0][],
  { directory, held }: { directory: Directory; held: Held },
): Result {
  const { lieux, motifs } = catalogue(contract);
  const motif = motifs.find(({ code }) => code === sent.motif);
  const lieu = lieux.find(({ code }) => code === sent.lieu);
  const signatories = directory.signatoriesOf(contract).map(keyOfPerson);
  if (held.requests.find(sent.reference)) return conflict("REFERENCE_CONNUE");
  const refusal =
    closed(contract, held.today()) ??
    (signatories.includes(sent.locataire) ? null : notPossible("NON_SIGNATAIRE")) ??
    firstWrong({
      motif: motif === undefined,
      lieu: (sent.lieu !== null || motif?.lieu_obligatoire === true) && lieu === undefined,
      disponibilites: sent.disponibilites.some(({ jour, de, a }) => jour < held.today() || de >= a),
    });
  if (refusal) return refusal;
  const at = new Date().toISOString();
  const request = {
    number: nextNumber(contract.requests),
    category:
      motif!.categorie === "TECHNIQUE" ? ("TECHNICAL" as const) : ("ADMINISTRATIVE" as const),
    place: lieu?.libelle ?? null,
    reason: motif!.libelle,
    description: sent.description,
    createdAt: at,
    updates: [{ at, status: "RECEIVED" as const, comment: null }],
  };
  contract.requests = [request, ...contract.requests];
  held.requests.take(sent.reference, contract, request.number);
  held.writes.applied({
    kind: "serviceRequestCreations",
    contract: keyOfContract(contract),
    person: sent.locataire,
    reference: sent.reference,
    content: { ...sent, photos: photos.map(summary) },
  });
  return { created: records.demande(contract, request, held.requests) };
}
