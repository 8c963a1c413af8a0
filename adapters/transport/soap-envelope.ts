import { PortError } from "../ports/errors.ts";
import { toData } from "./soap-data.ts";
import type { XmlElement } from "./xml.ts";

export const envelopes = {
  "1.1": "http://schemas.xmlsoap.org/soap/envelope/",
  "1.2": "http://www.w3.org/2003/05/soap-envelope",
} as const;

/**
 * A Fault, of SOAP 1.1 or 1.2. Its texts are the ERP's own: they tell what happened and go to the
 * log as a cause, and are not in the message.
 */
export class SoapFault extends Error {
  /** As sent, with its prefix: `soap:Sender`, `Client`. */
  readonly code: string;
  readonly subcode: string | null;
  readonly reason: string;
  /** As plain data, null when there is none. */
  readonly detail: unknown;

  constructor(message: string, fault: Pick<SoapFault, "code" | "subcode" | "reason" | "detail">) {
    super(message);
    this.name = "SoapFault";
    this.code = fault.code;
    this.subcode = fault.subcode;
    this.reason = fault.reason;
    this.detail = fault.detail;
  }
}

/** What a SOAP message holds. */
export interface Envelope {
  /** The one element in its Body. */
  readonly content: XmlElement;
  /** The elements in its Header. */
  readonly headers: readonly XmlElement[];
}

/**
 * Opens a SOAP message. Throws BAD_RESPONSE when it is no SOAP message or
 * has not exactly one, and SoapFault, with `message`, when it is a Fault.
 */
export function openEnvelope(root: XmlElement, message: string): Envelope {
  const { uri } = root;
  const known = uri === envelopes["1.1"] || uri === envelopes["1.2"];
  if (root.local !== "Envelope" || !known) {
    throw refused("is no SOAP message");
  }
  const bodies = root.children.filter((child) => child.local === "Body" && child.uri === uri);
  const [content, ...others] = bodies.flatMap((body) => body.children);
  if (!content || others.length > 0 || bodies.length !== 1) {
    throw refused("has no result, or more than one");
  }
  if (content.local === "Fault" && content.uri === uri) throw faultOf(content, message);
  const headers = root.children.filter((child) => child.local === "Header" && child.uri === uri);
  return { content, headers: headers.flatMap(({ children }) => children) };
}

function faultOf(fault: XmlElement, message: string): SoapFault {
  const code = child(fault, "Code");
  const detail = child(fault, "Detail") ?? child(fault, "detail");
  return new SoapFault(message, {
    code: textOf(code ? child(code, "Value") : child(fault, "faultcode")) ?? "",
    subcode: textOf(code && child(child(code, "Subcode"), "Value")),
    reason: textOf(child(child(fault, "Reason"), "Text") ?? child(fault, "faultstring")) ?? "",
    detail: detail ? toData(detail, undefined, new Set()) : null,
  });
}

function child(element: XmlElement | undefined, local: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.local === local);
}

const textOf = (element: XmlElement | undefined) => element?.text.trim() ?? null;

function refused(what: string): PortError {
  return new PortError("BAD_RESPONSE", `An answer that ${what}`);
}
