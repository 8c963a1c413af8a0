import { PortError } from "../ports/errors.ts";
import { envelopes } from "./soap-envelope.ts";
import type { Shape } from "./soap-data.ts";
import { securityHeader, type Credentials } from "./soap-security.ts";
import { createShapes } from "./soap-shape.ts";
import {
  createPrefixes,
  given,
  writeFields,
  writeRecord,
  type Data,
  type Prefixes,
} from "./soap-write.ts";
import { readDefinitions } from "./wsdl/definitions.ts";
import { loadWsdl } from "./wsdl/load.ts";
import { answerOf, headersOf, requestOf, type Body, type Unfit } from "./wsdl/messages.ts";
import { operationsOf, type Operation } from "./wsdl/operations.ts";
import { ownFieldsOf, xsi, type RecordType } from "./wsdl/records.ts";
import { createTypes, type Types } from "./wsdl/types.ts";
import { uris } from "./wsdl/xml.ts";

export interface ServiceOptions {
  /** A file; what it imports is found beside it. Nothing is ever fetched. */
  wsdl: string;
  endpoint: string;
  version: "1.1" | "1.2";
  /**
   * A WS-Security UsernameToken. With `digest`, nonce and time are new in each message, and the
   * password is never sent; without, it is, as it is.
   */
  security?: Credentials;
}

export interface SoapMessage {
  readonly xml: string;
  readonly headers: Record<string, string>;
}

/** What a WSDL says: how a request is written, and what its answer looks like. */
export interface Service {
  /**
   * `headers`: SOAP headers, by the names of their elements. Throws INVALID_INPUT for text that XML
   * cannot hold, INTERNAL for arguments that do not fit.
   */
  write(operation: string, args: Data, headers?: Data): SoapMessage;
  /** The local name of the element in the answer's Body, and its shape. */
  answerOf(operation: string): Answer;
}

interface Answer {
  readonly name: string;
  readonly shape: Shape;
  /** Of the SOAP headers that come with it. */
  readonly headers: Shape;
}

/** Reads the WSDL. Rejects with INTERNAL when it cannot be read, or names a file elsewhere. */
export async function loadService(options: ServiceOptions): Promise<Service> {
  const { types, operations } = await readService(options);
  const shapes = createShapes();
  const calls = new Map<string, Call>();
  const find = (name: string): Call => {
    const known = calls.get(name);
    if (known) return known;
    const operation = operations.get(name);
    if (!operation) throw new PortError("INTERNAL", `The WSDL has no operation ${name}`);
    const call = readable(() => callOf(operation, types));
    calls.set(name, call);
    return call;
  };
  return {
    write: (operation, args, headers = {}) => messageOf(find(operation), args, headers, options),
    answerOf(operation) {
      const { answer, answeredHeaders } = find(operation);
      const headers = answeredHeaders ? shapes.of(answeredHeaders) : {};
      return { name: answer.name, shape: shapes.of(answer.record), headers };
    },
  };
}

async function readService({ wsdl, version }: ServiceOptions) {
  try {
    const definitions = readDefinitions(await loadWsdl(wsdl));
    const bindings = [...definitions.bindings.values()];
    const fitting = bindings.filter((binding) => binding.version === version);
    const chosen = fitting.length > 0 ? fitting : bindings;
    const all = chosen.flatMap((binding) => operationsOf(definitions, binding));
    const operations = new Map(all.map((operation) => [operation.name, operation]));
    return { operations, types: createTypes(definitions.schemas) };
  } catch (cause) {
    throw new PortError("INTERNAL", "The WSDL cannot be read", { cause });
  }
}

interface Call {
  readonly operation: Operation;
  readonly request: Body;
  readonly answer: Body;
  readonly headers: RecordType | null;
  readonly answeredHeaders: RecordType | null;
}

function callOf(operation: Operation, types: Types): Call {
  return {
    operation,
    request: fit(requestOf(operation, types)),
    answer: fit(answerOf(operation, types)),
    headers: headersOf(operation.headers, types),
    answeredHeaders: headersOf(operation.answeredHeaders, types),
  };
}

function fit(body: Body | Unfit): Body {
  if ("unfit" in body) throw new Error(body.unfit);
  return body;
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new PortError("INTERNAL", "What the WSDL says of this operation is of no use", { cause });
  }
}

function messageOf(call: Call, args: Data, headers: Data, options: ServiceOptions): SoapMessage {
  const { operation, request } = call;
  const prefixes = createPrefixes({ soap: envelopes[options.version], xsi });
  if (operation.style === "rpc") refuseUnlessAll(request.record, args);
  const body = request.name === "" ? "" : writeRecord(prefixes, request, args);
  const head = headerText(call, headers, options, prefixes);
  const encoding = operation.encoded ? ` soap:encodingStyle="${uris.encoding}"` : "";
  return {
    xml: `<?xml version="1.0" encoding="utf-8"?><soap:Envelope${prefixes.declared()}${encoding}>${head}<soap:Body>${body}</soap:Body></soap:Envelope>`,
    headers: httpHeaders(operation.action ?? "", options.version),
  };
}

/** rpc style binds by position in many servers, and an absent parameter would shift the others. */
function refuseUnlessAll(record: RecordType, args: Data): void {
  const names = ownFieldsOf(record).map(({ name }) => name);
  if (names.every((name) => given(args, name) !== undefined)) return;
  throw new PortError("INTERNAL", `Arguments are missing: it takes ${names.join(", ")}`);
}

function headerText(
  { headers: declared }: Call,
  headers: Data,
  { security }: ServiceOptions,
  prefixes: Prefixes,
): string {
  const known = declared ? ownFieldsOf(declared).map(({ name }) => name) : [];
  const other = Object.keys(headers).find((name) => !known.includes(name));
  if (other !== undefined) {
    throw new PortError("INTERNAL", `It has no SOAP header ${JSON.stringify(other)}`);
  }
  const own = declared ? writeFields(prefixes, declared, headers) : "";
  const all = own + (security ? securityHeader(security, new Date()) : "");
  return all === "" ? "" : `<soap:Header>${all}</soap:Header>`;
}

function httpHeaders(action: string, version: "1.1" | "1.2"): Record<string, string> {
  if (version === "1.1") {
    return { "Content-Type": "text/xml; charset=utf-8", SOAPAction: `"${action}"` };
  }
  const told = action === "" ? "" : `; action="${action.replace(/["\\]/g, "\\$&")}"`;
  return { "Content-Type": `application/soap+xml; charset=utf-8${told}` };
}
