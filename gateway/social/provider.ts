/** One provider, as openid-client knows it: where to send a person, and who came back. */
import * as client from "openid-client";
import type { Trip, TripFailure } from "../../subgraphs/identity/social/trip.ts";
import type { OAuth2Provider, OpenIdProvider, SocialProvider } from "../landlord-file/social.ts";
import { boundedFetch, ProviderDown } from "./fetch.ts";

/** `state` names the trip; `redirectUri` is where the provider sends the person back. */
interface Passage {
  readonly trip: Trip;
  readonly state: string;
  readonly redirectUri: string;
}

export interface ProviderClient {
  /** The address of the provider's page. */
  departure(passage: Passage): Promise<URL>;
  /** What the provider calls the person, out of the query with which they came back. */
  arrival(passage: Passage, query: URLSearchParams): Promise<string>;
}

const configurationLastsMs = 60 * 60_000;

export function createProviderClient(settings: SocialProvider, now: () => Date): ProviderClient {
  const configuration = rememberFor(configurationLastsMs, now, () => configure(settings));
  return {
    async departure({ trip, state, redirectUri }) {
      return client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: settings.scopes.join(" "),
        state,
        ...(settings.pkce && {
          code_challenge: await client.calculatePKCECodeChallenge(trip.codeVerifier),
          code_challenge_method: "S256",
        }),
        ...(usesNonce(settings) && { nonce: trip.nonce }),
      });
    },
    async arrival({ trip, state, redirectUri }, query) {
      const config = await configuration();
      const isOpenId = settings.protocol === "openid";
      const granted = await client.authorizationCodeGrant(
        config,
        new URL(`${redirectUri}?${query}`),
        {
          expectedState: state,
          idTokenExpected: isOpenId,
          ...(settings.pkce && { pkceCodeVerifier: trip.codeVerifier }),
          ...(usesNonce(settings) && { expectedNonce: trip.nonce }),
        },
      );
      return isOpenId
        ? subjectOf(granted.claims()?.sub)
        : askSubject(config, settings, granted.access_token);
    },
  };
}

const usesNonce = (settings: SocialProvider) => settings.protocol === "openid" && settings.nonce;

function configure(settings: SocialProvider): Promise<client.Configuration> {
  return settings.protocol === "openid" ? discover(settings) : Promise.resolve(describe(settings));
}

const authentication = ({ secretBy, clientSecret }: SocialProvider) =>
  secretBy === "basic"
    ? client.ClientSecretBasic(clientSecret)
    : client.ClientSecretPost(clientSecret);

/** In clear only where the landlord's file has an address of this machine, the only kind it may have. */
const isClear = (address: string) => new URL(address).protocol === "http:";

function discover(settings: OpenIdProvider): Promise<client.Configuration> {
  const { issuer, clientId } = settings;
  return client.discovery(new URL(issuer), clientId, undefined, authentication(settings), {
    [client.customFetch]: boundedFetch,
    execute: [
      // Else an id token that comes straight from the provider is believed without its signature.
      client.enableNonRepudiationChecks,
      ...(isClear(issuer) ? [client.allowInsecureRequests] : []),
    ],
  });
}

function describe(settings: OAuth2Provider): client.Configuration {
  const { authorizationEndpoint, tokenEndpoint, clientId } = settings;
  const server = {
    issuer: new URL(authorizationEndpoint).origin,
    authorization_endpoint: authorizationEndpoint,
    token_endpoint: tokenEndpoint,
  };
  const config = new client.Configuration(server, clientId, undefined, authentication(settings));
  config[client.customFetch] = boundedFetch;
  if (isClear(tokenEndpoint)) client.allowInsecureRequests(config);
  return config;
}

/** The access token serves for this one question, and is kept nowhere. */
async function askSubject(
  config: client.Configuration,
  { userinfoEndpoint, subjectField }: OAuth2Provider,
  accessToken: string,
): Promise<string> {
  const answer = await client.fetchProtectedResource(
    config,
    accessToken,
    new URL(userinfoEndpoint),
    "GET",
    undefined,
    new Headers({ accept: "application/json" }),
  );
  if (!answer.ok) throw new Error(`The user information was refused with ${answer.status}.`);
  let found: unknown = await answer.json();
  for (const name of subjectField.split(".")) {
    const inside = typeof found === "object" && found !== null && Object.hasOwn(found, name);
    found = inside ? (found as Record<string, unknown>)[name] : undefined;
  }
  return subjectOf(found);
}

/** OpenID Connect allows 255 characters. */
function subjectOf(value: unknown): string {
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text === "string" && text.length > 0 && text.length <= 255) return text;
  throw new Error("The provider did not say who the person is.");
}

const cancellations = new Set([
  "access_denied",
  "user_cancelled_login",
  "user_cancelled_authorize",
]);

/** Why a trip ended badly, as the person may be told. */
export function failureOf(error: unknown): TripFailure {
  if (error instanceof client.AuthorizationResponseError && cancellations.has(error.error)) {
    return "CANCELLED";
  }
  return isDown(error) ? "UNAVAILABLE" : "REFUSED";
}

/** openid-client may wrap what its fetch threw. */
const isDown = (error: unknown): boolean =>
  error instanceof ProviderDown || (error instanceof Error && isDown(error.cause));

/** What `make` gave, for so long; a failure is not remembered. */
function rememberFor<T>(ms: number, now: () => Date, make: () => Promise<T>): () => Promise<T> {
  let kept: { value: Promise<T>; until: number } | null = null;
  return () => {
    if (kept && now().getTime() < kept.until) return kept.value;
    const value = make();
    const mine = (kept = { value, until: now().getTime() + ms });
    value.catch(() => {
      if (kept === mine) kept = null;
    });
    return value;
  };
}
