import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { optionalText, text } from "../../transport/fields.ts";
import { readRecord } from "../../transport/read-record.ts";
import { addressRecord, amount, day, optionalDay, owed, paymentMethod } from "./map.ts";

const read = (value: unknown) => readRecord(amount, value, "Montant");
const bad = expect.objectContaining({ code: "BAD_RESPONSE" });

describe("An amount", () => {
  it.each([
    ["489.6", "489.60"],
    ["489", "489.00"],
    ["0.05", "0.05"],
    ["5.", "5.00"],
    ["+12.30", "12.30"],
    ["0012.300", "12.30"],
    ["0", "0.00"],
    ["999999999999.99", "999999999999.99"],
    ["\n 12.34 ", "12.34"],
  ])("%j is %s", (written, amounts) => {
    expect(read(written)).toBe(amounts);
  });

  it.each(["", "-1", "1,5", "1 234.56", "1.005", "1e3", "NaN", "douze", "1.2.3", null, 12.5])(
    "%j is none",
    (written) => {
      expect(() => read(written)).toThrow(bad);
    },
  );

  it("keeps every cent of whatever xs:decimal may look like", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999_999n }), fc.nat(3), (cents, zeros) => {
        const digits = String(cents).padStart(3, "0");
        const exact = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
        expect(read(exact + "0".repeat(zeros))).toBe(exact);
        expect(read(exact.replace(/\.?0+$/, ""))).toBe(exact);
      }),
    );
  });

  it("keeps every cent from -999 999 999,99 to 999 999 999,99, with Sens for its sign", () => {
    const most = 99_999_999_999n;
    fc.assert(
      fc.property(fc.bigInt({ min: -most, max: most }), (cents) => {
        const digits = String(cents < 0n ? -cents : cents).padStart(3, "0");
        const exact = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
        const written = exact.replace(/\.?0+$/, "");
        const money = owed(read(written), cents < 0n ? "C" : "D");
        expect(money).toEqual({ amount: cents < 0n ? `-${exact}` : exact, currency: "EUR" });
      }),
    );
  });

  it("is negative when it is the tenant's, and zero has no sign", () => {
    expect(owed("12.50", "D").amount).toBe("12.50");
    expect(owed("12.50", "C").amount).toBe("-12.50");
    expect(owed("0.00", "C").amount).toBe("0.00");
  });
});

describe("Optional text", () => {
  it("is null when it is absent, nil, empty or blank", () => {
    const values = [undefined, null, "", " \n "].map((value) =>
      readRecord(optionalText, value, ""),
    );
    expect(values).toEqual([null, null, null, null]);
    expect(readRecord(optionalText, " à l’Œillet ", "")).toBe("à l’Œillet");
  });
});

describe("A day", () => {
  it("is taken without the zone that xs:date allows", () => {
    const days = ["2026-11-20", "2026-11-20Z", "2026-11-20+01:00"];
    expect(days.map((written) => readRecord(day, written, ""))).toEqual(
      Array(3).fill("2026-11-20"),
    );
    expect([undefined, null].map((value) => readRecord(optionalDay, value, ""))).toEqual([
      null,
      null,
    ]);
  });

  it.each(["2026-02-31", "20/11/2026", "2026-11-20T00:00:00", "", null])("is not %j", (written) => {
    expect(() => readRecord(day, written, "")).toThrow(bad);
  });
});

describe("Mandatory text", () => {
  it.each([[undefined], [null], ["  "], [["twice", "the same element"]], [{ an: "element" }]])(
    "is not %j",
    (value) => {
      expect(() => readRecord(text, value, "Motif")).toThrow(bad);
    },
  );
});

describe("An error about a record", () => {
  it("names the field, and never what stood there", () => {
    const error = (() => {
      try {
        return readRecord(
          addressRecord,
          { Ligne1: "12 rue du Secret", CodePostal: "17000" },
          "Adresse",
        );
      } catch (caught) {
        return caught as Error;
      }
    })();
    expect((error as Error).message).toContain("Adresse");
    expect((error as Error).message).toContain("Ville");
    expect((error as Error).message).not.toContain("Secret");
  });
});

describe("An address", () => {
  it("has its lines in order, without those that are nil, and is French unless it says otherwise", () => {
    const record = {
      Ligne1: "Bât. A",
      Ligne2: null,
      Ligne3: "BP 3",
      CodePostal: "17000",
      Ville: "Périgny",
    };
    expect(readRecord(addressRecord, record, "")).toEqual({
      lines: ["Bât. A", "BP 3"],
      postalCode: "17000",
      city: "Périgny",
      country: "FR",
    });
    expect(readRecord(addressRecord, { ...record, CodePays: "BE" }, "").country).toBe("BE");
  });
});

describe("A mode of payment", () => {
  it("that Pavois does not have is refused", () => {
    expect(readRecord(paymentMethod, "ESPECES", "Mode")).toBe("OTHER");
    expect(() => readRecord(paymentMethod, "TROC", "Mode")).toThrow(bad);
  });
});
