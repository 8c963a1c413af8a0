/** SOAP 1.1 envelopes as Habilog writes them. */
import { filled, hole } from "../kit/file.ts";
import type { MockAnswer } from "../kit/product.ts";
import { escapeXml } from "../kit/xml.ts";
import type { PdfFile } from "../world/pdf.ts";
import { latin1 } from "./encoding.ts";
import { namespace } from "./schema.ts";

export const soap11 = "http://schemas.xmlsoap.org/soap/envelope/";

/** The bytes are ISO-8859-1, as the prolog says; the header is wrong. */
function answer(status: number, body: string, file?: PdfFile): MockAnswer {
  const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>\r\n<soap:Envelope xmlns:soap="${soap11}"><soap:Body>${body}</soap:Body></soap:Envelope>`;
  return {
    status,
    headers: { "content-type": "text/xml; charset=utf-8" },
    body: file && xml.includes(hole) ? filled(xml, file, latin1, lineLength) : latin1(xml),
  };
}

/** Of base64. */
const lineLength = 76;

/** The answer of an operation; `result` is XML, perhaps with a hole for the file. */
export function success(operation: string, result: string, file?: PdfFile): MockAnswer {
  return answer(
    200,
    `<${operation}Response xmlns="${namespace}"><${operation}Result>${result}</${operation}Result></${operation}Response>`,
    file,
  );
}

export interface Fault {
  side: "Client" | "Server";
  /** Habilog's own, in the detail: `OCCUPE`, `TECHNIQUE`, `SCHEMA`. */
  code: string;
  reason: string;
}

/** A Fault, with what a careless developer left in. SOAP 1.1 has them all go out with a 500. */
export function fault({ side, code, reason }: Fault): MockAnswer {
  const trace = `Habilog.Noyau.ErreurBase: ORA-00942 SELECT IBAN FROM HAB_RIB WHERE IBAN='FR7630001007941234567890185'\r\n   à Habilog.Portail.Service()`;
  return answer(
    500,
    `<soap:Fault><faultcode>soap:${side}</faultcode><faultstring>${escapeXml(reason)}</faultstring>` +
      `<detail><Erreur xmlns="${namespace}/erreur"><Code>${code}</Code><Trace>${escapeXml(trace)}</Trace></Erreur></detail></soap:Fault>`,
  );
}
