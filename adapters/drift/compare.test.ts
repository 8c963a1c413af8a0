import { expect, test } from "vitest";
import { compare } from "./compare.ts";
import { parseDescription } from "./parse.ts";

const at = new URL("http://erp.example/portail/");

/** The WSDL of one operation, in whatever words. */
interface Words {
  request?: string;
  answer?: string;
  types?: string;
  action?: string;
  address?: string;
  more?: string;
}

const wsdl = ({ request, answer, types = "", action = "urn:lire", address, more = "" }: Words) => `
<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
  <w:types><xs:schema targetNamespace="urn:t" elementFormDefault="qualified">
    <xs:element name="Lire"><xs:complexType><xs:sequence>
      ${request ?? `<xs:element name="Numero" type="xs:string"/><xs:element name="Mode" type="t:Mode" minOccurs="0"/>`}
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="LireResponse"><xs:complexType><xs:sequence>
      ${answer ?? `<xs:element name="Solde" type="xs:decimal"/><xs:element name="Ligne" type="t:Ligne" minOccurs="0" maxOccurs="unbounded"/>`}
    </xs:sequence></xs:complexType></xs:element>
    <xs:simpleType name="Mode"><xs:restriction base="xs:string">
      <xs:enumeration value="A"/><xs:enumeration value="B"/></xs:restriction></xs:simpleType>
    <xs:complexType name="Ligne"><xs:sequence>
      <xs:element name="Libelle" type="xs:string"/><xs:element name="Suite" type="t:Ligne" minOccurs="0"/>
    </xs:sequence></xs:complexType>
    ${types}
  </xs:schema></w:types>
  <w:message name="In"><w:part name="p" element="t:Lire"/></w:message>
  <w:message name="Out"><w:part name="p" element="t:LireResponse"/></w:message>
  <w:portType name="P"><w:operation name="Lire"><w:input message="t:In"/><w:output message="t:Out"/></w:operation>${more}</w:portType>
  <w:binding name="B" type="t:P"><s:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <w:operation name="Lire"><s:operation soapAction="${action}"/><w:input><s:body use="literal"/></w:input></w:operation>${more}
  </w:binding>
  <w:service name="S"><w:port name="P" binding="t:B"><s:address location="${address ?? "http://a/portail"}"/></w:port></w:service>
</w:definitions>`;

const differencesOf = async (
  kind: "wsdl" | "openapi",
  [before, after]: readonly [string, string],
  uses: Record<string, string[]> = { Lire: ["balances"] },
) => {
  const read = (text: string) => parseDescription(kind, at, async () => text);
  const found = compare(await read(before), await read(after), { uses, partial: false });
  return found.map(({ operation, part, field, change, severity, ports }) =>
    [severity, operation ?? "*", part, field, change, ports.join()].join(" | "),
  );
};
const ofWsdl = (after: Words) => differencesOf("wsdl", [wsdl({}), wsdl(after)]);

const number = `<xs:element name="Numero" type="xs:string"/>`;
const mode = `<xs:element name="Mode" type="t:Mode" minOccurs="0"/>`;
const balance = `<xs:element name="Solde" type="xs:decimal"/>`;

