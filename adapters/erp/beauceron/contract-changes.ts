/** Occupants and home insurance: what stands there tells whether a change was applied. */
import { createHash } from "node:crypto";
import type { Changes, FileRef } from "../../ports/changes.ts";
import {
  insuranceRenewals,
  occupantChanges,
  type InsuranceRenewal,
  type OccupantChange,
  type OccupantFields,
} from "../../ports/contract-changes.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { at, type Client } from "./client.ts";
import { occupantsOf, policiesOf } from "./contract-lists.ts";
import { fitsFile, fitsLine } from "./fits.ts";
import { formOf, wholeFile } from "./form.ts";
import { absent, ofContract, type Asked } from "./of-contract.ts";
import { Assurance, names, Occupant } from "./wire.ts";
import { Nothing } from "./wire-changes.ts";
import {
  applied,
  believed,
  nothingApplied,
  refusedAs,
  rejected,
  type Write,
  type Written,
} from "./write.ts";

export const contractChangePorts = (client: Client): Served[] => [
  serve<Changes<OccupantChange>>(
    occupantChanges,
    ofContract({
      repeat: "COMPARE",
      fits: (payload) =>
        (payload.action === "ADD" || names.occupant.test(payload.key)) &&
        (payload.action === "REMOVE" || fitsOccupant(payload.occupant)),
      submit: (change, call) => submitOccupant(client, change, call),
      lookUp: async ({ contractKey, payload }, call) => {
        const there = await occupantsOf(client, contractKey, call);
        if (there === null) return absent;
        const found = there.find((one) => isMeant(one, payload));
        if (payload.action === "REMOVE") return found ? absent : applied(payload.key);
        return found ? applied(found.cle) : absent;
      },
    }),
  ),
  serve<Changes<InsuranceRenewal>>(
    insuranceRenewals,
    ofContract({
      repeat: "COMPARE",
      fits: ({ insurer, policyNumber, holder, validFrom, validTo, certificate }) =>
        [insurer, policyNumber, holder].every((text) => fitsLine(text)) &&
        validFrom <= validTo &&
        fitsFile(certificate),
      submit: (change, call) => declare(client, change, call),
      lookUp: async (change, call) =>
        (await isDeclared(client, change, call)) ? applied(null) : absent,
    }),
  ),
];

const fitsOccupant = ({ surname, givenName, relationship }: OccupantFields) =>
  [surname, givenName, relationship].every((text) => fitsLine(text));

/** By the key, or where none was given yet by all that is said. */
function isMeant(there: Occupant, payload: OccupantChange): boolean {
  if (payload.action === "REMOVE") return there.cle === payload.key;
  if (payload.action === "CHANGE" && there.cle !== payload.key) return false;
  return saysOf(there, payload.occupant);
}

const saysOf = (there: Occupant, asked: OccupantFields): boolean =>
  there.nom === asked.surname.trim() &&
  there.prenom === (asked.givenName?.trim() ?? null) &&
  there.date_naissance === asked.birthDate &&
  there.lien === (asked.relationship?.trim() ?? null) &&
  there.date_entree === asked.since;

const sentOccupant = (occupant: OccupantFields) => ({
  nom: occupant.surname.trim(),
  prenom: occupant.givenName?.trim() ?? null,
  date_naissance: occupant.birthDate,
  lien: occupant.relationship?.trim() ?? "",
  date_entree: occupant.since,
});

/** What an occupant is to be already is not written once more. */
async function submitOccupant(
  client: Client,
  { contractKey, payload }: Asked<OccupantChange>,
  call: Call,
) {
  const standing = async () =>
    (await nothingApplied(occupantsOf(client, contractKey, call)))?.find((one) =>
      isMeant(one, payload),
    );
  if (payload.action === "CHANGE" && (await standing())) return applied(payload.key);
  const write = occupantWrite(contractKey, payload);
  const written = await client.write<Occupant | undefined>(write, call);
  if ("done" in written) {
    const { done } = written;
    if (payload.action === "REMOVE" || !done) return applied(keyOf(payload));
    return believed(done, done.contrat === contractKey && isMeant(done, payload), done.cle);
  }
  if (written.refused !== "EXISTE_DEJA") return refusedAs(written.refused);
  const same = await standing();
  return same ? applied(same.cle) : rejected("ALREADY_EXISTS");
}

const keyOf = (payload: OccupantChange) => (payload.action === "ADD" ? null : payload.key);

function occupantWrite(contract: string, payload: OccupantChange): Write<Occupant | undefined> {
  if (payload.action === "ADD") {
    const path = at`/v2/contrats/${contract}/occupants`;
    const body = { json: sentOccupant(payload.occupant) };
    return { method: "POST", path, body, status: 201, shape: Occupant };
  }
  const path = at`/v2/contrats/${contract}/occupants/${payload.key}`;
  if (payload.action === "CHANGE") {
    const body = { json: sentOccupant(payload.occupant) };
    return { method: "PUT", path, body, status: 200, shape: Occupant };
  }
  const query: Record<string, string> = payload.leftOn ? { sorti_le: payload.leftOn } : {};
  return { method: "DELETE", path, query, status: 204, shape: Nothing };
}

async function declare(client: Client, change: Asked<InsuranceRenewal>, call: Call) {
  const { contractKey, payload, open } = change;
  const value = sentPolicy(payload);
  const files = payload.certificate ? [payload.certificate] : [];
  const form = { name: "assurance", value, fileName: "attestation", files };
  const written: Written<Assurance> = await client.write(
    {
      method: "POST",
      path: at`/v2/contrats/${contractKey}/assurances`,
      body: await formOf(form, open),
      status: 201,
      shape: Assurance,
    },
    call,
  );
  if ("done" in written) {
    const { done } = written;
    return believed(done, await isSame(done, change), null);
  }
  if (written.refused !== "EXISTE_DEJA") return refusedAs(written.refused);
  const there = await nothingApplied(isDeclared(client, change, call));
  return there ? applied(null) : rejected("ALREADY_EXISTS");
}

const sentPolicy = (payload: InsuranceRenewal) => ({
  assureur: payload.insurer.trim(),
  police: payload.policyNumber.trim(),
  titulaire: payload.holder?.trim() ?? null,
  valide_du: payload.validFrom,
  valide_au: payload.validTo,
});

async function isDeclared(client: Client, change: Asked<InsuranceRenewal>, call: Call) {
  for (const policy of await policiesOf(client, change.contractKey, call)) {
    if (await isSame(policy, change)) return true;
  }
  return false;
}

/** The same in every field, and with the same certificate. */
async function isSame(there: Assurance, { payload, open }: Asked<InsuranceRenewal>) {
  const asked = Object.entries(sentPolicy(payload));
  if (asked.some(([field, value]) => there[field as keyof Assurance] !== value)) return false;
  const { certificate } = payload;
  const hash = certificate && (await hashOf(certificate, open));
  return (there.attestation?.sha256 ?? null) === hash;
}

async function hashOf(file: FileRef, open: Asked<InsuranceRenewal>["open"]): Promise<string> {
  return createHash("sha256")
    .update(await wholeFile(file, open))
    .digest("hex");
}
