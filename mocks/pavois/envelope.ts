/** SOAP 1.2 envelopes as Pavois writes them: its own prefixes, all declared at the top. */
import type { MockAnswer } from "../kit/product.ts";
import type { Reply } from "./answers/answer.ts";
import { el } from "./format.ts";
import type { Operation } from "./messages.ts";
import { namespaces, soap12, wsse, xsi, type Prefix } from "./namespaces.ts";

const declarations = Object.entries({ env: soap12, xsi, ...namespaces })
  .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  .join("");

const envelope = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope${declarations}><env:Header/><env:Body>${body}</env:Body></env:Envelope>`;

const soapType = "application/soap+xml; charset=utf-8";
const answer = (status: number, body: string): MockAnswer => ({
  status,
  headers: { "content-type": soapType },
  body: envelope(body),
});

const response = (operation: Operation, prefix: Prefix, inner: string) =>
  `<${prefix}:${operation}Response>${inner}</${prefix}:${operation}Response>`;

export function success(operation: Operation, prefix: Prefix, reply: Reply): MockAnswer {
  const head = el("com:Success", "true") + el("com:ErrorCode", null);
  const body = response(operation, prefix, head + reply.xml);
  return reply.attachment ? multipart(envelope(body), reply.attachment) : answer(200, body);
}

/** A business error: inside a 200, with what a careless developer left in. */
export function failure(
  operation: Operation,
  prefix: Prefix,
  { code, message }: { code: number; message: string },
): MockAnswer {
  const inner = [
    el("com:Success", "false"),
    el("com:ErrorCode", String(code)),
    el("com:ErrorMessage", message),
    el("com:DebugStackTrace", leak(operation)),
  ];
  return answer(200, response(operation, prefix, inner.join("")));
}

/** What must never come out at the other end. */
const leak = (operation: string) =>
  `Pavois.Metier.ExceptionMetier: [SQLPAV01\\PROD] SELECT * FROM dbo.LOCATAIRE WHERE IBAN='FR7630001007941234567890185'\n` +
  `   at Pavois.Portail.Services.${operation}() in D:\\pavois\\src\\Portail\\Service.cs:line 214`;

export interface Fault {
  code: "Sender" | "Receiver" | "VersionMismatch";
  /** In the WS-Security namespace, or Pavois's own. */
  subcode?: string;
  reason: string;
  operation?: string;
}

export function fault({ code, subcode, reason, operation = "Portail" }: Fault): MockAnswer {
  const inner = subcode ? `<env:Subcode><env:Value>${subcode}</env:Value></env:Subcode>` : "";
  const body =
    `<env:Fault xmlns:wsse="${wsse}"><env:Code><env:Value>env:${code}</env:Value>${inner}</env:Code>` +
    `<env:Reason>${el("env:Text", reason).replace("<env:Text>", '<env:Text xml:lang="fr">')}</env:Reason>` +
    `<env:Detail>${el("com:DebugStackTrace", leak(operation))}</env:Detail></env:Fault>`;
  return answer(code === "Sender" ? 400 : 500, body);
}

const boundary = "----=_Pavois_9c4e1b";
const rootId = "racine@pavois.example";
const pieceBytes = 16_384;

/** MTOM: the envelope, then the file as it is. */
function multipart(root: string, file: NonNullable<Reply["attachment"]>): MockAnswer {
  const type =
    `multipart/related; type="application/xop+xml"; start="<${rootId}>"; ` +
    `start-info="application/soap+xml"; boundary="${boundary}"`;
  return { status: 200, headers: { "content-type": type }, body: parts(root, file) };
}

async function* parts(root: string, { id, contentType, file }: NonNullable<Reply["attachment"]>) {
  yield Buffer.from(
    `--${boundary}\r\nContent-ID: <${rootId}>\r\nContent-Transfer-Encoding: 8bit\r\n` +
      `Content-Type: application/xop+xml; charset=utf-8; type="application/soap+xml"\r\n\r\n` +
      `${root}\r\n--${boundary}\r\nContent-ID: <${id}>\r\nContent-Transfer-Encoding: binary\r\n` +
      `Content-Type: ${contentType}\r\n\r\n`,
  );
  for (const bytes of file.pieces()) {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}
