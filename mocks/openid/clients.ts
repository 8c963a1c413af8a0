/** The portals that are registered with the providers, each with its own secret, as in their consoles. */
import type { ProviderName } from "./faces.ts";
import { faces } from "./faces.ts";

export interface RegisteredPortal {
  /** The landlord. */
  readonly landlord: string;
  readonly providers: readonly ProviderName[];
}

export const clientIdOf = (landlord: string, provider: ProviderName) => `${landlord}-${provider}`;
const secretOf = (landlord: string, provider: ProviderName) => `${landlord}-${provider}-demo`;

/** As oidc-provider wants its clients. */
export function clientsOf(portals: readonly RegisteredPortal[], gatewayUrl: string): object[] {
  return portals.flatMap(({ landlord, providers }) =>
    providers.map((provider) => ({
      client_id: clientIdOf(landlord, provider),
      client_secret: secretOf(landlord, provider),
      redirect_uris: [`${gatewayUrl}/social/${landlord}/${provider}/callback`],
      response_types: ["code"],
      grant_types: ["authorization_code"],
      token_endpoint_auth_method: faces[provider].authentication,
      id_token_signed_response_alg: "ES256",
    })),
  );
}

/** What the landlords' files ask of the environment, so that the mock stands for the providers. */
export function environmentOf(
  portals: readonly RegisteredPortal[],
  url: string,
): Record<string, string> {
  const variables = portals.flatMap(({ landlord, providers }) =>
    providers.flatMap((provider) => {
      const prefix = `${landlord}_${provider}`.toUpperCase().replaceAll("-", "_");
      const addresses = Object.entries(faces[provider].addresses(url));
      return [
        [`${prefix}_SECRET`, secretOf(landlord, provider)],
        ...addresses.map(([name, address]) => [`${prefix}_${name}`, address]),
      ];
    }),
  );
  return Object.fromEntries(variables) as Record<string, string>;
}
