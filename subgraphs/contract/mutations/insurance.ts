import { fieldMessages, fileMessages, keyMessages } from "../../kernel/change-faults.ts";
import { submitChange, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { longest } from "../../kernel/form-rules.ts";
import type { Landlord } from "../../kernel/landlord.ts";
import { contractToChange } from "../../kernel/held-contracts.ts";
import { textFaults } from "../../kernel/text-input.ts";
import { today } from "../../kernel/today.ts";
import { attachFiles, uploadedFiles } from "../../kernel/uploads.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { endedFaults, endedMessages } from "./ended.ts";

export const insuranceMessages = {
  ...keyMessages,
  ...fieldMessages,
  ...fileMessages,
  ...endedMessages,
  DATES_REVERSED: {
    fr: "La fin de validité précède le début.",
    en: "The last day of validity is before the first.",
  },
  ALREADY_OVER: {
    fr: "Cette assurance n'est plus valable aujourd'hui.",
    en: "This insurance is over already.",
  },
  CERTIFICATE_NEEDED: {
    fr: "Joignez votre attestation d'assurance.",
    en: "Attach your certificate of insurance.",
  },
} as const;
type InsuranceFault = Fault<keyof typeof insuranceMessages>;

export interface TypedInsurance {
  readonly contractId: string;
  readonly insurer: string;
  readonly policyNumber: string;
  readonly holder?: string | null;
  readonly validFrom: string;
  readonly validTo: string;
  readonly certificateUploadId?: string | null;
  readonly idempotencyKey: string;
}

const labels = {
  insurer: { fr: "Assureur", en: "Insurer" },
  policyNumber: { fr: "Numéro de police", en: "Policy number" },
  holder: { fr: "Assuré", en: "Who is insured" },
} as const;

export async function renewInsurance(
  context: RequestContext,
  input: TypedInsurance,
): Promise<Submitted<InsuranceFault>> {
  const contract = await contractToChange(context, input.contractId);
  if (!contract) throw fail(context, "NOT_FOUND");
  return submitChange<"INSURANCE", InsuranceFault>(context, {
    kind: "INSURANCE",
    contractKey: contract.key,
    idempotencyKey: input.idempotencyKey,
    input,
    prepare: async () => {
      const faults = [
        ...endedFaults(contract, ["contractId"]),
        ...insuranceFaults(input, context.landlord, today(context)),
      ];
      const ids = input.certificateUploadId ? [input.certificateUploadId] : [];
      const files = await uploadedFiles(context, purpose, ids);
      if (!files) faults.push(notUsable);
      if (!files || faults.length > 0) return { faults };
      const { insurer, policyNumber, holder, validFrom, validTo } = input;
      return {
        payload: {
          insurer: insurer.trim(),
          policyNumber: policyNumber.trim(),
          holder: holder?.trim() || null,
          validFrom,
          validTo,
          certificate: files[0] ?? null,
        },
        keep: async (store, { id }) =>
          (await attachFiles(context, store, purpose, files, id)) ? [] : [notUsable],
      };
    },
  });
}

const purpose = "INSURANCE_CERTIFICATE";
const notUsable: InsuranceFault = { code: "UPLOAD_NOT_USABLE", field: ["certificateUploadId"] };

export function insuranceFaults(
  input: TypedInsurance,
  rules: Pick<Landlord, "insurance">,
  day: string,
): InsuranceFault[] {
  const { insurer, policyNumber, holder, validFrom, validTo } = input;
  const faults: InsuranceFault[] = [
    ...textFaults(insurer, ["insurer"], labels.insurer, longest.insurer),
    ...textFaults(policyNumber, ["policyNumber"], labels.policyNumber, longest.policyNumber),
    ...(holder ? textFaults(holder, ["holder"], labels.holder, longest.insured) : []),
  ];
  if (validTo < validFrom) faults.push({ code: "DATES_REVERSED", field: ["validTo"] });
  else if (validTo < day) faults.push({ code: "ALREADY_OVER", field: ["validTo"] });
  const needed = rules.insurance.certificate === "REQUIRED";
  if (needed && !input.certificateUploadId) {
    faults.push({ code: "CERTIFICATE_NEEDED", field: ["certificateUploadId"] });
  }
  return faults;
}