test.each<[string, Words, string[]]>([
  ["nothing", {}, []],
  [
    "order, prefixes of an unused type, documentation and a folder in front",
    {
      request: `<xs:annotation><xs:documentation>Le numéro</xs:documentation></xs:annotation>${mode}${number}`,
      address: "https://elsewhere/rp/portail/",
    },
    [],
  ],
  [
    "a field that must be sent, and one that may be",
    {
      request: `${number}${mode}<xs:element name="Base" type="xs:string"/><xs:element name="Page" type="xs:int" minOccurs="0"/>`,
    },
    [
      "BREAKING | Lire | REQUEST | Base | is new, and must be sent | balances",
      "COMPATIBLE | Lire | REQUEST | Page | is new | balances",
    ],
  ],
  [
    "fields of the answer that come and go, each told once",
    {
      answer: `${balance}<xs:element name="Date" type="xs:date"/>`,
    },
    [
      "BREAKING | Lire | ANSWER | Ligne | is gone | balances",
      "COMPATIBLE | Lire | ANSWER | Date | is new | balances",
    ],
  ],
  [
    "types, lists and whether something is there",
    {
      request: `${number}<xs:element name="Mode" type="t:Mode"/>`,
      answer: `<xs:element name="Solde" type="xs:string" minOccurs="0" nillable="true"/><xs:element name="Ligne" type="t:Ligne" minOccurs="0"/>`,
    },
    [
      "BREAKING | Lire | REQUEST | Mode | must be there now | balances",
      "BREAKING | Lire | ANSWER | Solde | was decimal, is string | balances",
      "BREAKING | Lire | ANSWER | Solde | may be left out now | balances",
      "BREAKING | Lire | ANSWER | Solde | may be null now | balances",
      "BREAKING | Lire | ANSWER | Ligne | was a list, comes once now | balances",
    ],
  ],
  [
    "the values that a request may have",
    {
      request: `${number}<xs:element name="Mode" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="B"/><xs:enumeration value="C"/></xs:restriction></xs:simpleType></xs:element>`,
    },
    [
      'BREAKING | Lire | REQUEST | Mode | may not be "A" any more | balances',
      'COMPATIBLE | Lire | REQUEST | Mode | may be "C" now | balances',
    ],
  ],
  [
    "the action",
    { action: "urn:read" },
    ["BREAKING | Lire | OPERATION |  | SOAP 1.1 action: was urn:lire, is urn:read | balances"],
  ],
  [
    "the address",
    { address: "http://a/v2/services" },
    ["BREAKING | * | OPERATION |  | its address was /portail, is /v2/services | balances"],
  ],
  [
    "operations",
    { more: `<w:operation name="Clore"/>` },
    ["COMPATIBLE | Clore | OPERATION |  | is new | "],
  ],
])("of a WSDL it tells %s", async (_what, after, told) => {
  expect(await ofWsdl(after)).toEqual(told);
});

test("an operation that is gone is told with all that hangs on it", async () => {
  const both = [wsdl({ more: `<w:operation name="Clore"/>` }), wsdl({})] as const;
  expect(
    await differencesOf("wsdl", both, { Clore: ["*"], Lire: ["balances", "payments"] }),
  ).toEqual(["BREAKING | Clore | OPERATION |  | is gone | balances,payments"]);
});

test("schemas may be imported or not", async () => {
  const inline = wsdl({});
  const [, schema] = /<w:types>([\s\S]*)<\/w:types>/.exec(inline)!;
  const own = schema!.replace(
    "<xs:schema",
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t"',
  );
  const importing = inline.replace(
    schema!,
    '<xs:schema><xs:import namespace="urn:t" schemaLocation="x/t.xsd"/></xs:schema>',
  );
  const apart = await parseDescription("wsdl", at, async ({ href }) =>
    href.endsWith("/portail/x/t.xsd") ? own : importing,
  );
  const one = await parseDescription("wsdl", at, async () => inline);
  expect(apart).toEqual(one);
  expect([...one.operations.get("Lire")!.answer.keys()]).toContain("Ligne.Suite");
});

test("of an rpc call it tells the order of the parts", async () => {
  const rpc = (parts: string) => `
    <definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:x="http://www.w3.org/2001/XMLSchema">
      <message name="I">${parts}</message><message name="O"/>
      <portType name="P"><operation name="lire"><input message="I"/><output message="O"/></operation></portType>
      <binding name="B" type="P"><s:binding style="rpc"/><operation name="lire"><s:operation soapAction="a"/><input><s:body use="encoded" namespace="n"/></input></operation></binding>
    </definitions>`;
  const [a, b] = [`<part name="a" type="x:string"/>`, `<part name="b" type="x:string"/>`];
  expect(await differencesOf("wsdl", [rpc(a + b), rpc(b + a)], { lire: ["persons"] })).toEqual([
    "BREAKING | lire | OPERATION |  | parts of the request: was a, b, is b, a | persons",
  ]);
});

