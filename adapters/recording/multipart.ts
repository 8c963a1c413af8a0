/** The parts of a multipart body (MTOM, form data): each by its own kind, their frame as it was. */
import type { Rules } from "./leaf.ts";
import { keptHeader } from "./headers.ts";

type ScrubBody = (
  bytes: Uint8Array,
  contentType: string | undefined,
  rules: Rules,
  asked: boolean,
) => Buffer;

export function scrubMultipart(
  bytes: Uint8Array,
  contentType: string,
  rules: Rules,
  asked: boolean,
  scrubBody: ScrubBody,
): Buffer {
  const found = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) return Buffer.alloc(0);
  const line = `--${boundary}`;
  const [, ...parts] = Buffer.from(bytes).toString("latin1").split(line);
  const scrubbed = parts.flatMap((part) => {
    if (part.startsWith("--")) return [Buffer.from(`${line}--\r\n`, "latin1")];
    return [Buffer.from(line, "latin1"), scrubPart(part, rules, asked, scrubBody)];
  });
  return Buffer.concat(scrubbed);
}

/** One sign for each byte, from after the boundary to before the next. */
function scrubPart(part: string, rules: Rules, asked: boolean, scrubBody: ScrubBody): Buffer {
  const end = /\r?\n\r?\n/.exec(part);
  if (!end) return Buffer.from("\r\n\r\n");
  const fields = part
    .slice(0, end.index)
    .split(/\r?\n/)
    .filter((line) => line.includes(":"));
  const headers = fields.flatMap((line) => {
    const at = line.indexOf(":");
    const name = line.slice(0, at).trim().toLowerCase();
    const value = keptHeader(name, line.slice(at + 1).trim(), rules);
    return value === null ? [] : [[name, value] as const];
  });
  const valueOf = (wanted: string) => headers.find(([name]) => name === wanted)?.[1];
  const content = part.slice(end.index + end[0].length).replace(/\r?\n$/, "");
  const packed = /base64/i.test(valueOf("content-transfer-encoding") ?? "");
  const body = Buffer.from(content, packed ? "base64" : "latin1");
  const fresh = scrubBody(body, valueOf("content-type"), rules, asked);
  const written = packed
    ? Buffer.from(fresh.toString("base64").replace(/.{76}(?=.)/g, "$&\r\n"))
    : fresh;
  const head = headers.map(([name, value]) => `\r\n${name}: ${value}`).join("");
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, "latin1"), written, Buffer.from("\r\n")]);
}
