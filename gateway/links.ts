/**
 * Pages behind the links of mails, for landlords whose portal has none of its own. A link is only
 * looked at by GET, since mail scanners follow links; it is used by the form's POST. No script.
 */
import type { ApolloServer } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RequestContext } from "../subgraphs/kernel/context.ts";
import { incomingOf } from "../subgraphs/kernel/graphql-http.ts";
import type { Landlord, Language } from "../subgraphs/kernel/landlord.ts";
import { createContext, languageOf, type House } from "../subgraphs/kernel/request.ts";
import { linkTexts, page, type LinkKind } from "./link-page.ts";

/** What was sent, whatever it is: a name that comes twice is a list. */
interface LinkRoute {
  Params: { kind: string };
  Querystring: { landlord?: unknown; token?: unknown };
  Body: { landlord?: unknown; token?: unknown; newPassword?: unknown } | undefined;
}

export const textOf = (sent: unknown) => (typeof sent === "string" ? sent : "");

/** Those whose form asks a mutation. */
type MutationKind = Exclude<LinkKind, "data-export">;

const mutations: Record<MutationKind, { field: string; query: string }> = {
  confirm: {
    field: "confirmRegistration",
    query:
      "mutation($input: ConfirmRegistrationInput!) { confirmRegistration(input: $input) { userErrors { message } } }",
  },
  "first-connection": {
    field: "confirmFirstConnection",
    query:
      "mutation($input: ConfirmFirstConnectionInput!) { confirmFirstConnection(input: $input) { passwordToken userErrors { message } } }",
  },
  "first-password": {
    field: "chooseFirstPassword",
    query:
      "mutation($input: ChooseFirstPasswordInput!) { chooseFirstPassword(input: $input) { userErrors { message } } }",
  },
  email: {
    field: "confirmEmailChange",
    query:
      "mutation($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) { userErrors { message } } }",
  },
  reset: {
    field: "resetPassword",
    query:
      "mutation($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { message } } }",
  },
};

const isKind = (text: string): text is MutationKind => Object.hasOwn(mutations, text);

export function mountLinks(
  app: FastifyInstance,
  house: House,
  server: ApolloServer<RequestContext>,
): void {
  const landlordOf = (id: unknown) =>
    house.landlords.find(({ landlord }) => landlord.id === id)?.landlord;
  app.get<LinkRoute>("/links/:kind", async (request, reply) => {
    const token = textOf(request.query.token);
    const landlord = landlordOf(request.query.landlord);
    if (!landlord || !isKind(request.params.kind)) return reply.callNotFound();
    return show(
      reply,
      landlord,
      languageOf(request.headers["accept-language"]),
      request.params.kind,
      { token },
    );
  });
  app.post<LinkRoute>("/links/:kind", async (request, reply) => {
    const landlord = landlordOf(request.body?.landlord);
    const { kind } = request.params;
    if (!landlord || !isKind(kind)) return reply.callNotFound();
    const { next = kind, ...outcome } = await use(house, server, request, reply, kind);
    return show(reply, landlord, languageOf(request.headers["accept-language"]), next, outcome);
  });
}

interface Outcome {
  /** Still to be used: the form is shown. */
  token?: string;
  /** What went wrong, ready to show; empty when it went well. */
  messages?: string[];
  /** The page that is shown, where it is another. */
  next?: MutationKind;
}

interface Payload {
  readonly userErrors: readonly { readonly message: string }[];
  readonly passwordToken?: string | null;
}

async function use(
  house: House,
  server: ApolloServer<RequestContext>,
  request: FastifyRequest<LinkRoute>,
  reply: FastifyReply,
  kind: MutationKind,
): Promise<Outcome> {
  const [landlord, token, newPassword] = [
    request.body?.landlord,
    request.body?.token,
    request.body?.newPassword,
  ].map(textOf) as [string, string, string];
  const incoming = {
    ...incomingOf(request, reply),
    landlordHeader: landlord,
    authorization: undefined,
  };
  const contextValue = await createContext(house, { ...incoming, host: undefined });
  const asksPassword = kind === "reset" || kind === "first-password";
  const input = asksPassword ? { token, newPassword } : { token };
  const { field, query } = mutations[kind];
  const { body } = await server.executeOperation({ query, variables: { input } }, { contextValue });
  const result = body.kind === "single" ? body.singleResult : {};
  const payload = result.data?.[field] as Payload | null | undefined;
  const messages = (payload?.userErrors ?? result.errors ?? []).map(({ message }) => message);
  if (payload?.passwordToken) return { token: payload.passwordToken, next: "first-password" };
  return asksPassword && messages.length ? { token, messages } : { messages };
}

export function show(
  reply: FastifyReply,
  landlord: Landlord,
  language: Language,
  kind: LinkKind,
  outcome: Outcome,
) {
  const html = page({ landlord, language, texts: linkTexts[kind][language], kind, ...outcome });
  return reply
    .status(outcome.messages?.length ? 422 : 200)
    .headers({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    })
    .send(html);
}