const openapi = (paths: object, more: object = {}) =>
  JSON.stringify({ openapi: "3.0.3", paths, ...more });
const operationWith = (schema: object, parameters: object[] = []) => ({
  parameters,
  responses: { 200: { description: "", content: { "application/json": { schema } } } },
});
const object = (properties: object, required: string[] = []) => ({
  type: "object",
  required,
  properties,
});
const text = { type: "string" };

test.each<[string, [object, object], string[]]>([
  [
    "nothing where only a parameter of the path has another name",
    [
      {
        "/c/{id}": {
          get: operationWith(text, [{ name: "id", in: "path", required: true, schema: text }]),
        },
      },
      {
        "/c/{key}/": {
          get: operationWith(text, [{ name: "key", in: "path", required: true, schema: text }]),
        },
      },
    ],
    [],
  ],
  [
    "parameters and fields",
    [
      { "/c": { get: operationWith(object({ a: text, b: text }, ["a"])) } },
      {
        "/c": {
          get: operationWith(object({ a: { ...text, nullable: true }, c: text }, ["a"]), [
            {
              name: "since",
              in: "query",
              required: true,
              schema: { type: "string", format: "date" },
            },
          ]),
        },
      },
    ],
    [
      "BREAKING | GET /c | REQUEST | query since | is new, and must be sent | balances",
      "BREAKING | GET /c | ANSWER | 200 body.a | may be null now | balances",
      "BREAKING | GET /c | ANSWER | 200 body.b | is gone | balances",
      "COMPATIBLE | GET /c | ANSWER | 200 body.c | is new | balances",
    ],
  ],
  [
    "a method that is another, and what answers may be",
    [
      { "/c": { put: operationWith({ oneOf: [object({ a: text }), object({ b: text })] }) } },
      { "/c": { patch: operationWith(text) } },
    ],
    [
      "BREAKING | PUT /c | OPERATION |  | is gone | ",
      "COMPATIBLE | PATCH /c | OPERATION |  | is new | ",
    ],
  ],
])("of an OpenAPI file it tells %s", async (_what, [before, after], told) => {
  const uses = { "GET /c": ["balances"], "GET /c/{id}": ["contracts"] };
  expect(await differencesOf("openapi", [openapi(before), openapi(after)], uses)).toEqual(told);
});

test("credentials and the form of what is sent are told", async () => {
  const withBody = (types: string[], key: string) =>
    openapi(
      {
        "/c": {
          post: {
            requestBody: {
              content: Object.fromEntries(types.map((type) => [type, { schema: text }])),
            },
          },
        },
      },
      {
        security: [{ key: [] }],
        components: { securitySchemes: { key: { type: "apiKey", in: "header", name: key } } },
      },
    );
  const before = withBody(["application/json", "text/plain"], "X-Key");
  const after = withBody(["application/json"], "X-Token");
  expect(await differencesOf("openapi", [before, after], {})).toEqual([
    "BREAKING | POST /c | OPERATION |  | credentials: was apiKey X-Key in header, is apiKey X-Token in header | ",
    "BREAKING | POST /c | REQUEST | body as text/plain | is gone | ",
  ]);
});

test("Swagger 2.0 is read as well, and YAML", async () => {
  const yaml = `
swagger: "2.0"
basePath: /api
paths:
  /t:
    post:
      parameters:
        - { name: body, in: body, required: true, schema: { $ref: "#/definitions/T" } }
      responses: { "200": { description: ok, schema: { type: array, items: { $ref: "#/definitions/T" } } } }
definitions:
  T: { type: object, required: [a], properties: { a: { type: integer }, t: { $ref: "#/definitions/T" } } }
`;
  const { base, operations } = await parseDescription("openapi", at, async () => yaml);
  const { request, answer } = operations.get("POST /t")!;
  expect(base).toBe("/api");
  expect([...request].map(([path, { type, required }]) => [path, type, required])).toEqual([
    ["body", "object", true],
    ["body.a", "integer", true],
    ["body.t", "object", false],
  ]);
  expect(answer.get("200 body")).toMatchObject({ repeated: true, type: "object" });
});
