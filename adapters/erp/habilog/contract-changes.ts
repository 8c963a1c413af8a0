/** Who lives there, where the notices go, how the dwelling is insured. */
import type { Changes, FileRef, Submission } from "../../ports/changes.ts";
import type {
  BillingAddressChange,
  InsuranceRenewal,
  OccupantChange,
  OccupantFields,
} from "../../ports/contract-changes.ts";
import { PortError } from "../../ports/errors.ts";
import { collect } from "../../transport/collect.ts";
import type { Habilog } from "./client.ts";
import { demands, partiesOf } from "./demands.ts";
import { isOccupant } from "./keys.ts";
import { inLatin1 } from "./latin1.ts";
import {
  column,
  optionalColumn,
  Unsendable,
  writtenAddress,
  writtenDay,
  type Written,
} from "./written.ts";

const actions = { ADD: "A", CHANGE: "M", REMOVE: "S" };

const nobody: OccupantFields = {
  surname: "",
  givenName: null,
  birthDate: null,
  relationship: null,
  since: null,
};

export const createOccupantChanges = (habilog: Habilog): Changes<OccupantChange> =>
  demands(habilog, "EnregistrerOccupant", (change) => {
    const { payload } = change;
    const occupant = payload.action === "REMOVE" ? nobody : payload.occupant;
    return {
      ...partiesOf(change),
      Action: actions[payload.action],
      NumeroOccupant: payload.action === "ADD" ? "" : occupantKey(payload.key),
      Nom: column(occupant.surname, 50),
      Prenom: optionalColumn(occupant.givenName, 50),
      DateNaissance: writtenDay(occupant.birthDate),
      LienParente: optionalColumn(occupant.relationship, 50),
      DateArrivee: writtenDay(occupant.since),
      DateDepart: writtenDay(payload.action === "REMOVE" ? payload.leftOn : null),
    };
  });

function occupantKey(key: string): string {
  if (!isOccupant(key)) throw new Unsendable("UNKNOWN_THING");
  return key;
}

export const createBillingAddressChanges = (habilog: Habilog): Changes<BillingAddressChange> =>
  demands(habilog, "ModifierFacturation", (change) => ({
    ...partiesOf(change),
    Destinataire: column(change.payload.recipient, 100),
    ...writtenAddress(change.payload.address),
  }));

export const createInsuranceRenewals = (habilog: Habilog): Changes<InsuranceRenewal> =>
  demands(habilog, "EnregistrerAssurance", async (change) => {
    const { payload } = change;
    return {
      ...partiesOf(change),
      Assureur: column(payload.insurer, 50),
      NumeroPolice: column(payload.policyNumber, 30),
      Assure: optionalColumn(payload.holder, 100),
      DateDebut: writtenDay(payload.validFrom),
      DateFin: writtenDay(payload.validTo),
      ...(await certificateOf(change)),
    };
  });

const fileTypes: Readonly<Record<FileRef["mediaType"], string | null>> = {
  "application/pdf": "PDF",
  "image/jpeg": "JPG",
  "image/png": "PNG",
  "image/heic": null,
};

async function certificateOf(change: Submission<InsuranceRenewal>): Promise<Written> {
  const { certificate } = change.payload;
  if (certificate === null) return { NomFichier: "", TypeContenu: "", Contenu: "" };
  const type = fileTypes[certificate.mediaType];
  if (type === null) throw new Unsendable("INVALID");
  const bytes = await bytesOf(change, certificate);
  return {
    NomFichier: fileName(certificate.fileName),
    TypeContenu: type,
    Contenu: Buffer.from(bytes).toString("base64"),
  };
}

/** Whatever goes wrong here does so before anything was sent. */
async function bytesOf(change: Submission<unknown>, file: FileRef): Promise<Uint8Array> {
  const bytes = await collect(change.open(file)).catch((error: unknown) => {
    throw new PortError("INTERNAL", "a file cannot be read", { cause: error, notApplied: true });
  });
  if (bytes.length === file.sizeBytes) return bytes;
  throw new PortError("INTERNAL", "a file has another size than was said", { notApplied: true });
}

/** A name is no reason to refuse a file: what its column cannot hold is replaced, or cut out. */
function fileName(name: string): string {
  const written = Array.from(name, (character) => inLatin1(character) ?? "_").join("");
  const [, base = "", extension = ""] = /^(.*?)(\.[^.]{1,10})?$/.exec(written) ?? [];
  return base.slice(0, 100 - extension.length) + extension;
}
