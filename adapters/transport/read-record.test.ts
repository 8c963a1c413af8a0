import { expect, it } from "vitest";
import { z } from "zod";
import type { PortError } from "../ports/errors.ts";
import { readRecord } from "./read-record.ts";

const shape = z.object({ Rue: z.string(), Ville: z.string().transform((city) => city.trim()) });

it("gives what the shape makes of the record", () => {
  const read = readRecord(shape, { Rue: "12 rue Verte", Ville: " Ivry ", Autre: 1 }, "Adresse");
  expect(read).toEqual({ Rue: "12 rue Verte", Ville: "Ivry" });
});

it("says where it is wrong, and never what stood there", () => {
  const error = (() => {
    try {
      return readRecord(shape, { Rue: "12 rue du Secret", Ville: 94_200 }, "Adresse");
    } catch (caught) {
      return caught as PortError;
    }
  })() as PortError;
  expect(error.code).toBe("BAD_RESPONSE");
  expect(error.message).toMatch(/^Adresse: .*Ville/);
  expect(error.message).not.toMatch(/Secret|94/);
});
