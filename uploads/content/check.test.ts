import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Refusal } from "../refusal.ts";
import {
  chunk,
  comment,
  eicar,
  exif,
  film,
  heic,
  jpeg,
  packed,
  pdf,
  png,
} from "../testing/files.ts";
import { checkContent } from "./check.ts";

const types = {
  pdf: "application/pdf",
  jpeg: "image/jpeg",
  png: "image/png",
  heic: "image/heic",
} as const;
type Type = keyof typeof types;

/** What the file is refused for; null when it is taken. */
function refusal(bytes: Buffer, type: Type): string | null {
  try {
    checkContent(bytes, types[type]);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code;
  }
}
const whole: Record<Type, Buffer> = { pdf: pdf(), jpeg: jpeg(), png: png(), heic: heic() };

describe("G-01 the type of a file", () => {
  test.each(Object.keys(types) as Type[])("is told by its bytes: %s", (type) => {
    for (const [other, bytes] of Object.entries(whole)) {
      expect(refusal(bytes, type)).toBe(other === type ? null : "TYPE_DIFFERS");
    }
  });

  test.each([
    ["a page", '<html><body onload="alert(1)"></body></html>'],
    ["a drawing with a script", '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
    ["an archive", "PK\x03\x04aaaaaaaaaaaaaaaaaaaa"],
    ["a programme", "MZ\x90\0aaaaaaaaaaaaaaaa"],
    ["a film in a box", "\0\0\0\x10ftypisom\0\0\0\0"],
    ["a PDF after something else", `junk\n${pdf().toString("latin1")}`],
    ["nothing", ""],
  ])("is none of ours for %s, whatever it is declared as", (_what, content) => {
    for (const type of Object.keys(types) as Type[]) {
      expect(refusal(Buffer.from(content, "latin1"), type)).toBe("TYPE_DIFFERS");
    }
  });

  test("of the scanners' test file matters to nobody", () => {
    expect(refusal(eicar, "pdf")).toBe("VIRUS_FOUND");
    const inside = pdf(`4 0 obj\n<< >>\nstream\n${eicar.toString("latin1")}\nendstream\nendobj\n`);
    expect(refusal(inside, "pdf")).toBe("VIRUS_FOUND");
  });
});

describe("G-01 a PDF", () => {
  test("is kept as it is", () => {
    const plain = pdf(
      packed("<< /Type /Font >>") + "6 0 obj\n<< /OpenAction [3 0 R /Fit] >>\nendobj\n",
    );
    expect(checkContent(plain, types.pdf)).toEqual(plain);
  });

  test.each([
    ["a script", "4 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n"],
    ["a script whose name is escaped", "4 0 obj\n<< /S /J#61v#61Script /JS (1) >>\nendobj\n"],
    ["a programme to start", "4 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n"],
    ["another file", "4 0 obj\n<< /Type /EmbeddedFile >>\nstream\nx\nendstream\nendobj\n"],
    ["a form that is sent off", "4 0 obj\n<< /S /SubmitForm /F (http://x.example) >>\nendobj\n"],
    ["a script in an object stream", packed("<< /S /JavaScript /JS (1) >>")],
    [
      "a script in an object stream that does not say what it is",
      packed("<< /S /JavaScript >>", "/Filter /FlateDecode"),
    ],
    [
      "object streams under two veils",
      packed("<< >>", "/Type /ObjStm /Filter [/A85 /FlateDecode]"),
    ],
    ["a page", "4 0 obj\n<< >>\nstream\n<script>alert(1)</script>\nendstream\nendobj\n"],
  ])("with %s is refused", (_what, objects) => {
    expect(refusal(pdf(objects), "pdf")).toBe("ACTIVE_CONTENT");
  });

  test("that is another file too is refused", () => {
    expect(refusal(pdf("", "", "PK\x05\x06 an archive"), "pdf")).toBe("ACTIVE_CONTENT");
    expect(refusal(pdf("", "", "<html>"), "pdf")).toBe("ACTIVE_CONTENT");
  });

  test("that hides its objects behind a password is refused", () => {
    const hidden = packed("<< >>") + "6 0 obj\n<< /Encrypt 7 0 R >>\nendobj\n";
    expect(refusal(pdf(hidden), "pdf")).toBe("PROTECTED");
  });

  test("that is cut is refused", () => {
    expect(refusal(pdf().subarray(0, -8), "pdf")).toBe("DAMAGED");
  });

  test("whose objects fill the memory is refused", () => {
    const bomb = deflateSync(Buffer.concat([Buffer.from("5 0 "), Buffer.alloc(80_000_000, 32)]));
    const objects = `4 0 obj\n<< /Type /ObjStm >>\nstream\n${bomb.toString("latin1")}\nendstream\nendobj\n`;
    expect(refusal(pdf(objects), "pdf")).toBe("DAMAGED");
  });
});

describe("G-09 a JPEG", () => {
  test("loses place, words, and what stands behind it", () => {
    const told = jpeg({
      segments: [exif(1), comment("chez Martin")],
      after: "PK\x03\x04 an archive",
    });
    expect(checkContent(told, types.jpeg)).toEqual(jpeg());
  });

  test("keeps which side is up", () => {
    const clean = checkContent(jpeg({ segments: [exif(6)] }), types.jpeg);
    expect(clean.toString("latin1")).not.toContain("GPS");
    expect(clean.includes(Buffer.from("01120003000000010006", "hex"))).toBe(true);
    expect(checkContent(clean, types.jpeg)).toEqual(clean);
  });

  test("of too many pixels, or cut anywhere, is refused", () => {
    expect(refusal(jpeg({ width: 30_000 }), "jpeg")).toBe("TOO_MANY_PIXELS");
    expect(refusal(jpeg({ width: 0 }), "jpeg")).toBe("DAMAGED");
    const long = jpeg({ segments: [exif(6), comment("words")] });
    for (let end = 3; end < long.length; end += 1) {
      expect(refusal(long.subarray(0, end), "jpeg")).toBe("DAMAGED");
    }
  });
});

describe("G-09 a PNG", () => {
  test("loses place, words, and what stands behind it", () => {
    const chunks = [
      chunk("eXIf", Buffer.from("GPSLatitude 46.1591 N")),
      chunk("tEXt", Buffer.from("Author\0Martin")),
    ];
    expect(checkContent(png({ chunks, after: "<script>" }), types.png)).toEqual(png());
  });

  test("G-01 of 30,000 by 30,000 is refused", () => {
    expect(refusal(png({ side: 30_000 }), "png")).toBe("TOO_MANY_PIXELS");
  });

  test("that is cut, or has been changed, is refused", () => {
    const bytes = png();
    for (let end = 8; end < bytes.length; end += 1) {
      expect(refusal(bytes.subarray(0, end), "png")).toBe("DAMAGED");
    }
    const changed = Buffer.from(bytes);
    changed[20]! ^= 1;
    expect(refusal(changed, "png")).toBe("DAMAGED");
    expect(refusal(png({ chunks: [chunk("CODE", Buffer.alloc(3))] }), "png")).toBe("DAMAGED");
  });
});

describe("G-09 a HEIC", () => {
  test("loses the place, and nothing else", () => {
    const told = heic();
    const clean = checkContent(told, types.heic);
    expect(clean).toHaveLength(told.length);
    expect(told.includes("GPSLatitude")).toBe(true);
    expect(clean.includes("GPSLatitude")).toBe(false);
    expect(clean.includes("the picture itself")).toBe(true);
  });

  test("of too many pixels, with a film, or cut, is refused", () => {
    expect(refusal(heic({ side: 30_000 }), "heic")).toBe("TOO_MANY_PIXELS");
    expect(refusal(heic({ more: film }), "heic")).toBe("DAMAGED");
    for (let end = 16; end < heic().length; end += 1) {
      expect(refusal(heic().subarray(0, end), "heic")).toBe("DAMAGED");
    }
  });
});
