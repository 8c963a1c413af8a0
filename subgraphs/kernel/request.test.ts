import { describe, expect, test } from "vitest";
import type { Landlord } from "./landlord.ts";
import { Refused, landlordOf, languageOf, type House, type Incoming } from "./request.ts";

const served = (id: string, hosts: string[]) => ({
  landlord: { id, hosts } as Landlord,
  ports: null as never,
});
const house = {
  landlords: [served("a", ["a.example"]), served("b", ["b.example"])],
} as unknown as House;
const incoming = (host: string, landlordHeader?: string) => ({ host, landlordHeader }) as Incoming;

describe("the landlord of a request", () => {
  test("is the one whose host was asked, with or without a port", () => {
    expect(landlordOf(house, incoming("a.example")).landlord.id).toBe("a");
    expect(landlordOf(house, incoming("B.example:4000")).landlord.id).toBe("b");
  });

  test("is the one of the header where the host is nobody's", () => {
    expect(landlordOf(house, incoming("127.0.0.1:4000", "b")).landlord.id).toBe("b");
  });

  test.each([
    ["nobody's host and no header", "127.0.0.1", undefined],
    ["a header that names nobody", "127.0.0.1", "c"],
    ["a host and a header that contradict each other", "a.example", "b"],
    ["two headers", "127.0.0.1", "a,b"],
  ])("is refused for %s", (_what, host, header) => {
    expect(() => landlordOf(house, incoming(host, header))).toThrow(Refused);
  });
});

test.each([
  [undefined, "fr"],
  ["fr-FR,fr;q=0.9,en;q=0.8", "fr"],
  ["en-GB,en;q=0.9", "en"],
  ["de,en;q=0.5", "en"],
  ["en;q=0.3,fr;q=0.4", "fr"],
  ["en;q=0", "fr"],
  ["de", "fr"],
])("the language for %s is %s", (header, expected) => {
  expect(languageOf(header)).toBe(expected);
});
