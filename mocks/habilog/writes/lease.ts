import { createHash } from "node:crypto";
import * as world from "../../world/apply.ts";
import type { Fields } from "../call.ts";
import { partiesIn, refuseEnded, type ReadDemand } from "./demand.ts";
import {
  addressIn,
  dayIn,
  inThisOrder,
  refuseUnknownPostalCode,
  Refused,
  required,
} from "./fields.ts";

export const changeBilling: ReadDemand = (fields, { directory }) => {
  const parties = partiesIn(fields, directory);
  const billing = { recipient: required(fields, "Destinataire"), address: addressIn(fields) };
  return {
    kind: "billingAddressChanges",
    ...parties,
    content: billing,
    apply: () => {
      refuseUnknownPostalCode(billing.address);
      world.changeBilling(parties.contract, billing);
    },
  };
};

export const renewInsurance: ReadDemand = (fields, { directory }) => {
  const parties = partiesIn(fields, directory);
  const insurance = {
    insurer: required(fields, "Assureur"),
    policyNumber: required(fields, "NumeroPolice"),
    holder: fields["Assure"]!,
    from: dayIn(fields, "DateDebut"),
    to: dayIn(fields, "DateFin"),
  };
  inThisOrder(insurance.from, insurance.to);
  return {
    kind: "insuranceRenewals",
    ...parties,
    content: { ...insurance, certificate: certificateIn(fields) },
    apply: () => {
      refuseEnded(parties.contract, directory);
      world.renewInsurance(parties.contract, insurance);
    },
  };
};

const mostBytes = 10 * 1024 * 1024;

/** Null where there is none. */
function certificateIn(fields: Fields) {
  const name = fields["NomFichier"]!;
  const base64 = fields["Contenu"]!.replace(/\s+/g, "");
  if (base64 === "" && name === "") return null;
  required(fields, "NomFichier");
  required(fields, "TypeContenu");
  if (base64 === "" || base64.length % 4 !== 0) throw new Refused("Fichier illisible");
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > mostBytes) throw new Refused("Fichier trop volumineux");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name, sizeBytes: bytes.length, sha256 };
}
