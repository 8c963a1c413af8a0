/**
 * How each provider looks from outside. Behind all of them is one server; what differs is whether
 * there is OpenID Connect at all, how a client shows its secret, and how the answer to "who is this?"
 * is written.
 */
import type { ProviderUser } from "./people.ts";

export type ProviderName = "google" | "facebook" | "linkedin" | "x";

interface Face {
  readonly authentication: "client_secret_post" | "client_secret_basic";
  /** Whether a client must use PKCE; LinkedIn refuses it unless it was turned on. */
  readonly pkce: "asked for" | "refused" | "as one likes";
  /** By the end of the variable's name in a landlord's file. */
  addresses(url: string): Record<string, string>;
  /** Where the user information is asked, and how it is answered; for those without id tokens. */
  readonly userinfo?: { readonly path: string; answer(user: ProviderUser): object };
}

const endpoints = (path: string) => (url: string) => ({
  AUTHORIZATION: `${url}/auth`,
  TOKEN: `${url}/token`,
  USERINFO: `${url}${path}`,
});

export const faces: Readonly<Record<ProviderName, Face>> = {
  google: {
    authentication: "client_secret_post",
    pkce: "as one likes",
    addresses: (url) => ({ ISSUER: url }),
  },
  linkedin: {
    authentication: "client_secret_post",
    pkce: "refused",
    addresses: (url) => ({ ISSUER: url }),
  },
  facebook: {
    authentication: "client_secret_post",
    pkce: "as one likes",
    addresses: endpoints("/me?fields=id"),
    userinfo: { path: "/me", answer: ({ subject }) => ({ id: subject.slice(0, 17) }) },
  },
  x: {
    authentication: "client_secret_basic",
    pkce: "asked for",
    addresses: endpoints("/2/users/me"),
    userinfo: {
      path: "/2/users/me",
      answer: ({ subject, name, login }) => ({
        data: { id: subject.slice(-19), name, username: login },
      }),
    },
  },
};

/** The provider whose client this is: clients are named `<landlord>-<provider>`. */
export const faceOf = (clientId: string): Face =>
  faces[clientId.slice(clientId.lastIndexOf("-") + 1) as ProviderName];
