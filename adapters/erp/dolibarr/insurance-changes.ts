/**
 * Home insurance: the certificate is a file of the contract, the policy stands in extra fields of it.
 * The file goes first, under a name made of our operation id: it may come again.
 */
import { z } from "zod";
import type { Changes, Submission } from "../../ports/changes.ts";
import { insuranceRenewals, type InsuranceRenewal } from "../../ports/contract-changes.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { at } from "./client.ts";
import { bytesOf, isTakeable, nameFor, upload } from "./files.ts";
import { insurancePolicy, isRunning } from "./map.ts";
import { absent, applied, asHolder, contract, fits, rejected, tidy, type Erp } from "./owned.ts";
import type { Settings } from "./settings.ts";
import { Id } from "./values.ts";
import { ListedFile, type Contract } from "./wire.ts";

type Fields = NonNullable<Settings["insurance"]>;

export function insuranceChangePorts(erp: Erp): Served[] {
  const { insurance } = erp.settings;
  return insurance ? [serve(insuranceRenewals, renewals(erp, insurance))] : [];
}

const renewals = (erp: Erp, fields: Fields): Changes<InsuranceRenewal> => ({
  repeat: "COMPARE",
  submit: async (change, call) => {
    if (!isHoldable(change.payload)) return rejected("INVALID");
    return asHolder(erp, change, call, async (held) => {
      const there = insurancePolicy(held, fields);
      // There is room for one: an older one would put out the newer.
      const isOlder = there !== null && there.validTo > change.payload.validTo;
      if (!isRunning(held) || isOlder) return rejected("NOT_POSSIBLE");
      if ((await sendCertificate(erp, held, change, call)) === null) {
        return rejected("UNKNOWN_THING");
      }
      const body = { array_options: optionsFor(change.payload, fields) };
      const path = at`/contracts/${held.id}`;
      const told = await erp.client.write({ method: "PUT", path, body, shape: Written }, call);
      if ("data" in told) return applied();
      return rejected(told.refusal === "MISSING" ? "UNKNOWN_THING" : "INVALID");
    });
  },
  lookUp: async (change, call) => {
    const held = change.contractKey === null ? null : await contract(erp, change.contractKey, call);
    if (!held || !isThere(held, change.payload, fields)) return absent;
    return (await hasCertificate(erp, held, change, call)) ? applied() : absent;
  },
});

const Written = z.object({ id: Id });

function isHoldable(asked: InsuranceRenewal): boolean {
  const { insurer, policyNumber, holder, validFrom, validTo, certificate } = asked;
  return (
    fits(insurer, 80) &&
    fits(policyNumber, 40) &&
    (holder === null || fits(holder, 80)) &&
    validFrom <= validTo &&
    (certificate === null || isTakeable(certificate))
  );
}

const optionsFor = (asked: InsuranceRenewal, fields: Fields): Record<string, string> => ({
  [`options_${fields.insurer}`]: tidy(asked.insurer),
  [`options_${fields.policyNumber}`]: tidy(asked.policyNumber),
  [`options_${fields.holder}`]: tidy(asked.holder ?? ""),
  [`options_${fields.validFrom}`]: asked.validFrom,
  [`options_${fields.validTo}`]: asked.validTo,
});

function isThere(held: Contract, asked: InsuranceRenewal, fields: Fields): boolean {
  const options = Object.entries(optionsFor(asked, fields));
  return options.every(([code, value]) => (held.array_options[code] ?? "") === value);
}

const certificateName = ({ operationId, payload }: Submission<InsuranceRenewal>) =>
  payload.certificate && nameFor(`assurance-${operationId}`, payload.certificate);

/** Null where Dolibarr does not have the contract. */
async function sendCertificate(
  erp: Erp,
  held: Contract,
  change: Submission<InsuranceRenewal>,
  call: Call,
): Promise<"NONE" | "SENT" | "THERE" | null> {
  const { certificate } = change.payload;
  const filename = certificateName(change);
  if (certificate === null || filename === null) return "NONE";
  const bytes = await bytesOf(change, certificate);
  const place = { modulepart: "contrat", ref: held.ref, subdir: "", filename } as const;
  return upload(erp.client, place, bytes, call);
}

/** Whole, too: Dolibarr makes an empty file of what it cannot read, and answers 200. */
async function hasCertificate(
  erp: Erp,
  held: Contract,
  change: Submission<InsuranceRenewal>,
  call: Call,
): Promise<boolean> {
  const { certificate } = change.payload;
  if (certificate === null) return true;
  const query = { modulepart: "contrat", id: held.id };
  const files = await erp.client.list({ path: "/documents", query, shape: ListedFile }, call);
  const name = certificateName(change);
  return files.some(({ filename, size }) => filename === name && size === certificate.sizeBytes);
}
