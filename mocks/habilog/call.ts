/** From an HTTP request to a call that Habilog may answer, or a refusal. */
import type { MockRequest } from "../kit/product.ts";
import { parseXml, XmlError, type XmlElement } from "../kit/xml.ts";
import { soap11, type Fault } from "./envelope.ts";
import { faultIn, namespace } from "./schema.ts";

export type Fields = Readonly<Record<string, string>>;

export interface Call {
  operation: string;
  user: string;
  password: string;
  base: string;
  /** The first argument, which each operation has, without the spaces around it. */
  key: string;
  /** Every element of the message by its name, without the spaces around it. */
  fields: Fields;
}

export class RefusedCall extends Error {
  readonly fault: Fault;

  constructor(reason: string) {
    super(reason);
    this.fault = { side: "Client", code: "SCHEMA", reason };
  }
}

/** Throws RefusedCall for whatever does not fit the WSDL. Who calls is not looked at. */
export function readCall(request: MockRequest): Call {
  const type = request.headers["content-type"] ?? "";
  if (!/^text\/xml\b/i.test(type)) throw new RefusedCall(`Type de contenu inattendu : ${type}`);
  const message = messageOf(parse(request.body));
  const wrong = faultIn(message);
  if (wrong !== null) throw new RefusedCall(`Message non conforme au schéma : ${wrong}`);
  const action = String(request.headers["soapaction"] ?? "").replaceAll('"', "");
  if (action !== `${namespace}/${message.name}`) {
    throw new RefusedCall(`SOAPAction inattendue : ${action}`);
  }
  const [user, password, base, key] = message.children.map(({ text }) => text);
  return {
    operation: message.name,
    user: user!,
    password: password!,
    base: base!,
    key: key!.trim(),
    fields: Object.fromEntries(message.children.map(({ name, text }) => [name, text.trim()])),
  };
}

function messageOf(root: XmlElement): XmlElement {
  if (root.name !== "Envelope" || root.ns !== soap11) {
    throw new RefusedCall("Enveloppe SOAP 1.1 attendue");
  }
  const body = root.children.find((child) => child.name === "Body" && child.ns === soap11);
  const [message, ...others] = body?.children ?? [];
  if (!message || others.length > 0) throw new RefusedCall("Body doit contenir un seul élément");
  return message;
}

function parse(bytes: Buffer): XmlElement {
  try {
    return parseXml(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const known = error instanceof XmlError;
    throw new RefusedCall(known ? `XML illisible : ${error.message}` : "UTF-8 attendu");
  }
}

const firstInBody = /<(?:[\w-]+:)?Body\b[^>]*>\s*<(?:[\w-]+:)?(\w+)/;

/** What the call list names it; never throws. */
export function operationOf({ method, body }: MockRequest): string {
  if (method !== "POST") return "wsdl";
  return firstInBody.exec(body.toString("utf8"))?.[1] ?? "inconnue";
}
