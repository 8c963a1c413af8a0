/** A portal's part in a social sign-in, and a person's at the provider. */
import { createHash, randomBytes } from "node:crypto";
import { openBrowser, type Stay } from "./browser.ts";
import { operation, type Answer, type Client } from "./client.ts";

export interface Secrets {
  readonly verifier: string;
  readonly challenge: string;
}

export function newSecrets(): Secrets {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** Where portals of the demo are come back to. */
const leaveAt = (gateway: string) => `${gateway}/demo/return`;

export interface Gate {
  readonly url: string;
}

/** Opens the address of a begun trip, and chooses as whom to sign in there; null to go back. */
export async function travel(gate: Gate, url: string, login: string | null): Promise<Stay> {
  const browser = openBrowser();
  const page = await browser.open(url, leaveAt(gate.url));
  if (page.status !== 200) return page;
  return browser.press(page, { login: login ?? "" }, leaveAt(gate.url));
}

/** What the portal finds in its address when the person is back. Throws where they are not. */
export function codeOf({ url, status }: Stay): string {
  const code = url.searchParams.get("code");
  if (status !== 0 || code === null) throw new Error(`Not back: ${status} at ${url.pathname}.`);
  return code;
}

export async function beginSignIn(front: Client, provider: string, { challenge }: Secrets) {
  const { data, errors } = await front(operation("F08-begin-social-sign-in"), {
    provider,
    challenge,
  });
  if (!data?.beginSocialSignIn?.url) throw new Error(JSON.stringify(errors ?? data));
  return data.beginSocialSignIn.url as string;
}

/** Signs in by a provider, from the button to the answer with the session. */
export async function signInBy(
  gate: Gate,
  front: Client,
  provider: string,
  login: string | null,
): Promise<Answer["data"]> {
  const secrets = newSecrets();
  const back = await travel(gate, await beginSignIn(front, provider, secrets), login);
  const { verifier } = secrets;
  const keys = { code: codeOf(back), verifier };
  const { data } = await front(operation("F08-complete-social-sign-in"), keys);
  return data.completeSocialSignIn;
}

/** Links the account of whoever is signed in, from the button to the answer. */
export async function linkTo(
  gate: Gate,
  front: Client,
  order: { provider: string; login: string | null; currentPassword: string },
): Promise<Answer["data"]> {
  const { provider, login, currentPassword } = order;
  const { verifier, challenge } = newSecrets();
  const begun = await front(operation("F08-begin-social-link"), {
    provider,
    challenge,
    currentPassword,
  });
  if (!begun.data?.beginSocialLink?.url) return begun.data?.beginSocialLink;
  const back = await travel(gate, begun.data.beginSocialLink.url, login);
  const keys = { code: codeOf(back), verifier };
  return (await front(operation("F08-link-social-account"), keys)).data.linkSocialAccount;
}
