/** Ports of `ports/requests.ts`. */
import { serve, type Call, type Served } from "../../ports/port.ts";
import {
  serviceRequests,
  type RequestKey,
  type RequestPage,
  type ServiceRequest,
} from "../../ports/requests.ts";
import { pageOfWhole } from "../../transport/whole-list.ts";
import type { Client } from "./client.ts";
import { each, moment, orNull } from "./values.ts";
import type { Demande } from "./wire.ts";

export const requestPorts = (client: Client): Served[] => [
  serve(serviceRequests, {
    ofContracts: each(async (page: RequestPage, call) => {
      const all = await requestsOf(client, page.contractKey, call);
      const isClosed = page.state === "CLOSED";
      const fits = ({ status }: ServiceRequest) => closed.has(status) === isClosed;
      return pageOfWhole(page.state === "ALL" ? all : all.filter(fits), page);
    }),
    byKeys: each(async ({ contractKey, key }: RequestKey, call) => {
      const all = await requestsOf(client, contractKey, call);
      return all.find((request) => request.key === key) ?? null;
    }),
  }),
];

const closed = new Set<ServiceRequest["status"]>(["DONE", "CANCELLED"]);

const categories = { T: "TECHNICAL", A: "ADMINISTRATIVE" } as const;
const states = {
  REC: "RECEIVED",
  COU: "IN_PROGRESS",
  RDV: "SCHEDULED",
  FIN: "DONE",
  ANN: "CANCELLED",
} as const;

/** Newest first. */
async function requestsOf(client: Client, key: string, call: Call): Promise<ServiceRequest[]> {
  const found = await client.listerDemandes({ Bail: key }, call).catch(orNull);
  const { timeZone } = client;
  return (found?.Demande ?? []).map((one) => request(one, key, timeZone)).toReversed();
}

function request(demande: Demande, contractKey: string, timeZone: string): ServiceRequest {
  const updates = demande.Etape.map(({ Le, Etat }) => ({
    at: moment(Le, timeZone),
    status: states[Etat],
    comment: null,
  }));
  return {
    key: demande.Numero,
    contractKey,
    number: demande.Numero,
    category: categories[demande.Nature],
    place: demande.Lieu ?? null,
    reason: demande.Motif,
    description: demande.Texte ?? null,
    status: updates.at(-1)!.status,
    createdAt: updates[0]!.at,
    updates,
  };
}
