import { requestCatalogues, type RequestCatalogue } from "../../ports/request-changes.ts";
import { serviceRequests, type RequestPage, type ServiceRequest } from "../../ports/requests.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { pageOfWhole } from "../../transport/whole-list.ts";
import { at } from "./client.ts";
import { ofContracts } from "./contract.ts";
import { requestStatus, serviceRequest } from "./map.ts";
import type { Erp } from "./owned.ts";
import { idPattern } from "./values.ts";
import { Ticket, TicketType, type Contract } from "./wire.ts";

export const requestPorts = (erp: Erp): Served[] => [
  serve(serviceRequests, {
    ofContracts: async (keys, call) => {
      const lists = await ofContracts<Ticket[]>(erp, [], (held, inner) =>
        ticketsOf(erp, held, inner),
      )(
        keys.map(({ contractKey }) => contractKey),
        call,
      );
      return Promise.all(keys.map((key, i) => pageOf(erp, lists[i]!, key, call)));
    },
    byKeys: (keys, call) =>
      eachOnce(keys, JSON.stringify, async ({ contractKey, key }) => {
        const ticket = await ticketOf(erp, contractKey, key, call);
        return ticket && serviceRequest(ticket, contractKey, erp.settings);
      }),
  }),
  serve(requestCatalogues, {
    ofContracts: async (keys, call) => {
      const found = await ofContracts(erp, null, () => catalogueOf(erp, call))(keys, call);
      return found.map((catalogue) => {
        if (catalogue) return catalogue;
        throw new PortError("NOT_FOUND", "dolibarr has no such contract, so no reasons either");
      });
    },
  }),
];

/** Newest first. One that names no contract is shown under none. */
async function ticketsOf(erp: Erp, held: Contract, call: Call): Promise<Ticket[]> {
  const query = { socid: held.socid };
  const found = await erp.client.list({ path: "/tickets", query, shape: Ticket }, call);
  return found
    .filter(({ fk_contract, fk_soc }) => fk_contract === held.id && fk_soc === held.socid)
    .toSorted((a, b) => b.datec - a.datec || Number(b.id) - Number(a.id));
}

/** What was written on tickets is only told one by one: asked for those of the page. */
async function pageOf(erp: Erp, tickets: readonly Ticket[], asked: RequestPage, call: Call) {
  const wanted = tickets.filter((ticket) => isInState(ticket, asked));
  const page = pageOfWhole(
    wanted.map(({ id }) => ({ key: id })),
    asked,
  );
  const items = await Promise.all(
    page.items.map(({ key }) => ticketOf(erp, asked.contractKey, key, call)),
  );
  const shown = items.flatMap((ticket): ServiceRequest[] =>
    ticket ? [serviceRequest(ticket, asked.contractKey, erp.settings)] : [],
  );
  return { ...page, items: shown };
}

function isInState(ticket: Ticket, { state }: RequestPage): boolean {
  const isClosed = ["DONE", "CANCELLED"].includes(requestStatus(ticket));
  return state === "ALL" || isClosed === (state === "CLOSED");
}

async function ticketOf(
  { client }: Erp,
  contractKey: string,
  key: string,
  call: Call,
): Promise<Ticket | null> {
  if (!idPattern.test(key)) return null;
  const ticket = await client.read({ path: at`/tickets/${key}`, shape: Ticket }, call);
  if (ticket?.fk_contract !== contractKey) return null;
  if (ticket.id !== key) throw new PortError("BAD_RESPONSE", "dolibarr: another ticket came");
  return ticket;
}

/** The types that the landlord's file names and Dolibarr has: it would take any other one, too. */
export async function catalogueOf(
  { client, settings }: { client: Pick<Erp["client"], "list">; settings: Erp["settings"] },
  call: Call,
): Promise<RequestCatalogue> {
  const path = "/setup/dictionary/ticket_types";
  const known = await client.list({ path, shape: TicketType }, call);
  const reasons = settings.requestTypes
    .filter(({ code }) => known.some((type) => type.code === code))
    .map(({ code, label, category }) => ({ key: code, label, category, placeNeeded: false }));
  if (reasons.length > 0) return { places: [], reasons };
  throw new PortError("BAD_RESPONSE", "dolibarr has none of the types of tickets that it should");
}
