import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inLatin1 } from "./latin1.ts";
import { amount, day } from "./map.ts";
import { demandReference, paymentReference } from "./references.ts";
import {
  column,
  emailColumn,
  onTheWall,
  writtenAddress,
  writtenAmount,
  writtenDay,
  writtenIban,
  writtenPhones,
} from "./written.ts";

describe("Text for a column", () => {
  it.each([
    ["l’Œuvre – « à 5 € » …", "l'OEuvre - « à 5 EUR » ..."],
    ["Łukasz Şahin Đorđević", "Lukasz Sahin Dordevic"],
    ["Zoe\u0308", "Zoë"],
    ["M\u202FDupont", "M Dupont"],
    ["]]><a/> &x; <!-- -->", "]]><a/> &x; <!-- -->"],
  ])("%s is written as %s", (text, written) => {
    expect(inLatin1(text)).toBe(written);
  });

  it.each(["🙂", "Иван", "Ελένη", "名", "a\tb", "a\nb", "a\u0085b", "\uD83D", "a\u200Db"])(
    "%j cannot be written",
    (text) => {
      expect(inLatin1(text)).toBeNull();
      expect(() => column(text, 50)).toThrow(expect.objectContaining({ reason: "INVALID" }));
    },
  );

  it("is as it was wherever ISO-8859-1 has it", () => {
    const character = fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code));
    const held = character.filter((each) => !/\p{Cc}/u.test(each));
    fc.assert(
      fc.property(fc.string({ unit: held }), (text) => {
        expect(inLatin1(text)).toBe(text);
      }),
    );
  });

  it("holds nothing else, whatever was given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(inLatin1(text) ?? "").toMatch(/^[\x20-\x7E\xA0-\xFF]*$/);
      }),
    );
  });

  it("is measured as it is written", () => {
    expect(column("œ", 2)).toBe("oe");
    expect(() => column("œ", 1)).toThrow(expect.objectContaining({ reason: "INVALID" }));
  });

  it("is never changed in an address for mail", () => {
    expect(emailColumn("zoe+1@example.org")).toBe("zoe+1@example.org");
    for (const email of ["zoé@example.org", `${"a".repeat(100)}@example.org`]) {
      expect(() => emailColumn(email)).toThrow(expect.objectContaining({ reason: "INVALID" }));
    }
  });
});

describe("An amount and a day", () => {
  it("are read as they were written", () => {
    const cents = fc.bigInt({ min: 0n, max: 99_999_999_999_999n });
    fc.assert(
      fc.property(cents, (value) => {
        const digits = String(value).padStart(3, "0");
        const money = { amount: `${digits.slice(0, -2)}.${digits.slice(-2)}`, currency: "EUR" };
        expect(amount.parse(writtenAmount(money as never))).toEqual(money);
      }),
    );
    expect(writtenAmount({ amount: "1234567.05", currency: "EUR" })).toBe("1 234 567,05");
    expect(day.parse(writtenDay("2028-02-29"))).toBe("2028-02-29");
    expect(writtenDay(null)).toBe(" ".repeat(10));
  });

  it("of a moment are those on Habilog's wall", () => {
    expect(onTheWall("2026-12-31T23:30:00Z")).toEqual({ day: "01/01/2027", hour: "00:30" });
    expect(onTheWall("2026-07-01T12:00:00+05:30")).toEqual({ day: "01/07/2026", hour: "08:30" });
  });
});

describe("Telephone, IBAN and address", () => {
  it.each([
    [[], "*"],
    [["+33149602100"], "01 49 60 21 00"],
    [["+33700112233"], "07 00 11 22 33"],
    [["+4915112345678"], "004915112345678"],
    [["+330149602100"], "00330149602100"],
  ])("%j is written %j", (phones, written) => {
    expect(writtenPhones(phones)).toBe(written);
  });

  it("has its groups of four", () => {
    expect(writtenIban("FR7630006000011234567890189")).toBe("FR76 3000 6000 0112 3456 7890 189");
    expect(writtenIban("NO9386011117947")).toBe("NO93 8601 1117 947");
  });

  const paris = { lines: ["1 rue Œ"], postalCode: "75 001", city: "Paris", country: "FR" };
  it("has no country and no space in the postal code in France", () => {
    expect(writtenAddress(paris)).toEqual({
      Voie: "1 rue OE",
      CodePostal: "75001",
      Ville: "Paris",
      Pays: "",
    });
    expect(writtenAddress({ ...paris, country: "PL" })).toMatchObject({
      CodePostal: "75 001",
      Pays: "PL",
    });
  });
});

describe("A reference", () => {
  it("is the operation id itself in a demand, and that in 25 places in a payment", () => {
    const id = "01937f2e-6c00-7abc-8def-0123456789ab";
    expect(demandReference(id)).toBe(id);
    expect(paymentReference(id)).toMatch(/^[0-9A-Z]{25}$/);
    expect(paymentReference("ffffffff-ffff-ffff-ffff-ffffffffffff")).toHaveLength(25);
    expect(paymentReference("00000000-0000-0000-0000-000000000001")).toBe("1".padStart(25, "0"));
  });

  it("of a payment tells the whole operation id, so that no two share one", () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const value = Array.from(paymentReference(id)).reduce(
          (sum, place) => sum * 36n + BigInt(parseInt(place, 36)),
          0n,
        );
        expect(value.toString(16).padStart(32, "0")).toBe(id.replaceAll("-", ""));
      }),
    );
  });

  it("is made of nothing else than an operation id", () => {
    for (const id of ["", "1", createHash("sha256").digest("hex"), "0x".padEnd(36, "0")]) {
      expect(() => paymentReference(id)).toThrow(expect.objectContaining({ notApplied: true }));
      expect(() => demandReference(id)).toThrow(expect.objectContaining({ code: "INTERNAL" }));
    }
  });
});
