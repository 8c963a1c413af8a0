/** The name that Content-Disposition gives, made safe; `<key>.pdf` when it gives none. */
export function fileNameOf(headers: Record<string, string>, key: string): string {
  const disposition = headers["content-disposition"] ?? "";
  const encoded = /filename\*\s*=\s*UTF-8'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
  const name = (decoded(encoded) ?? quoted?.replace(/\\(.)/g, "$1") ?? "")
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.pdf$/i, "")
    .slice(0, 150)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "")
    .trim();
  return `${/^\.*$/.test(name) ? key : name}.pdf`;
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
