/** A name for a file without path, control characters and excess length, that ends in `.pdf`. */
export function pdfName(written: string): string {
  const base = written
    .replace(/[/\\\p{Cc}]/gu, "-")
    .replace(/\.pdf$/i, "")
    .trim();
  return `${base.slice(0, 150) || "document"}.pdf`;
}
