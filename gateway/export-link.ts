/**
 * `/links/data-export`: the copy of somebody's data, for whoever has the link that their landlord sent
 * them by mail. GET shows a button, since mail scanners follow links; POST gives the file, once.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { openExport } from "../subgraphs/identity/privacy/export.ts";
import { incomingOf } from "../subgraphs/kernel/graphql-http.ts";
import { deniedUntil } from "../subgraphs/kernel/limits.ts";
import { createMailLinkContext, languageOf, type House } from "../subgraphs/kernel/request.ts";
import { show, textOf } from "./links.ts";
import { sendFile } from "./send-file.ts";

interface Route {
  Querystring: { landlord?: unknown; token?: unknown };
  Body: { landlord?: unknown; token?: unknown } | undefined;
}

const path = "/links/data-export";

const refusals = {
  gone: {
    fr: "Ce lien a déjà servi, ou n'est plus valable : demandez-en un autre à votre bailleur.",
    en: "This link has been used, or is not good any more: ask your landlord for another one.",
  },
  tooMany: {
    fr: "Trop d'essais : réessayez dans une heure.",
    en: "Too many attempts: try again in an hour.",
  },
} as const;

export function mountExportLink(app: FastifyInstance, house: House): void {
  const servedOf = (id: unknown) => house.landlords.find(({ landlord }) => landlord.id === id);
  app.get<Route>(path, async (request, reply) => {
    const token = textOf(request.query.token);
    const served = servedOf(request.query.landlord);
    if (!served) return reply.callNotFound();
    return show(reply, served.landlord, languageIn(request), "data-export", { token });
  });
  app.post<Route>(path, async (request, reply) => {
    const served = servedOf(request.body?.landlord);
    if (!served) return reply.callNotFound();
    return send(house, served, request, reply);
  });
}

const languageIn = ({ headers }: FastifyRequest<Route>) => languageOf(headers["accept-language"]);

/** The link is used up when the copy is there: an ERP that breaks off costs nobody their link. */
async function send(
  house: House,
  served: House["landlords"][number],
  request: FastifyRequest<Route>,
  reply: FastifyReply,
) {
  const { landlord } = served;
  const { links } = house.store;
  const token = textOf(request.body?.token);
  const refuse = (why: keyof typeof refusals) => {
    const language = languageIn(request);
    const messages = [refusals[why][language]];
    return show(reply, landlord, language, "data-export", { messages });
  };
  const found = await links.peek(landlord.id, "DATA_EXPORT", token);
  if (found.outcome !== "OK") return refuse("gone");
  const { accountId } = found.payload as { accountId: string };
  const incoming = { ...incomingOf(request, reply), authorization: undefined };
  const context = await createMailLinkContext(house, served, incoming, accountId);
  if (!context) return refuse("gone");
  if (await deniedUntil(context, [["dataExport", accountId]])) return refuse("tooMany");
  const copy = await openExport(context, accountId);
  const used = await links.use(landlord.id, "DATA_EXPORT", token);
  return used.outcome === "OK" ? sendFile(reply, copy) : refuse("gone");
}
