import {
  requestCatalogues,
  type RequestCatalogue as CatalogueRecord,
} from "../../../adapters/ports/request-changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { load } from "../../kernel/loaders.ts";
import type { RequestCatalogue } from "./types.ts";

export const readCatalogue = (
  context: RequestContext,
  contractKey: string,
): Promise<CatalogueRecord> => load(context, requestCatalogues, "ofContracts", contractKey);

/** The catalogue's keys may be those of all contracts; ids are of one. */
export async function catalogueOf(
  context: RequestContext,
  contractKey: string,
): Promise<RequestCatalogue> {
  const { places, reasons } = await readCatalogue(context, contractKey);
  const { ids } = context;
  return {
    places: places.map(({ key, label }) => ({
      id: ids.seal("RequestPlace", contractKey, key),
      label,
    })),
    reasons: reasons.map(({ key, ...shown }) => ({
      ...shown,
      id: ids.seal("RequestReason", contractKey, key),
    })),
    ...limits,
  };
}

/** What a request may hold at most; every ERP takes as much. */
export const limits = { maxDescription: 4000, maxAvailabilities: 5, maxPhotos: 5 } as const;
