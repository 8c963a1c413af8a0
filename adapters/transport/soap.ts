import type { Io } from "../ports/adapter.ts";
import type { Call } from "../ports/port.ts";
import { labelled } from "./failure.ts";
import { createHttp, defaultLimits, type HttpLimits, type HttpRequest } from "./http.ts";
import { readAnswer, type Attachment, type Reading } from "./soap-answer.ts";
import { readInline, type InlineFile } from "./soap-inline.ts";
import { SoapFault } from "./soap-envelope.ts";
import { loadService, type ServiceOptions } from "./soap-request.ts";

export { SoapFault };

type Data = Record<string, unknown>;

/**
 * Operations of one landlord's SOAP ERP. Values in answers are as `toData` says: text as sent,
 * null for `xsi:nil`, records, lists; nothing is made into numbers, dates or booleans. Arguments
 * are the same, with numbers and booleans; `headers` are the SOAP headers that the WSDL declares,
 * each by the name of its element.
 *
 * Rejects with SoapFault when the ERP answers so, with whatever status, and else with PortError:
 * INVALID_INPUT for text that XML cannot hold, INTERNAL for an operation or arguments that the
 * WSDL does not know, the errors of the wire (`wireError`), a status (`codeOfStatus`; a 404 is
 * UNAVAILABLE here), BAD_RESPONSE for an answer that cannot be used.
 */
export interface SoapClient {
  call(operation: string, args: Data, call: Call, headers?: Data): Promise<Data>;
  /** With the SOAP headers of the answer that the WSDL declares, each by the name of its element. */
  exchange(
    operation: string,
    args: Data,
    call: Call,
    headers?: Data,
  ): Promise<{ answer: Data; headers: Data }>;
  /**
   * For an answer with a file, MTOM/XOP or SOAP with attachments: resolves when the answer is read,
   * and the file is read as it is asked for, on the terms of `HttpClient.open`. `attachment` is
   * null when none came.
   */
  open(
    operation: string,
    args: Data,
    call: Call,
    headers?: Data,
  ): Promise<{ answer: Data; headers: Data; attachment: Attachment | null }>;
  /**
   * For an answer with a file as base64 text in its element `element`: resolves when the file
   * begins, and decodes it as it is asked for, on the terms of `HttpClient.open`.
   */
  openInline(
    operation: string,
    args: Data,
    element: string,
    call: Call,
    headers?: Data,
  ): Promise<InlineFile>;
  close(): Promise<void>;
}

export interface SoapOptions extends ServiceOptions {
  limits?: Partial<HttpLimits>;
  /** Local names of elements that are always lists, beside those that the WSDL calls so. */
  arrays?: readonly string[];
  /** Of HTTP, with each request: how the ERP is told who we are, for instance. */
  headers?: Readonly<Record<string, string>>;
}

const accept = "application/soap+xml, text/xml, multipart/related";

/** Rejects with INTERNAL when the WSDL cannot be read. */
export async function createSoapClient(io: Io, options: SoapOptions): Promise<SoapClient> {
  const service = await loadService(options);
  const limits = { ...defaultLimits, ...options.limits };
  const http = createHttp(io, {
    baseUrl: options.endpoint,
    limits,
    headers: { ...options.headers },
  });
  const lists = new Set(options.arrays);

  const labelOf = (operation: string) => `${io.landlord}: ${operation}`;
  const requestFor = (operation: string, args: Data, soapHeaders?: Data): HttpRequest => {
    try {
      const { xml, headers } = service.write(operation, args, soapHeaders);
      const name = operation;
      return { method: "POST", path: "", name, body: xml, headers: { ...headers, accept } };
    } catch (error) {
      throw labelled(error, labelOf(operation));
    }
  };
  const readingFor = (operation: string): Reading => ({
    io,
    label: labelOf(operation),
    ...service.answerOf(operation),
    lists,
    maxBytes: limits.maxDecodedBytes,
  });

  const exchange = async (operation: string, args: Data, call: Call, headers?: Data) => {
    const { bytes, ...head } = await http.send(requestFor(operation, args, headers), call);
    return readAnswer({ ...head, body: once(bytes) }, readingFor(operation));
  };

  return {
    exchange,
    async call(operation, args, call, headers) {
      const { answer } = await exchange(operation, args, call, headers);
      return answer;
    },
    async open(operation, args, call, headers) {
      const opened = await http.open(requestFor(operation, args, headers), call);
      return readAnswer(opened, readingFor(operation));
    },
    async openInline(operation, args, element, call, headers) {
      const opened = await http.open(requestFor(operation, args, headers), call);
      return readInline(opened, element, readingFor(operation));
    },
    close: () => http.close(),
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
