/** Calls Habilog by hand, for tests: an envelope around a message that the test writes. */
import { escapeXml, parseXml, type XmlElement } from "../kit/xml.ts";
import { soap11 } from "./envelope.ts";
import { samples, type Texts } from "./samples.ts";
import { fieldsOf, namespace } from "./schema.ts";
import { servicePath } from "./start.ts";

export interface Credentials {
  user?: string;
  password?: string;
  base?: string;
}

/**
 * A message of the operation, its credentials first. A write has the values of its sample, but for
 * those that `texts` gives.
 */
export function messageOf(
  operation: string,
  key: string,
  given: Credentials = {},
  texts: Texts = {},
): string {
  const { user = "portail", password = "habilog-demo", base = "IVRY" } = given;
  const first = [user, password, base, key];
  const rest: Texts = { NumeroTiers: "40000001", ...samples[operation], ...texts };
  const inner = fieldsOf(operation).map(
    ({ name }, i) => `<${name}>${escapeXml(first[i] ?? rest[name]!)}</${name}>`,
  );
  return `<${operation} xmlns="${namespace}">${inner.join("")}</${operation}>`;
}

export const enveloped = (message: string): string =>
  `<s:Envelope xmlns:s="${soap11}"><s:Body>${message}</s:Body></s:Envelope>`;

/** Posts an envelope as it is. */
export function post(erpUrl: string, envelope: string, operation: string): Promise<Response> {
  return fetch(erpUrl + servicePath, {
    method: "POST",
    headers: {
      "content-type": "text/xml; charset=utf-8",
      soapaction: `"${namespace}/${operation}"`,
    },
    body: envelope,
  });
}

/** The body's first child, read in the character set that the prolog names, and the HTTP status. */
export async function callHabilog(
  erpUrl: string,
  operation: string,
  key: string,
  given?: Credentials,
  texts?: Texts,
) {
  const message = messageOf(operation, key, given, texts);
  const response = await post(erpUrl, enveloped(message), operation);
  const bytes = Buffer.from(await response.arrayBuffer());
  const [, charset] = /^<\?xml[^>]*encoding="([^"]+)"/.exec(bytes.toString("latin1")) ?? [];
  const text = new TextDecoder(charset).decode(bytes);
  const type = response.headers.get("content-type");
  return { status: response.status, type, bytes, text, answer: bodyOf(text) };
}

function bodyOf(text: string): XmlElement {
  return parseXml(text).children.find((child) => child.name === "Body")!.children[0]!;
}

/** The texts of all elements of that name, wherever they stand, as sent. */
export function textsOf(element: XmlElement, name: string): string[] {
  const own = element.name === name ? [element.text] : [];
  return [...own, ...element.children.flatMap((child) => textsOf(child, name))];
}
