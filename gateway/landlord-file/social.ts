/**
 * `socialSignIn` of a landlord's file: each provider's settings over what is known of it in advance,
 * with what comes from the environment put in.
 */
import { z } from "zod";
import { SocialSignIn, socialPresets } from "../../subgraphs/kernel/social.ts";
import { isSafeUrl } from "../safe-url.ts";
import { checkSettings } from "./checked-settings.ts";
import type { Path, Problem, SourceDocument } from "./document.ts";
import { resolveSettings, type Environment } from "./settings.ts";

const address = () => z.url().refine(isSafeUrl, "expected a URL that starts with https://");

const client = {
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** How the secret is shown to the token endpoint: in the form, or by HTTP Basic. */
  secretBy: z.enum(["form", "basic"]).default("form"),
  scopes: z.array(z.string().regex(/^[!#-[\]-~]+$/, "expected a scope without spaces")).min(1),
  /** Proof Key for Code Exchange: a stolen authorization code is worth nothing. */
  pkce: z.boolean().default(true),
};

export const OpenIdProvider = z.strictObject({
  protocol: z.literal("openid"),
  ...client,
  /** Endpoints and keys are asked from it. */
  issuer: address(),
  /** Whether its id tokens repeat the nonce that was sent. */
  nonce: z.boolean().default(true),
});
export type OpenIdProvider = z.infer<typeof OpenIdProvider>;

export const OAuth2Provider = z.strictObject({
  protocol: z.literal("oauth2"),
  ...client,
  authorizationEndpoint: address(),
  tokenEndpoint: address(),
  userinfoEndpoint: address(),
  /** Where its answer holds what it calls the person: `id`, `data.id`. */
  subjectField: z.string().regex(/^\w+(\.\w+)*$/, "expected names with dots between, like data.id"),
});
export type OAuth2Provider = z.infer<typeof OAuth2Provider>;

export type SocialProvider = OpenIdProvider | OAuth2Provider;

/** Secrets resolved. Never log it. */
export interface SocialSettings {
  readonly returnUrl: string;
  readonly providers: ReadonlyMap<string, SocialProvider>;
}

interface ReadSocial {
  readonly social: SocialSettings | null;
  readonly problems: readonly Problem[];
}

export function readSocial(document: SourceDocument, environment: Environment): ReadSocial {
  const part = SocialSignIn.safeParse(document.valueAt(["socialSignIn"])).data;
  if (!part) return { social: null, problems: [] };
  const read = part.providers.map((provider, index) =>
    readProvider(document, ["socialSignIn", "providers", index], provider, environment),
  );
  const returned = readReturnUrl(part.returnUrl, environment);
  const providers = read.map(({ settings }, index) => [part.providers[index]!.id, settings]);
  return {
    social: {
      returnUrl: returned.url,
      providers: new Map(providers as [string, SocialProvider][]),
    },
    problems: [...returned.problems, ...read.flatMap(({ problems }) => problems)],
  };
}

type Written = z.infer<typeof SocialSignIn>["providers"][number];

function readProvider(
  document: SourceDocument,
  place: Path,
  { id, label, ...written }: Written,
  environment: Environment,
) {
  const preset = socialPresets.get(id);
  const nameless = label === undefined && !preset;
  const unnamed = [{ path: [...place, "label"], expected: "text for the button, found nothing" }];
  const protocol = written["protocol"] ?? preset?.settings["protocol"];
  const known = preset?.settings["protocol"] === protocol ? (preset?.settings ?? {}) : {};
  const schema = protocol === "oauth2" ? OAuth2Provider : OpenIdProvider;
  if (protocol !== "openid" && protocol !== "oauth2") {
    const found = protocol === undefined ? "nothing" : JSON.stringify(protocol);
    const wrong = { path: [...place, "protocol"], expected: `openid or oauth2, found ${found}` };
    return { settings: undefined, problems: nameless ? [...unnamed, wrong] : [wrong] };
  }
  const { value, problems } = resolveSettings(written, ["clientSecret"], environment);
  // A variable that is set to nothing leaves the preset as it is.
  const given = Object.entries(value).filter(([key, text]) => text !== "" || !(key in known));
  const whole = { value: { ...known, ...Object.fromEntries(given) }, problems };
  const checked = checkSettings(document, place, { schema, secrets: ["clientSecret"] }, whole);
  return nameless ? { ...checked, problems: [...unnamed, ...checked.problems] } : checked;
}

function readReturnUrl(written: string, environment: Environment) {
  const { value, problems } = resolveSettings({ returnUrl: written }, [], environment);
  const url = String(value["returnUrl"]);
  const place = ["socialSignIn", "returnUrl"];
  if (problems.length > 0) {
    return { url, problems: problems.map(({ expected }) => ({ path: place, expected })) };
  }
  const fine = z.url().safeParse(url).success && isSafeUrl(url);
  const expected = `a URL that starts with https://, found "${url}"`;
  return { url, problems: fine ? [] : [{ path: place, expected }] };
}
