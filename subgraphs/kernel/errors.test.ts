import { GraphQLError } from "graphql";
import { describe, expect, test } from "vitest";
import { PortError, errorTable, type ErrorCode } from "../../adapters/ports/errors.ts";
import { asGraphQLError, errorFor, leavingError, type ErrorPlace } from "./errors.ts";
import type { RequestContext } from "./context.ts";

const place: ErrorPlace = { language: "fr", landlord: "here", requestId: "r1" };
const context = { language: "en", landlord: { id: "here" }, requestId: "r1" } as RequestContext;
const codes = Object.keys(errorTable) as ErrorCode[];

test.each(codes)("%s leaves with a text in both languages and whether to try again", (code) => {
  const french = errorFor(code, place);
  const english = errorFor(code, { ...place, language: "en" });
  expect(french.message).not.toBe(english.message);
  const { retryable } = errorTable[code];
  expect(french.extensions).toEqual({ code, retryable, landlord: "here", requestId: "r1" });
});

test("what an adapter threw leaves by its code only", () => {
  const cause = new Error("ORA-01017 M. Dupont FR7630006000011234567890189");
  const left = asGraphQLError(context, new PortError("UNAVAILABLE", "pavois: closed", { cause }));
  expect(JSON.stringify(left)).not.toMatch(/Dupont|ORA|pavois/);
  expect(left.extensions["code"]).toBe("UNAVAILABLE");
});

describe("at the last door", () => {
  test("an error of the client's document keeps its text", () => {
    const formatted = {
      message: 'Cannot query field "x".',
      extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
    };
    const { error, defect } = leavingError(null, formatted, place);
    expect(error).toMatchObject({
      message: 'Cannot query field "x".',
      extensions: { code: "INVALID_INPUT" },
    });
    expect(defect).toBe(false);
  });

  test("a store that cannot keep anything says so, and that trying again may help", () => {
    const full = Object.assign(new Error("database or disk is full: canary"), { errcode: 13 });
    const thrown = new GraphQLError(full.message, { originalError: full });
    const formatted = { message: thrown.message, extensions: { code: "INTERNAL_SERVER_ERROR" } };
    const { error } = leavingError(thrown, formatted, place);
    expect(error.extensions).toMatchObject({ code: "UNAVAILABLE", retryable: true });
    expect(error.message).toContain("Rien n'a été modifié");
    expect(JSON.stringify(error)).not.toContain("canary");
  });

  test("anything that is not known is a defect, and its text stays here", () => {
    const thrown = new TypeError("Cannot read M. Dupont");
    const { error, defect } = leavingError(
      thrown,
      { message: thrown.message, extensions: { code: "INTERNAL_SERVER_ERROR", stacktrace: [] } },
      place,
    );
    expect(defect).toBe(true);
    expect(JSON.stringify(error)).not.toMatch(/Dupont|stacktrace/);
    expect(error.extensions["code"]).toBe("INTERNAL");
  });

  test("extensions that nobody promised are left behind", () => {
    const thrown = errorFor("TIMEOUT", place);
    const formatted = {
      message: thrown.message,
      extensions: { ...thrown.extensions, serviceName: "billing" },
    };
    expect(leavingError(thrown, formatted, place).error.extensions).not.toHaveProperty(
      "serviceName",
    );
  });
});
