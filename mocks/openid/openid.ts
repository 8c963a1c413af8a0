/**
 * A real OpenID provider that stands for Google, LinkedIn, Facebook and X. Whoever comes chooses, on
 * its page, as whom to sign in, or goes back.
 */
import { exportJWK, generateKeyPair } from "jose";
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Provider, type Context } from "oidc-provider";
import { createMemoryAdapter } from "oidc-provider/lib/adapters/memory_adapter.js";
import { html, page } from "../kit/html.ts";
import { listen, stop } from "../kit/listen.ts";
import { clientsOf, environmentOf, type RegisteredPortal } from "./clients.ts";
import { faceOf, faces } from "./faces.ts";
import { providerUsers } from "./people.ts";

export interface OpenId {
  readonly url: string;
  /** What the landlords' files ask of the environment. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface OpenIdOptions {
  readonly port: number;
  readonly portals: readonly RegisteredPortal[];
  /** Where the gateway is reached: people are sent back there and nowhere else. */
  readonly gatewayUrl: string;
}

export async function startOpenId({ port, portals, gatewayUrl }: OpenIdOptions): Promise<OpenId> {
  let answer: Handler = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => void answer(request, response));
  const url = await listen(server, port);
  const provider = new Provider(url, await configuration(clientsOf(portals, gatewayUrl)));
  const others = provider.callback();
  answer = (request, response) => {
    const { pathname } = new URL(request.url!, url);
    const face = Object.values(faces).find(({ userinfo }) => userinfo?.path === pathname);
    if (face) return answerUserinfo(provider, request, response);
    if (!pathname.startsWith("/interaction/")) return others(request, response);
    const handled = request.method === "POST" ? choose : showPeople;
    return handled(provider, request, response).catch(() => void response.writeHead(400).end());
  };
  return { url, environment: environmentOf(portals, url), close: () => stop(server) };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

async function configuration(clients: object[]): Promise<object> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), alg: "ES256", use: "sig" };
  return {
    clients,
    adapter: createMemoryAdapter(0),
    jwks: { keys: [jwk] },
    enabledJWA: { idTokenSigningAlgValues: ["ES256"] },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    scopes: ["openid", "public_profile", "users.read", "tweet.read"],
    pkce: {
      required: (_context: unknown, { clientId }: { clientId: string }) =>
        faceOf(clientId).pkce === "asked for",
    },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id }),
    }),
    // Nobody is asked a second time what a portal may know.
    loadExistingGrant: grantAll,
    renderError: (context: { type: string; body: string }, { error }: { error: string }) => {
      context.type = "html";
      context.body = page("Refused", html`<p>${error}</p>`);
    },
  };
}

async function grantAll({ oidc: { session, client, provider } }: Context) {
  const grant = new provider.Grant({
    accountId: session.accountId,
    clientId: client.clientId,
  });
  grant.addOIDCScope("openid public_profile users.read tweet.read");
  await grant.save();
  return grant;
}

async function showPeople(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  const { uid, params } = await provider.interactionDetails(request, response);
  const buttons = providerUsers.map(
    ({ login, name }) => html`<p><button name="login" value="${login}">${name}</button></p>`,
  );
  const form = html`<p>${params.client_id} asks who you are.</p>
    <form method="post" action="/interaction/${uid}">
      ${buttons}
      <p><button name="login" value="">Cancel</button></p>
    </form>`;
  response.setHeader("content-type", "text/html; charset=utf-8").end(page("Sign in as", form));
}

async function choose(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  const login = new URLSearchParams(await text(request)).get("login");
  const user = providerUsers.find((one) => one.login === login);
  const result = user
    ? { login: { accountId: user.subject } }
    : { error: "access_denied", error_description: "The person went back." };
  await provider.interactionFinished(request, response, result, {
    mergeWithLastSubmission: false,
  });
}

/** Facebook's and X's own way to say who somebody is. */
async function answerUserinfo(
  provider: Provider,
  { headers, url }: IncomingMessage,
  response: ServerResponse,
) {
  const given = /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1];
  const token = given === undefined ? undefined : await provider.AccessToken.find(given);
  const user = providerUsers.find(({ subject }) => subject === token?.accountId);
  const { userinfo } = token ? faceOf(token.clientId) : {};
  const right = userinfo !== undefined && url?.split("?")[0] === userinfo.path;
  response.setHeader("content-type", "application/json");
  if (user && right) response.end(JSON.stringify(userinfo.answer(user)));
  else response.writeHead(401).end(JSON.stringify({ error: "invalid_token" }));
}
