/** From an HTTP request to the values of an operation's parts, or a refusal. */
import type { MockRequest } from "../kit/product.ts";
import { parseXml, XmlError, type XmlElement } from "../kit/xml.ts";
import { ns, operations, soap11, type Part } from "./description.ts";

/** Told as a SOAP Fault. */
export class RefusedCall extends Error {}

/** A call without its first part: the script dies with nothing but a 500. */
export class DeadScript extends Error {}

export interface Call {
  operation: string;
  login: { application: string; utilisateur: string; mot_de_passe: string };
  /** The text of each part after the first, by the name that its place has in the WSDL. */
  values: Record<string, string>;
}

/** Throws RefusedCall for what is no call of a known operation, DeadScript for one without login. */
export function readCall(request: MockRequest): Call {
  const asked = readBody(request);
  const parts = operations.get(asked.name);
  if (!parts || asked.ns !== ns) {
    throw new RefusedCall(`Operation '${asked.name}' is not defined in the WSDL for this service`);
  }
  const action = /^"?(.*?)"?$/.exec(String(request.headers.soapaction ?? ""))?.[1];
  if (action && action !== `${ns}#${asked.name}`) throw new RefusedCall(`SOAPAction: ${action}`);
  const [first, ...rest] = asked.children;
  const [authentication, ...declared] = parts as [Part, ...Part[]];
  const login = loginOf(first, authentication);
  return { operation: asked.name, login, values: byPosition(rest, declared) };
}

/** Nobody looks at the names: the second value is the second parameter's, whatever it is called. */
function byPosition(sent: XmlElement[], declared: Part[]): Record<string, string> {
  if (sent.length > declared.length) throw new RefusedCall("Too many parameters");
  return Object.fromEntries(
    declared.map(({ name }, i) => {
      const element = sent[i];
      if (element && element.children.length > 0) throw new RefusedCall(`${name}: text expected`);
      return [name, element?.text.trim() ?? ""];
    }),
  );
}

function loginOf(element: XmlElement | undefined, { fields }: Part): Call["login"] {
  if (!element || element.children.length === 0) throw new DeadScript();
  const values = new Map(element.children.map(({ name, text }) => [name, text]));
  for (const name of values.keys()) {
    if (!fields!.includes(name)) throw new RefusedCall(`authentification: ${name}`);
  }
  const [application, utilisateur, mot_de_passe] = fields!.map((name) => values.get(name) ?? "");
  return {
    application: application!,
    utilisateur: utilisateur!,
    mot_de_passe: mot_de_passe!,
  };
}

function readBody({ headers, body }: MockRequest): XmlElement {
  if (!/^text\/xml\b/i.test(headers["content-type"] ?? ""))
    throw new RefusedCall("text/xml expected");
  const root = parse(body);
  if (root.name !== "Envelope" || root.ns !== soap11) throw new RefusedCall("SOAP 1.1 expected");
  const found = root.children.find((child) => child.ns === soap11 && child.name === "Body");
  const [asked, ...others] = found?.children ?? [];
  if (!asked || others.length > 0) throw new RefusedCall("One call per message");
  return asked;
}

function parse(bytes: Buffer): XmlElement {
  try {
    return parseXml(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new RefusedCall(error instanceof XmlError ? error.message : "UTF-8 expected");
  }
}

const firstInBody = /<(?:[\w-]+:)?Body\b[^>]*>\s*<(?:[\w-]+:)?(\w+)/;

/** What the call list names it; never throws. */
export function operationOf({ method, body }: MockRequest): string {
  if (method !== "POST") return "wsdl";
  return firstInBody.exec(body.toString("utf8"))?.[1] ?? "inconnue";
}
