import type {
  RequestCatalogue,
  ServiceRequestCreation,
} from "../../../adapters/ports/request-changes.ts";
import { submitChange, type Prepared, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import type { Texts } from "../../kernel/landlord.ts";
import { contractToChange } from "../../kernel/held-contracts.ts";
import { linesFaults, linesOf } from "../../kernel/text-input.ts";
import { today } from "../../kernel/today.ts";
import { attachFiles, uploadedFiles } from "../../kernel/uploads.ts";
import { limits, readCatalogue } from "./catalogue.ts";
import { labels, type CreationFault } from "./messages.ts";

interface TypedAvailability {
  readonly date: string;
  readonly from: string;
  readonly to: string;
}

export interface TypedRequest {
  readonly contractId: string;
  readonly reasonId: string;
  readonly placeId?: string | null;
  readonly description: string;
  readonly availabilities: readonly TypedAvailability[];
  readonly contactPhone?: string | null;
  readonly photoIds: readonly string[];
  readonly idempotencyKey: string;
}

export async function createServiceRequest(
  context: RequestContext,
  input: TypedRequest,
): Promise<Submitted<CreationFault>> {
  const contract = await contractToChange(context, input.contractId);
  if (!contract) throw fail(context, "NOT_FOUND");
  const { key } = contract;
  return submitChange<"SERVICE_REQUEST", CreationFault>(context, {
    kind: "SERVICE_REQUEST",
    contractKey: key,
    idempotencyKey: input.idempotencyKey,
    input,
    prepare: async () => prepare(context, key, input),
  });
}

const purpose = "REQUEST_PHOTO";
const notUsable: CreationFault = { code: "UPLOAD_NOT_USABLE", field: ["photoIds"] };

async function prepare(
  context: RequestContext,
  contractKey: string,
  input: TypedRequest,
): Promise<Prepared<"SERVICE_REQUEST", CreationFault>> {
  const subject = subjectOf(context, contractKey, await readCatalogue(context, contractKey), input);
  const tooManyPhotos = input.photoIds.length > limits.maxPhotos;
  const photos = tooManyPhotos ? [] : await uploadedFiles(context, purpose, input.photoIds);
  const faults = [
    ...subject.faults,
    ...linesFaults(input.description, ["description"], labels.description, limits.maxDescription),
    ...availabilityFaults(context, input.availabilities),
    ...(tooManyPhotos ? [tooMany("photoIds", labels.photos, limits.maxPhotos)] : []),
    ...(photos ? [] : [notUsable]),
  ];
  if (!photos || !subject.reasonKey || faults.length > 0) return { faults };
  const payload: ServiceRequestCreation = {
    reasonKey: subject.reasonKey,
    placeKey: subject.placeKey,
    description: linesOf(input.description),
    availabilities: input.availabilities.map(({ date, from, to }) => ({ day: date, from, to })),
    contactPhone: input.contactPhone ?? null,
    photos,
  };
  return {
    payload,
    keep: async (store, { id }) =>
      (await attachFiles(context, store, purpose, photos, id)) ? [] : [notUsable],
  };
}

const tooMany = (field: string, label: Texts, count: number): CreationFault => ({
  code: "TOO_MANY",
  field: [field],
  values: { label, count },
});

/** What the ids stand for in this contract's catalogue: those of another's are nothing here. */
function subjectOf(
  { ids }: RequestContext,
  contractKey: string,
  catalogue: RequestCatalogue,
  { reasonId, placeId }: TypedRequest,
) {
  const faults: CreationFault[] = [];
  const chosen = <T extends { key: string }>(kind: string, id: string, from: readonly T[]) => {
    const [contract, key] = ids.open(kind, id) ?? [];
    return contract === contractKey ? from.find((one) => one.key === key) : undefined;
  };
  const reason = chosen("RequestReason", reasonId, catalogue.reasons);
  const place = placeId ? chosen("RequestPlace", placeId, catalogue.places) : null;
  const notThere = (field: string, label: Texts) =>
    faults.push({ code: "NOT_IN_CATALOGUE", field: [field], values: { label } });
  if (!reason) notThere("reasonId", labels.reason);
  if (place === undefined) notThere("placeId", labels.place);
  if (reason?.placeNeeded && place === null) {
    faults.push({ code: "REQUIRED", field: ["placeId"], values: { label: labels.place } });
  }
  return { faults, reasonKey: reason?.key, placeKey: place?.key ?? null };
}

const hour = /^([01]\d|2[0-3]):[0-5]\d$/;

function availabilityFaults(
  context: RequestContext,
  typed: readonly TypedAvailability[],
): CreationFault[] {
  const most = limits.maxAvailabilities;
  if (typed.length > most) return [tooMany("availabilities", labels.availabilities, most)];
  return typed.flatMap(({ date, from, to }, index) => {
    const at = (name: string) => ["availabilities", String(index), name];
    const wrong = Object.entries({ from, to }).filter(([, time]) => !hour.test(time));
    const faults: CreationFault[] = wrong.map(([name]) => ({
      code: "INVALID_FORMAT",
      field: at(name),
      values: { label: labels.hour },
    }));
    if (date < today(context)) faults.push({ code: "IN_THE_PAST", field: at("date") });
    if (wrong.length === 0 && from >= to) faults.push({ code: "HOURS_REVERSED", field: at("to") });
    return faults;
  });
}
