/** Security schemes as settings of a landlord, and what of them goes into each request. */
import { resolved, type Description, type SecurityScheme } from "./description.ts";
import type { GeneratedSetting } from "../scaffold/generated.ts";
import { camelCase, createNames, plain, property } from "./names.ts";
import type { Planned } from "./operations.ts";

export interface Security {
  readonly settings: readonly GeneratedSetting[];
  /** Entries of an object in TypeScript, which speak of `settings`. */
  readonly headers: readonly string[];
  readonly query: readonly string[];
}

/** `left` is added to. */
export function securityOf(
  description: Description,
  operations: readonly Planned[],
  left: string[],
): Security {
  const name = createNames(["baseUrl"]);
  const made: Required<Made>[] = [];
  let hasAuthorization = false;
  for (const key of schemesOf(description, operations, left)) {
    const node = description.components?.securitySchemes?.[key];
    const scheme = node && resolved<SecurityScheme>(description, node);
    const part = scheme ? partOf(key, scheme, name) : "there is no scheme of that name";
    if (typeof part === "string") {
      left.push(`security ${key}: ${part}`);
      continue;
    }
    const isAuthorization = part.headers?.some((header) => /^"?authorization"?:/i.test(header));
    if (isAuthorization && hasAuthorization) {
      left.push(`security ${key}: another scheme has the header Authorization already`);
      continue;
    }
    hasAuthorization ||= isAuthorization === true;
    made.push({ headers: [], query: [], ...part });
  }
  return {
    settings: made.flatMap(({ settings }) => settings),
    headers: made.flatMap(({ headers }) => headers),
    query: made.flatMap(({ query }) => query),
  };
}

/** Of each operation the first way in; the others are said to be left. */
function schemesOf(
  description: Description,
  operations: readonly Planned[],
  left: string[],
): Set<string> {
  const schemes = new Set<string>();
  const passedOver = new Set<string>();
  for (const { security } of operations) {
    const ways = security.map((way) => Object.keys(way)).filter((way) => way.length > 0);
    const rank = (way: readonly string[]) => (way.every((key) => isMade(description, key)) ? 0 : 1);
    const [first = [], ...others] = ways.toSorted((a, b) => rank(a) - rank(b));
    for (const key of first) schemes.add(key);
    for (const key of others.flat()) passedOver.add(key);
  }
  for (const key of passedOver) {
    if (!schemes.has(key)) left.push(`security ${key}: another way in is described too and taken`);
  }
  return schemes;
}

function isMade(description: Description, key: string): boolean {
  const node = description.components?.securitySchemes?.[key];
  const scheme = node && resolved<SecurityScheme>(description, node);
  return scheme !== undefined && typeof partOf(key, scheme, (name) => name) === "object";
}

interface Made {
  readonly settings: readonly GeneratedSetting[];
  readonly headers?: readonly string[];
  readonly query?: readonly string[];
}

/** What a scheme adds, or why it adds nothing. */
function partOf(
  key: string,
  scheme: SecurityScheme,
  name: (wanted: string) => string,
): Made | string {
  const about = plain(scheme.description ?? "");
  if (scheme.type === "apiKey")
    return apiKey(scheme, setting(name(camelCase(key)), about || `The ERP's ${key}`));
  if (scheme.type === "http" && scheme.scheme?.toLowerCase() === "basic") {
    const user = {
      ...setting(name("user"), "Whom the ERP knows us as"),
      secret: false,
      example: "trousseau",
    };
    const password = setting(name("password"), about || "Password of the user");
    const pair = `\${settings.${user.name}}:\${settings.${password.name}}`;
    const encoded = `Buffer.from(\`${pair}\`).toString("base64")`;
    return { settings: [user, password], headers: [`authorization: \`Basic \${${encoded}}\``] };
  }
  if (scheme.type === "http" && scheme.scheme?.toLowerCase() === "bearer") {
    const token = setting(name("token"), about || "The token that the ERP gave to us");
    return { settings: [token], headers: [`authorization: \`Bearer \${settings.${token.name}}\``] };
  }
  return unmade(scheme);
}

function apiKey({ in: place, name = "" }: SecurityScheme, key: GeneratedSetting): Made | string {
  const settings = [key];
  const entry = `${property(name)}: settings.${key.name}`;
  if (place === "query") return { settings, query: [entry] };
  if (place === "header") return { settings, headers: [entry] };
  const cookie = JSON.stringify(`${name}=`);
  return { settings, headers: [`cookie: ${cookie} + encodeURIComponent(settings.${key.name})`] };
}

const setting = (name: string, about: string): GeneratedSetting => ({
  name,
  schema: "z.string().min(1)",
  about,
  secret: true,
  example: "",
});

function unmade({ type, scheme, flows = {} }: SecurityScheme): string {
  const credentials = flows.clientCredentials;
  if (credentials) {
    return `OAuth 2 with client credentials is left to write: settings \`clientId\` and \`clientSecret\`, a session that fetches the token at ${credentials.tokenUrl ?? "its tokenUrl"} and renews it when it has lapsed (adapters/erp/syndeo/session.ts does so for a ticket), and the header \`authorization: Bearer …\` on each request`;
  }
  if (type === "oauth2") {
    return `OAuth 2 by ${Object.keys(flows).join(", ") || "no flow"} needs a person at a browser; ask the maker of the ERP for client credentials`;
  }
  return `${type}${scheme ? ` ${scheme}` : ""} is left to write`;
}
