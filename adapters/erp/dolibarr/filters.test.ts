import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { registrations, type RegistrationReference } from "../../ports/identity.ts";
import { equals } from "./filters.ts";
import { call, connected, replay } from "./replay.ts";

const erp = replay();
const { use } = await connected();

const hostile = fc.oneof(
  fc.constantFrom(
    "x') or (t.rowid:>:0",
    "LOC000123' or '1'='1",
    "LOC000123'",
    "LOC000123\\",
    "LOC%",
    "LOC_00123",
    "loc000123",
    "LOC000123 ",
    "LOC000123\n",
    "ＬＯＣ000123",
    "O'NEIL",
    "",
    "/",
    "(t.rowid:>:0)",
  ),
  fc.string({ unit: "binary" }),
  fc.stringMatching(/^[A-Z0-9'()\\:= ]{1,30}$/),
);
const kinds = fc.constantFrom<RegistrationReference["kind"]>("CUSTOMER", "CONTRACT");

describe("a value in a filter", () => {
  test.each(["LOC000123", "BAIL-2026-0001", "L/2013936", "A", "12.34"])("may be %s", (value) => {
    expect(equals("customerCode", value)).toBe(`(t.code_client:=:'${value}')`);
  });

  test("that is hostile never reaches the wire", async () => {
    await fc.assert(
      fc.asyncProperty(kinds, hostile, async (kind, reference) => {
        fc.pre(!/^[A-Z0-9](?:[A-Z0-9/.-]*[A-Z0-9])?$/.test(reference) || reference.length > 40);
        const asked = [{ kind, reference }];
        expect(await use(registrations).byReferences(asked, call())).toEqual([[]]);
        expect(erp.asked).toEqual([]);
      }),
    );
  });

  test("has one pair of quotes around it, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const filter = equals("contractReference", value);
        expect(filter === null || /^\(t\.ref:=:'[A-Z0-9/.-]+'\)$/.test(filter)).toBe(true);
      }),
    );
  });
});
