/** `erp.tls` of a landlord's file: the certificates in the file that it names. */
import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { pathBeside } from "./beside.ts";
import type { Problem, SourceDocument } from "./document.ts";

interface ReadTls {
  /** Certificates in PEM; null where the landlord's file names none. */
  readonly ca: string | null;
  readonly problems: readonly Problem[];
}

const place = ["erp", "tls", "ca"];

/** `beside`: where the landlord's file stands. What is no text is told by the shape of the file. */
export function readErpTls(document: SourceDocument, beside: string): ReadTls {
  const written = document.valueAt(place);
  if (typeof written !== "string" || written === "") return { ca: null, problems: [] };
  const wrong = (found: string): ReadTls => {
    const expected = `a file with the certificates of an authority, in PEM, found ${found}`;
    return { ca: null, problems: [{ path: place, expected }] };
  };
  const path = pathBeside(beside, written);
  if (path === null) return wrong(`${written}, which is not beside this file`);
  let text: string;
  try {
    // A device or a pipe would be read for ever.
    text = statSync(path).isFile() ? readFileSync(path, "utf8") : "";
  } catch {
    return wrong(`no file ${written}`);
  }
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return wrong(`a private key in ${written}: it belongs to the ERP alone`);
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
  if (!certificates?.every(isCertificate)) return wrong(`something else in ${written}`);
  return { ca: certificates.join("\n"), problems: [] };
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
