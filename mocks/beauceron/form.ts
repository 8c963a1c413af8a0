/** Reads the two kinds of bodies that beauceron takes: JSON, and forms with files. */

/** A file of a form, as it came. */
export interface SentFile {
  name: string;
  mediaType: string;
  bytes: Buffer;
}

/** One field of a form: a value that came as JSON, or a file. */
export type Field = { name: string; json: unknown } | { name: string; file: SentFile };

/** The value of UTF-8 JSON. Throws for anything else. */
export const jsonOf = (bytes: Buffer): unknown =>
  JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));

/** The fields of multipart/form-data, in order. Throws for what is none. */
export function fieldsOf(contentType: string, body: Buffer): Field[] {
  const boundary = /;\s*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) throw new SyntaxError("no boundary");
  const parts = split(Buffer.concat([Buffer.from("\r\n"), body]), `\r\n--${boundary}`);
  if (parts.length < 2 || !parts.at(-1)!.subarray(0, 2).equals(Buffer.from("--"))) {
    throw new SyntaxError("the form does not end");
  }
  return parts.slice(1, -1).map(fieldOf);
}

function split(bytes: Buffer, delimiter: string): Buffer[] {
  const pieces: Buffer[] = [];
  let from = 0;
  for (;;) {
    const at = bytes.indexOf(delimiter, from);
    pieces.push(bytes.subarray(from, at < 0 ? bytes.length : at));
    if (at < 0) return pieces;
    from = at + Buffer.byteLength(delimiter);
  }
}

function fieldOf(part: Buffer): Field {
  const end = part.indexOf("\r\n\r\n");
  if (end < 0) throw new SyntaxError("a part without headers");
  const headers = part.toString("utf8", 0, end);
  const bytes = part.subarray(end + 4);
  const name = /^content-disposition: form-data; name="([^"]+)"/im.exec(headers)?.[1];
  if (!name) throw new SyntaxError("a part without a name");
  const mediaType = /^content-type:\s*([^\s;]+)/im.exec(headers)?.[1] ?? "text/plain";
  if (mediaType === "application/json") return { name, json: jsonOf(bytes) };
  const fileName = /;\s*filename="([^"]*)"/i.exec(headers)?.[1] ?? "";
  const unescaped = fileName.replace(/%(22|0D|0A)/g, (code) => decodeURIComponent(code));
  return { name, file: { name: unescaped, mediaType, bytes } };
}
