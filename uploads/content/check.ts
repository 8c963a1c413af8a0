/** What a file is, by its bytes alone; and the file as it may be kept. */
import { Refusal } from "../refusal.ts";
import { cleanHeic, isHeic } from "./heic.ts";
import { cleanJpeg } from "./jpeg.ts";
import { checkPdf } from "./pdf.ts";
import { cleanPng } from "./png.ts";

interface Kind {
  readonly is: (bytes: Buffer) => boolean;
  /** Throws a Refusal, or gives what may be kept of it. */
  readonly clean: (bytes: Buffer) => Buffer;
}

const startsWith = (start: string) => (bytes: Buffer) =>
  bytes.subarray(0, start.length).toString("latin1") === start;

const kinds: Readonly<Record<string, Kind>> = {
  "application/pdf": { is: startsWith("%PDF-"), clean: checkPdf },
  "image/jpeg": { is: startsWith("\xff\xd8\xff"), clean: cleanJpeg },
  "image/png": { is: startsWith("\x89PNG\r\n\x1a\n"), clean: cleanPng },
  "image/heic": { is: isHeic, clean: cleanHeic },
};

/** The test file of all virus scanners, told also where there is none. */
const eicar = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!";

/** Throws a Refusal for what is not, by its bytes, a harmless file of that type. */
export function checkContent(bytes: Buffer, mediaType: string): Buffer {
  if (bytes.includes(eicar)) throw new Refusal("VIRUS_FOUND");
  const kind = kinds[mediaType];
  if (!kind?.is(bytes)) throw new Refusal("TYPE_DIFFERS");
  return kind.clean(bytes);
}
