/** SOAP 1.1 rpc/encoded answers as Intitulo writes them, invalid types and all. */
import { filled, hole } from "../kit/file.ts";
import type { MockAnswer } from "../kit/product.ts";
import { escapeXml } from "../kit/xml.ts";
import type { PdfFile } from "../world/pdf.ts";
import { ns, soap11 } from "./description.ts";

const declarations = {
  "SOAP-ENV": soap11,
  xsd: "http://www.w3.org/2001/XMLSchema",
  xsi: "http://www.w3.org/2001/XMLSchema-instance",
  "SOAP-ENC": "http://schemas.xmlsoap.org/soap/encoding/",
  tns: ns,
};
const attributes = Object.entries(declarations)
  .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  .join("");

function answer(status: number, content: string, file?: PdfFile): MockAnswer {
  const body = envelope(content);
  return {
    status,
    headers: {
      "content-type": "text/xml; charset=UTF-8",
      "x-soap-server": "NuSOAP/0.9.11 (1.123)",
    },
    body: file && body.includes(hole) ? filled(body, file, Buffer.from) : body,
  };
}

const envelope = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope SOAP-ENV:encodingStyle="${declarations["SOAP-ENC"]}"${attributes}>` +
  `<SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`;

const text = (name: string, value: string, inner = escapeXml(value)) =>
  `<${name} xsi:type="xsd:string">${inner}</${name}>`;

export const record = (name: string, type: string, fields: Record<string, string>): string =>
  `<${name} xsi:type="tns:${type}">${fieldsOf(fields)}</${name}>`;

const fieldsOf = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => text(name, value))
    .join("");

/** The types have no name: `xsd:` and `:[2]`. */
export function array(name: string, items: readonly (string | Record<string, string>)[]): string {
  const inner = items.map((item) => {
    const content = typeof item === "string" ? escapeXml(item) : fieldsOf(item);
    return `<item xsi:type="xsd:">${content}</item>`;
  });
  return `<${name} xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType=":[${items.length}]">${inner.join("")}</${name}>`;
}

/** A document in a string. Its prolog is not true: it is UTF-8, like all around it. */
export function flux(records: readonly string[]): string {
  const document = `<?xml version="1.0" encoding="ISO-8859-15"?>\n<flux version="2">${records.join("\n")}</flux>`;
  return text("flux", "", `<![CDATA[${document.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`);
}

interface Outcome {
  code: string;
  label: string;
  /** What comes after `resultat`, perhaps with a hole for the file. */
  parts?: string;
  file?: PdfFile | undefined;
}

export function result(operation: string, { code, label, parts = "", file }: Outcome): MockAnswer {
  const head = record("resultat", "resultat", { result_code: code, result_label: label });
  return answer(
    200,
    `<ns1:${operation}Response xmlns:ns1="${ns}">${head}${parts}</ns1:${operation}Response>`,
    file,
  );
}

export const fault = (code: "Client" | "Server", reason: string): MockAnswer =>
  answer(
    500,
    `<SOAP-ENV:Fault>${text("faultcode", `SOAP-ENV:${code}`)}${text("faultactor", "")}` +
      `${text("faultstring", reason)}${text("detail", "/var/www/intitulo/webservices/serveur_portail.php:214 SELECT iban FROM llx_compte")}</SOAP-ENV:Fault>`,
  );

export const htmlPage = (status: number, content: string): MockAnswer => ({
  status,
  headers: { "content-type": "text/html; charset=UTF-8" },
  body: `<!DOCTYPE html>\n<html lang="fr"><body>${content}</body></html>`,
});
