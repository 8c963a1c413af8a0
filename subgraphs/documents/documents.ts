import type { ContractPage } from "../../adapters/ports/billing.ts";
import {
  documentKinds,
  documentPorts,
  type DocumentKey,
  type DocumentKind,
  type DocumentsOf,
} from "../../adapters/ports/documents.ts";
import type { Port } from "../../adapters/ports/port.ts";
import type { RequestContext } from "../kernel/context.ts";
import { load } from "../kernel/loaders.ts";
import { ownThing } from "../kernel/ownership.ts";
import { planOrFail } from "../kernel/paging.ts";
import type { Paging } from "../kernel/pagination.ts";
import { typeNames, type DocumentPlace } from "./types.ts";

interface AnyDocument {
  key: string;
  contractKey: string;
}

const portOf = (kind: DocumentKind): Port<DocumentsOf<AnyDocument>> => documentPorts[kind];

function show(context: RequestContext, kind: DocumentKind, record: AnyDocument) {
  const { key, contractKey, ...shown } = record;
  const type = typeNames[kind];
  return { ...shown, __typename: type, id: context.ids.seal(type, contractKey, key) };
}

export async function documentsOf(
  context: RequestContext,
  kind: DocumentKind,
  contractKey: string,
  paging: Paging,
) {
  const plan = planOrFail(context, paging, portOf(kind).name, contractKey);
  const key: ContractPage = { contractKey, ...plan.request };
  const page = await load(context, portOf(kind), "ofContracts", key);
  return plan.connect(page, (record) => show(context, kind, record));
}

/** The document behind an id, whatever its kind; null when the viewer has no such document. */
export async function ownDocument(context: RequestContext, id: string) {
  const place = await ownDocumentPlace(context, id);
  if (!place) return null;
  const { kind, contractKey, key } = place;
  const record = await load(context, portOf(kind), "byKeys", {
    contractKey,
    key,
  } satisfies DocumentKey);
  return record && show(context, kind, record);
}

export async function ownDocumentPlace(
  context: RequestContext,
  id: string,
): Promise<DocumentPlace | null> {
  // An id of a kind that the landlord does not offer stands for nothing, like any other false one.
  const served = documentKinds.filter((kind) => context.ports.served.includes(portOf(kind).name));
  for (const kind of served) {
    const keys = await ownThing(context, typeNames[kind], id);
    if (keys) return { kind, ...keys };
  }
  return null;
}
