import {
  residenceRequests,
  serviceRequests,
  type RequestPage,
  type ServiceRequest as RequestRecord,
} from "../../adapters/ports/requests.ts";
import type { RequestContext } from "../kernel/context.ts";
import { load } from "../kernel/loaders.ts";
import { ownThing } from "../kernel/ownership.ts";
import { planOrFail } from "../kernel/paging.ts";
import type { Paging } from "../kernel/pagination.ts";
import { followSeen } from "./follow.ts";
import type { ServiceRequest } from "./types.ts";

function show(context: RequestContext, record: RequestRecord): ServiceRequest {
  const { key, contractKey, ...shown } = record;
  return { ...shown, id: context.ids.seal("ServiceRequest", contractKey, key) };
}

export async function requestsOf(
  context: RequestContext,
  contractKey: string,
  state: RequestPage["state"],
  paging: Paging,
) {
  const plan = planOrFail(context, paging, serviceRequests.name, contractKey, state);
  const page = await load(context, serviceRequests, "ofContracts", {
    contractKey,
    state,
    ...plan.request,
  });
  await followSeen(context, page.items);
  return plan.connect(page, (record) => show(context, record));
}

/** The request behind an id; null when the viewer has no such request. */
export async function ownRequest(
  context: RequestContext,
  id: string,
): Promise<ServiceRequest | null> {
  const keys = await ownThing(context, "ServiceRequest", id);
  const record = keys && (await load(context, serviceRequests, "byKeys", keys));
  return record && show(context, record);
}

/** What is open in the common parts of the contract's building. */
export async function residenceRequestsOf(
  context: RequestContext,
  contractKey: string,
  paging: Paging,
) {
  const plan = planOrFail(context, paging, residenceRequests.name, contractKey);
  const page = await load(context, residenceRequests, "ofContracts", {
    contractKey,
    ...plan.request,
  });
  return plan.connect(page, ({ key, ...shown }) => ({
    ...shown,
    id: context.ids.seal("ResidenceRequest", key),
  }));
}
