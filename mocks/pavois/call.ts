/** From an HTTP request to a message that Pavois may answer, or a refusal. */
import type { MockRequest } from "../kit/product.ts";
import type { Fault } from "./envelope.ts";
import { MessageError, readMessage, type PavoisRequest } from "./messages.ts";
import { soap12 } from "./namespaces.ts";
import { checkShape } from "./schema.ts";
import type { Security } from "./security.ts";
import { parseXml, XmlError, type XmlElement } from "../kit/xml.ts";

export class RefusedCall extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.reason);
    this.fault = fault;
  }
}

const sender = (reason: string) => new RefusedCall({ code: "Sender", reason });

/** Throws RefusedCall for whatever is no valid, signed call of a known operation. */
export async function readCall(
  request: MockRequest,
  security: Security,
): Promise<{ message: PavoisRequest }> {
  const { header, body } = readEnvelope(request);
  const refusal = security.refuse(header);
  if (refusal) {
    const { subcode, reason } = refusal;
    throw new RefusedCall({ code: "Sender", subcode: `wsse:${subcode}`, reason });
  }
  const [first, ...others] = body.children;
  if (!first || others.length > 0) throw sender("Body doit contenir un seul élément");
  const message = readOrRefuse(first);
  const wrong = await checkShape(first);
  if (wrong !== null) throw sender(`Message non conforme au schéma : ${wrong}`);
  const action = actionOf(request);
  if (action !== null && action !== message.operation)
    throw sender(`Action inattendue : ${action}`);
  return { message };
}

function readOrRefuse(element: XmlElement): PavoisRequest {
  try {
    return readMessage(element);
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    throw sender(`Message non conforme au schéma : ${error.message}`);
  }
}

const mostBytes = 84_000_000;

function readEnvelope({ headers, body }: MockRequest) {
  if (body.length > mostBytes) throw sender("Message de plus de 84 Mo");
  const type = headers["content-type"] ?? "";
  if (!/^application\/soap\+xml\b/i.test(type)) throw sender(`Type de contenu inattendu : ${type}`);
  const root = parse(body);
  if (root.name !== "Envelope" || root.ns !== soap12) {
    throw new RefusedCall({ code: "VersionMismatch", reason: "Enveloppe SOAP 1.2 attendue" });
  }
  const parts = root.children.filter((child) => child.ns === soap12);
  const soapBody = parts.find((child) => child.name === "Body");
  if (!soapBody) throw sender("Body absent");
  return { header: parts.find((child) => child.name === "Header"), body: soapBody };
}

function parse(bytes: Buffer): XmlElement {
  try {
    return parseXml(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw sender(error instanceof XmlError ? `XML illisible : ${error.message}` : "UTF-8 attendu");
  }
}

/** The operation that the content type's `action` names, null when there is none. */
export function actionOf({ headers }: MockRequest): string | null {
  const [, action] = /;\s*action="?([^";]+)"?/i.exec(headers["content-type"] ?? "") ?? [];
  return action?.split("/").at(-1) ?? null;
}

const firstInBody = /<(?:[\w-]+:)?Body\b[^>]*>\s*<(?:[\w-]+:)?(\w+)/;

/** What the call list names it; never throws. */
export function operationOf({ method, body }: MockRequest): string {
  if (method !== "POST") return "wsdl";
  return firstInBody.exec(body.toString("utf8"))?.[1] ?? "inconnue";
}
