/** Files of the same kind and length with nothing in them. */

type Kind = "pdf" | "png" | "jpeg";

export const isFile = (bytes: Uint8Array): boolean => kindOf(bytes) !== null;

function kindOf(bytes: Uint8Array): Kind | null {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  if (start.includes("%PDF-")) return "pdf";
  if (start.startsWith("\u0089PNG\r\n")) return "png";
  return start.startsWith("\u00ff\u00d8\u00ff") ? "jpeg" : null;
}

/** As long as the one it stands for, unless that is shorter than any file of its kind can be. */
export function harmlessFile(bytes: Uint8Array): Buffer {
  const kind = kindOf(bytes);
  if (kind === "pdf") return pdf(bytes.length);
  if (kind === "png") return padded(png, bytes.length);
  if (kind === "jpeg") return padded(jpeg, bytes.length);
  return Buffer.alloc(bytes.length, " ");
}

/** Bytes after the end of an image are nobody's. */
const padded = (image: Buffer, length: number) =>
  Buffer.concat([image, Buffer.alloc(Math.max(0, length - image.length))]);

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==",
  "base64",
);
/** A head, a comment, an end: what tells the kind, and no picture. */
const jpeg = Buffer.from("ffd8ffe000104a46494600010100000100010000fffe0002ffd9", "hex");

function pdf(length: number): Buffer {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = [
    "xref\n0 4\n0000000000 65535 f \n",
    ...places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`),
    "trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n",
  ].join("");
  const endOf = (start: number) => `${start}\n%%EOF\n`;
  const room = length - text.length - table.length - endOf(length).length;
  if (room > 1) text += `%${" ".repeat(room - 2)}\n`;
  return Buffer.from(text + table + endOf(text.length).padStart(endOf(length).length), "latin1");
}
