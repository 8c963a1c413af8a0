import { pdfName } from "../../transport/pdf.ts";

/** The name that Content-Disposition gives, made safe; `<key>.pdf` when it gives none. */
export function fileNameOf(headers: Record<string, string>, key: string): string {
  const disposition = headers["content-disposition"] ?? "";
  const encoded = /filename\*\s*=\s*UTF-8'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
  const path = decoded(encoded) ?? quoted?.replace(/\\(.)/g, "$1") ?? "";
  return pdfName(path.split(/[/\\]/).at(-1)!, key);
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
