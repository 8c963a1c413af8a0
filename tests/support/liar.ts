/** A provider that can be made to lie, in whichever way, and to fail. */
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import { createServer } from "node:http";
import { listen, stop } from "../../mocks/kit/listen.ts";

export interface Liar {
  readonly url: string;
  /** What it says of whoever comes: claims over the honest ones, `forged` with another key. */
  say(lie: {
    claims?: object;
    forged?: boolean;
    userinfo?: unknown;
    status?: number;
    to?: string;
  }): void;
  close(): Promise<void>;
}

type Lie = Parameters<Liar["say"]>[0];

export async function startLiar(clientId: string): Promise<Liar> {
  let lie: Lie = {};
  let url = "";
  const [own, other] = await Promise.all([generateKeyPair("ES256"), generateKeyPair("ES256")]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: "k1", alg: "ES256", use: "sig" };
  const idToken = () => {
    const now = Math.floor(Date.now() / 1000);
    const honest = { iss: url, aud: clientId, sub: "g-1", iat: now, exp: now + 60 };
    return new SignJWT({ ...honest, ...lie.claims })
      .setProtectedHeader({ alg: "ES256", kid: "k1" })
      .sign(lie.forged ? other.privateKey : own.privateKey);
  };
  const answers: Record<string, () => unknown> = {
    "/.well-known/openid-configuration": () => ({
      issuer: url,
      authorization_endpoint: `${url}/auth`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/jwks`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES256"],
    }),
    "/jwks": () => ({ keys: [jwk] }),
    "/token": async () => ({
      access_token: "access-token-of-the-provider",
      token_type: "bearer",
      id_token: await idToken(),
    }),
    "/x-token": () => ({ access_token: "access-token-of-the-provider", token_type: "bearer" }),
    "/2/users/me": () => lie.userinfo,
  };
  const server = createServer(async (request, response) => {
    const answer = answers[request.url!.split("?")[0]!];
    const status = lie.status ?? (answer ? 200 : 404);
    const location = lie.to && { location: lie.to };
    response.writeHead(status, { "content-type": "application/json", ...location });
    response.end(JSON.stringify((await answer?.()) ?? {}));
  });
  url = await listen(server, 0);
  return { url, say: (next) => void (lie = next), close: () => stop(server) };
}
