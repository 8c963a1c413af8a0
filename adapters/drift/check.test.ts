/** Whatever an ERP does instead of describing itself is a finding, and never more. */
import { createServer, type RequestListener, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import type { Description, Io } from "../ports/adapter.ts";
import { checkDrift } from "./check.ts";

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = undefined;
});

const file = new URL("../erp/habilog/wsdl/PortailLocataire.wsdl", import.meta.url);
const io: Io = {
  landlord: "cedre",
  limit: (_signal, job) => job(),
  log: () => {},
  now: () => new Date(),
};

async function look(answer: RequestListener, kind: Description["kind"] = "wsdl") {
  server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return lookAt(`http://127.0.0.1:${port}/portail?wsdl`, kind);
}

async function lookAt(url: string | null, kind: Description["kind"] = "wsdl") {
  const live = () => url && { url, headers: { "x-key": "K" } };
  const copy = kind === "wsdl" ? file : new URL("../erp/syndeo/openapi.yaml", import.meta.url);
  const description: Description = {
    kind,
    file: copy,
    uses: {},
    live: live as Description["live"],
  };
  const { drift } = await checkDrift({ description }, {}, io, AbortSignal.timeout(10_000));
  return drift.comparable ? drift : [drift.obstacle, drift.because];
}

const says =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

test("the same description has no differences, whoever serves its imports", async () => {
  const drift = await look(async (request, response) => {
    const name = request.url!.endsWith(".xsd") ? "PortailLocataire.xsd" : "PortailLocataire.wsdl";
    response.end(await readFile(new URL(name, file)));
  });
  expect(drift).toEqual({ comparable: true, differences: [], further: 0 });
});

const bomb = `<!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>`;
const elsewhere = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><import location="http://169.254.169.254/x.wsdl"/></definitions>`;
test.each<[string, RequestListener, string, RegExp]>([
  ["a login page", says(200, "<!doctype html><p>Canary"), "UNREADABLE", /DOCTYPE/],
  ["a DOCTYPE", says(200, bomb), "UNREADABLE", /DOCTYPE/],
  ["another XML file", says(200, "<canary/>"), "UNREADABLE", /no WSDL/],
  ["nothing", says(200, ""), "UNREADABLE", /empty/],
  ["too much", says(200, "x".repeat(5_000_000)), "UNREADABLE", /more than/],
  [
    "a redirect",
    says(302, "", { location: "http://127.0.0.1:1/" }),
    "MISPLACED",
    /302.*not followed/,
  ],
  ["no such page", says(404, "Canary"), "MISPLACED", /404/],
  ["a refusal", says(401, "Canary"), "REFUSED", /401/],
  ["a failure", says(503, "Canary"), "UNREACHABLE", /503/],
  ["a cut connection", (request) => request.destroy(), "UNREACHABLE", /no answer/],
  ["an import from another host", says(200, elsewhere), "ELSEWHERE", /another host/],
])("%s cannot be compared", async (_what, answer, obstacle, because) => {
  const found = await look(answer);
  expect(found).toEqual([obstacle, expect.stringMatching(because)]);
  expect(JSON.stringify(found)).not.toMatch(/canary/i);
});

const deep = (open: string, times: number) => open.repeat(times);
const types = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const next = { $ref: `#/definitions/T${index + 1}` };
      const properties = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, next]));
      return [`T${index}`, index === count - 1 ? {} : { properties }];
    }),
  );
const schema = { $ref: "#/definitions/T0" };
const swagger = (definitions: object) =>
  JSON.stringify({
    swagger: "2.0",
    paths: { "/a": { get: { responses: { 200: { schema } } } } },
    definitions,
  });
test.each<[string, string]>([
  ["a page", "<html>"],
  ["lists in lists", deep("[", 100_000)],
  ["lists in lists of YAML", `a: ${deep("[", 20_000)}`],
  [
    "aliases of aliases",
    `a: &a [x,x]\nb: &b [${deep("*a,", 99)}]\nc: &c [${deep("*b,", 99)}]\nd: [${deep("*c,", 99)}]`,
  ],
  ["types of types", swagger(types(30))],
  ["a reference to itself", swagger({ T0: { $ref: "#/definitions/T0" } })],
  ["a reference to another file", swagger({ T0: { $ref: "file:///etc/passwd" } })],
  ["something else", `{"openapi":"9"}`],
])("%s instead of OpenAPI cannot be compared", async (_what, body) => {
  expect(await look(says(200, body), "openapi")).toEqual(["UNREADABLE", expect.any(String)]);
});

test("an ERP that shows nothing, or is not there, cannot be compared", async () => {
  expect(await lookAt(null)).toEqual(["NONE", expect.any(String)]);
  expect(await lookAt("http://127.0.0.1:1/?wsdl")).toEqual(["UNREACHABLE", expect.any(String)]);
  const { drift } = await checkDrift({}, {}, io, AbortSignal.timeout(10_000));
  expect(drift).toMatchObject({ comparable: false, obstacle: "NONE" });
});
