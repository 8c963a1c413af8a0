/** SOAP 1.1 envelopes as JAX-WS writes them. */
import type { MockAnswer, MockRequest } from "../kit/product.ts";
import { escapeXml, parseXml, XmlError, type XmlElement } from "../kit/xml.ts";
import { faultIn, fieldsInOrder, namespace } from "./schema.ts";

const soap11 = "http://schemas.xmlsoap.org/soap/envelope/";

function answer(status: number, body: string): MockAnswer {
  return {
    status,
    headers: { "content-type": "text/xml;charset=utf-8" },
    body: `<?xml version='1.0' encoding='UTF-8'?><S:Envelope xmlns:S="${soap11}"><S:Body>${body}</S:Body></S:Envelope>`,
  };
}

const elements = (fields: readonly [string, string][]) =>
  fields.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join("");

export function success(
  operation: string,
  type: string,
  values: Readonly<Record<string, string | undefined>>,
): MockAnswer {
  const inside = elements(fieldsInOrder(type, values));
  return answer(
    200,
    `<ns4:${operation}Response xmlns:ns4="${namespace}"><return>${inside}</return></ns4:${operation}Response>`,
  );
}

export type FaultKind =
  | "FonctionnelleErreur"
  | "TechDysfonctionnementErreur"
  | "TechIndisponibiliteErreur"
  | "TechProtocolaireErreur";

/** A call that PayFiP refuses, with one of its four typed faults. */
export class RefusedCall extends Error {
  readonly kind: FaultKind;
  readonly code: string;

  constructor(kind: FaultKind, code: string, label: string) {
    super(label);
    this.kind = kind;
    this.code = code;
  }
}

export function fault({ kind, code, message }: RefusedCall): MockAnswer {
  const inside = elements([
    ["code", code],
    ["descriptif", ""],
    ["libelle", message],
    ["severite", "2"],
  ]);
  return answer(
    500,
    `<S:Fault><faultcode>S:Server</faultcode><faultstring>fr.gouv.finances.cp.tpa.${kind}</faultstring>` +
      `<detail><ns4:${kind} xmlns:ns4="${namespace}">${inside}</ns4:${kind}></detail></S:Fault>`,
  );
}

const protocol = (what: string) => new RefusedCall("TechProtocolaireErreur", "T1", what);

export interface PayfipCall {
  readonly operation: string;
  /** The fields of `arg0`. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Throws RefusedCall for whatever does not fit the WSDL. */
export function readCall({ headers, body }: MockRequest): PayfipCall {
  if (!/^text\/xml\b/i.test(headers["content-type"] ?? "")) throw protocol("text/xml attendu");
  if (String(headers["soapaction"] ?? "absent").replaceAll('"', "") !== "") {
    throw protocol("SOAPAction vide attendue");
  }
  const message = messageOf(parse(body));
  const wrong = faultIn(message);
  if (wrong !== null) throw protocol(wrong);
  const fields = message.children[0]?.children ?? [];
  return {
    operation: message.name,
    fields: new Map(fields.map(({ name, text }) => [name, text])),
  };
}

function messageOf(root: XmlElement): XmlElement {
  const body = root.children.find(({ name, ns }) => name === "Body" && ns === soap11);
  const [message, ...others] = body?.children ?? [];
  if (root.name !== "Envelope" || root.ns !== soap11 || !message || others.length > 0) {
    throw protocol("enveloppe SOAP 1.1 à un seul message attendue");
  }
  return message;
}

function parse(bytes: Buffer): XmlElement {
  try {
    return parseXml(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw protocol(error instanceof XmlError ? "XML illisible" : "UTF-8 attendu");
  }
}
