/** Small files of each kind, for tests; and what people hide in them. */
import { crc32, deflateSync } from "node:zlib";

const text = (value: string) => Buffer.from(value, "latin1");

/** `objects`: what stands in the file beside an empty page. */
export function pdf(objects = "", before = "", after = ""): Buffer {
  const body = `1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n${objects}`;
  return text(
    `${before}%PDF-1.7\n${body}\nxref\n0 0\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n${after}`,
  );
}

/** An object stream that holds one object. */
export function packed(
  object: string,
  dictionary = "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode",
) {
  const data = deflateSync(text(`5 0 ${object}`)).toString("latin1");
  return `4 0 obj\n<< ${dictionary} /Length ${data.length} >>\nstream\n${data}\nendstream\nendobj\n`;
}

const segment = (marker: number, content: Buffer) => {
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};

/** An EXIF segment with an orientation, and a place as readable text. */
export const exif = (orientation: number) =>
  segment(
    0xe1,
    Buffer.concat([
      text("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"),
      Buffer.of(orientation, 0, 0, 0, 0, 0, 0, 0),
      text("GPSLatitude 46.1591 N"),
    ]),
  );

interface JpegParts {
  readonly width?: number;
  readonly segments?: readonly Buffer[];
  readonly after?: string;
}

export function jpeg({ width = 8, segments = [], after = "" }: JpegParts = {}): Buffer {
  const frame = Buffer.of(8, 0, 8, width >> 8, width & 255, 1, 1, 0x11, 0);
  return Buffer.concat([
    Buffer.of(0xff, 0xd8),
    segment(0xe0, text("JFIF\0\x01\x01\0\0\x01\0\x01\0\0")),
    ...segments,
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, frame),
    segment(0xda, Buffer.of(1, 1, 0, 0, 63, 0)),
    Buffer.of(0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56),
    Buffer.of(0xff, 0xd9),
    text(after),
  ]);
}

export const comment = (words: string) => segment(0xfe, text(words));

export function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([text(type), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

interface PngParts {
  readonly side?: number;
  readonly chunks?: readonly Buffer[];
  readonly after?: string;
}

export function png({ side = 1, chunks = [], after = "" }: PngParts = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8;
  return Buffer.concat([
    text("\x89PNG\r\n\x1a\n"),
    chunk("IHDR", header),
    ...chunks,
    chunk("IDAT", deflateSync(Buffer.alloc(2))),
    chunk("IEND", Buffer.alloc(0)),
    text(after),
  ]);
}

const box = (type: string, ...parts: Buffer[]) => {
  const content = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, content]);
};
const numbers = (...values: readonly [size: number, value: number][]) =>
  Buffer.concat(
    values.map(([size, value]) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntBE(value, 0, size);
      return bytes;
    }),
  );

/** Two items: a picture, and where it was taken. */
export function heic({ side = 64, more = Buffer.alloc(0) } = {}): Buffer {
  const picture = text("the picture itself");
  const place = text("GPSLatitude 46.1591 N");
  const entry = (id: number, type: string) =>
    box("infe", numbers([4, 0x02000000], [2, id], [2, 0]), text(`${type}\0`));
  const build = (start: number) => {
    const item = (id: number, at: number, length: number) =>
      numbers([2, id], [2, 0], [2, 1], [4, at], [4, length]);
    const meta = box(
      "meta",
      numbers([4, 0]),
      box("iinf", numbers([4, 0], [2, 2]), entry(1, "hvc1"), entry(2, "Exif")),
      box("iprp", box("ipco", box("ispe", numbers([4, 0], [4, side], [4, side])))),
      box(
        "iloc",
        numbers([4, 0], [1, 0x44], [1, 0], [2, 2]),
        item(1, start, picture.length),
        item(2, start + picture.length, place.length),
      ),
    );
    return Buffer.concat([box("ftyp", text("heic\0\0\0\0mif1heic")), meta]);
  };
  const head = build(build(0).length + 8);
  return Buffer.concat([head, box("mdat", picture, place), more]);
}

export const film = box("moov", text("a film"));
export const eicar = text("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");
