import type { Port } from "../../../adapters/ports/port.ts";
import { insuranceRenewals } from "../../../adapters/ports/contract-changes.ts";
import { serviceRequestCreations } from "../../../adapters/ports/request-changes.ts";
import { surveyAnswers } from "../../../adapters/ports/surveys.ts";
import { uploadPurposes, type UploadPurpose } from "../../../store/upload-row.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { maxBytes, type MediaType } from "../../kernel/upload-rules.ts";
import { uploadId } from "../../kernel/uploads.ts";
import { usePort } from "../../kernel/use-port.ts";
import type { Fault, Messages } from "../../kernel/user-errors.ts";
import { safeFileName } from "./file-name.ts";
import { linkMinutes, sealUploadLink } from "./link.ts";
import type { StartUploadInput, UploadLink, UploadRule } from "./types.ts";

export const startUploadMessages = {
  TYPE_NOT_TAKEN: {
    fr: "Ce type de fichier n'est pas accepté. Types acceptés : {types}.",
    en: "This type of file is not taken. Types that are: {types}.",
  },
  TOO_LARGE: {
    fr: "Ce fichier est trop lourd : {count} Mo au plus.",
    en: "This file is too large: {count} MB at most.",
  },
  EMPTY: { fr: "Ce fichier est vide.", en: "This file is empty." },
  TOO_MANY_UPLOADS: {
    fr: "Trop de fichiers envoyés sans être joints à une demande. Joignez-les, ou réessayez demain.",
    en: "Too many files were sent and not used. Use them, or try again tomorrow.",
  },
} as const satisfies Messages;

/** Files of one account that no change has taken yet. */
const mostLoose = 20;

/** A file is taken where it can be taken along to the landlord's ERP. */
const portOf: Record<UploadPurpose, Port<unknown>> = {
  INSURANCE_CERTIFICATE: insuranceRenewals,
  REQUEST_PHOTO: serviceRequestCreations,
  TAX_NOTICE: surveyAnswers,
};

export function uploadRules({ landlord, ports }: RequestContext): UploadRule[] {
  return uploadPurposes
    .filter((purpose) => ports.served.includes(portOf[purpose].name))
    .map((purpose) => ({
      purpose,
      mediaTypes: landlord.uploads.types[purpose],
      maxSizeBytes: maxBytes(landlord.uploads),
    }));
}

type StartFault = Fault<keyof typeof startUploadMessages>;
type Started = { readonly upload: UploadLink } | { readonly faults: readonly StartFault[] };

export async function startUpload(
  context: RequestContext,
  input: StartUploadInput,
): Promise<Started> {
  const { accountId, sessionId } = signedIn(context);
  const purpose = input.purpose as UploadPurpose;
  usePort(context, portOf[purpose]);
  const { store, landlord } = context;
  const faults = faultsOf(context, purpose, input);
  if (faults.length > 0) return { faults };
  if ((await store.uploads.countLoose(landlord.id, accountId)) >= mostLoose) {
    return { faults: [{ code: "TOO_MANY_UPLOADS", field: [] }] };
  }
  const mediaType = input.mediaType as MediaType;
  const upload = await store.uploads.start(landlord.id, {
    accountId,
    purpose,
    fileName: safeFileName(input.fileName, mediaType),
    mediaType,
    sizeBytes: input.sizeBytes,
    expiresAt: new Date(context.now().getTime() + linkMinutes * 60_000),
  });
  const url = sealUploadLink(context, upload.id, sessionId, upload.expiresAt);
  return {
    upload: {
      id: uploadId(context, upload),
      url,
      expiresAt: upload.expiresAt.toISOString(),
      maxSizeBytes: maxBytes(landlord.uploads),
    },
  };
}

function faultsOf(
  { landlord: { uploads } }: RequestContext,
  purpose: UploadPurpose,
  { mediaType, sizeBytes }: StartUploadInput,
): StartFault[] {
  const taken: readonly string[] = uploads.types[purpose];
  const faults: StartFault[] = [];
  if (!taken.includes(mediaType)) {
    const types = taken.map((type) => type.replace(/^.*\//, "").toUpperCase()).join(", ");
    faults.push({ code: "TYPE_NOT_TAKEN", field: ["mediaType"], values: { types } });
  }
  if (sizeBytes < 1) faults.push({ code: "EMPTY", field: ["sizeBytes"] });
  if (sizeBytes > maxBytes(uploads)) {
    const values = { count: uploads.maxMegabytes };
    faults.push({ code: "TOO_LARGE", field: ["sizeBytes"], values });
  }
  return faults;
}
