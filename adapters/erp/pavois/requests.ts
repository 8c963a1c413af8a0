import { z } from "zod";
import type {
  RequestPage,
  RequestStatus,
  ServiceRequest,
  ServiceRequests,
} from "../../ports/requests.ts";
import type { Call } from "../../ports/port.ts";
import type { Page } from "../../ports/values.ts";
import { optionalText, text } from "../../transport/fields.ts";
import { readAll } from "./batch.ts";
import type { Pavois } from "./client.ts";
import { isRequest } from "./keys.ts";
import { askLots } from "./lots.ts";
import { readPages } from "./paging.ts";
import { momentOf } from "./time.ts";

const statuses = {
  RECUE: "RECEIVED",
  EN_COURS: "IN_PROGRESS",
  PLANIFIEE: "SCHEDULED",
  ATTENTE_LOCATAIRE: "WAITING_FOR_TENANT",
  TERMINEE: "DONE",
  ANNULEE: "CANCELLED",
} as const satisfies Record<string, RequestStatus>;

const status = z
  .enum(["RECUE", "EN_COURS", "PLANIFIEE", "ATTENTE_LOCATAIRE", "TERMINEE", "ANNULEE"])
  .transform((state) => statuses[state]);

const categories = { TECHNIQUE: "TECHNICAL", ADMINISTRATIVE: "ADMINISTRATIVE" } as const;

const requestRecord = z.object({
  NumeroDemande: text,
  NumeroContrat: text,
  Nature: z.enum(["TECHNIQUE", "ADMINISTRATIVE"]).transform((nature) => categories[nature]),
  Lieu: optionalText,
  Motif: text,
  Description: optionalText,
  CreeLe: text,
  Etat: status,
  /** Newest first. */
  Avancement: z.array(z.object({ Le: text, Etat: status, Commentaire: optionalText })).default([]),
});

/** Pure; `timeZone` is that of the ERP's clocks. */
function requestOf(record: z.infer<typeof requestRecord>, timeZone: string): ServiceRequest {
  return {
    key: record.NumeroDemande,
    contractKey: record.NumeroContrat,
    number: record.NumeroDemande,
    category: record.Nature,
    place: record.Lieu,
    reason: record.Motif,
    description: record.Description,
    status: record.Etat,
    createdAt: momentOf(record.CreeLe, timeZone),
    updates: updatesOf(record, timeZone),
  };
}

function updatesOf(record: z.infer<typeof requestRecord>, timeZone: string) {
  const updates: ServiceRequest["updates"] = [];
  for (const { Le, Etat, Commentaire } of record.Avancement.toReversed()) {
    // Steps are in order: it settles which of October's two hours is meant.
    const at = momentOf(Le, timeZone, updates.at(-1)?.at);
    updates.push({ at, status: Etat, comment: Commentaire });
  }
  return updates;
}

const selections = { OPEN: "OUVERTES", CLOSED: "CLOSES", ALL: "TOUTES" } as const;

export const createServiceRequests = (pavois: Pavois): ServiceRequests => ({
  ofContracts: (keys, call) => pagesByState(pavois, keys, call),
  byKeys: async (keys, call) => {
    const form = {
      operation: "LireDemandes",
      key: "NumeroDemande",
      element: "Demande",
      shape: requestRecord,
    };
    const numbers = keys.map(({ key }) => key);
    const found = await readAll(pavois, form, numbers, isRequest, call);
    const byKey = new Map(found.map((record) => [record.NumeroDemande, record]));
    // Pavois gives any request to whoever asks.
    return keys.map(({ key, contractKey }) => {
      const record = byKey.get(key);
      return record?.NumeroContrat === contractKey ? requestOf(record, pavois.timeZone) : null;
    });
  },
});

/** The pages of each state are read by themselves: a call has one selection. */
async function pagesByState(pavois: Pavois, keys: readonly RequestPage[], call: Call) {
  const pages = new Map<RequestPage, Page<ServiceRequest>>();
  const groups = [...Map.groupBy(keys, ({ state }) => state)].map(async ([state, group]) => {
    const listing = {
      operation: "ListerDemandes",
      element: "Demande",
      shape: requestRecord,
      more: { Selection: selections[state] },
    };
    const found = await readPages(group, askLots(pavois, listing, call));
    found.forEach(({ items, ...page }, i) =>
      pages.set(group[i]!, {
        ...page,
        items: items.map((record) => requestOf(record, pavois.timeZone)),
      }),
    );
  });
  await Promise.all(groups);
  return keys.map((key) => pages.get(key)!);
}
