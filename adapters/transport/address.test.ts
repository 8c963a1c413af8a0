import { describe, expect, test } from "vitest";
import { addressOf, pathForLogs } from "./address.ts";

const base = "https://erp.example:8443/api";

describe("the address of a request", () => {
  test("is the path under the base, with the query", () => {
    const url = addressOf(base, "/contrats/L%2F2013936", { debut: "été & co" });
    expect(url.href).toBe(
      "https://erp.example:8443/api/contrats/L%2F2013936?debut=%C3%A9t%C3%A9+%26+co",
    );
  });

  test("is the base itself, its query too, for an empty path", () => {
    expect(addressOf("http://erp.example/ws.asmx?v=3", "").href).toBe(
      "http://erp.example/ws.asmx?v=3",
    );
    expect(addressOf("http://erp.example", "").href).toBe("http://erp.example/");
  });

  test.each([
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example",
    "@elsewhere.example/",
    ".elsewhere.example/",
    ":9000/",
    "contrats",
    "/../admin",
    "/contrats/%2e%2E/%2e./admin",
    "/contrats/./a",
    "/contrats#a",
    "/con\ttrats",
    "/con\r\nHost: elsewhere.example",
    "/con trats",
  ])("F-01 refuses %j", (path) => {
    expect(() => addressOf(base, path)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });
});

test("a path for the log shows no keys and no query", () => {
  expect(pathForLogs("/v2/contrats/L%2F2013936/soldes?nom=Martin")).toBe("/v2/contrats/*/soldes");
});
