/** Nothing personal comes out of a recording, however it is written; and the check of it can fail. */
import { describe, expect, test } from "vitest";
import type { RawExchange } from "../ports/adapter.ts";
import { scrub, type Heard, type KeptExchange } from "./exchanges.ts";
import { isIban, withCheckDigits } from "./iban.ts";

const people = 60;
const surnames = [
  "Müller",
  "Léger",
  "Œuvrard",
  "D'Hérouville",
  "Nguyễn",
  "Çelik",
  "Lefèvre",
  "Vandœuvre",
];
const letters = (n: number) =>
  Array.from(String(n + 10), (digit) => "bdfklmnprs"[Number(digit)]).join("");
const pad = (n: number, length: number) => String(n).padStart(length, "0");

interface Person {
  readonly surname: string;
  readonly givenName: string;
  readonly email: string;
  readonly iban: string;
  readonly phone: string;
  readonly phoneWritten: string;
  readonly birthDate: string;
  readonly birthWritten: string;
  readonly street: string;
  readonly key: string;
  readonly note: string;
}

/** Ten values each: six hundred in all. */
const planted: Person[] = Array.from({ length: people }, (_, n) => {
  const surname = `${surnames[n % surnames.length]!}${letters(n)}`;
  const givenName = `Élodie${letters(n + 200)}`;
  const number = pad(10_203_040 + n * 7919, 8);
  const year = 1940 + (n % 70);
  const [month, day] = [pad(1 + (n % 12), 2), pad(1 + (n % 28), 2)];
  return {
    surname,
    givenName,
    email: `${givenName.normalize("NFD").replace(/\p{M}/gu, "")}.${letters(n)}${n}@orange.fr`,
    iban: withCheckDigits("FR", `30004${pad(n, 5)}${pad(77_000_000 + n * 31, 11)}00`),
    phone: `+336${number}`,
    phoneWritten: `06 ${number.replace(/(..)(?=.)/g, n % 2 ? "$1 " : "$1.")}`,
    birthDate: `${year}-${month}-${day}`,
    birthWritten: `${day}/${month}/${year}`,
    street: `${n + 11} rue ${letters(n + 400)}ière`,
    key: `T${pad(4_100_200 + n * 37, 7)}`,
    note: `Voisine de Mme ${surname}, joindre au 01.45.${pad(n, 2)}.67.${pad(n, 2)}`,
  };
});

const utf8 = (text: string) => Buffer.from(text);
const latin1 = (text: string) => Buffer.from(text, "latin1");
const numeric = (text: string) =>
  text.replace(/\P{ASCII}/gu, (sign) => `&#x${sign.codePointAt(0)!.toString(16)};`);
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
/** latin-1 has no œ and no ễ. */
const plainer = (text: string) =>
  text.replaceAll("œ", "o").replaceAll("Œ", "O").replaceAll("ễ", "e");

const xmlOf = ({
  surname,
  givenName,
  email,
  iban,
  phoneWritten,
  birthWritten,
  street,
  key,
  note,
}: Person) =>
  `<Tiers cle="${key}" courriel="${email}"><Nom>${escaped(surname)}</Nom><Prenom><![CDATA[${givenName}]]></Prenom><Tel>${phoneWritten}</Tel><Ne>${birthWritten}</Ne><Voie>${street}</Voie><Rib>${iban.replace(/(.{4})/g, "$1 ").trim()}</Rib><Divers>${escaped(note)}</Divers><!-- ${surname} --><Solde>1 234,56</Solde></Tiers>`;
const envelope = (inside: string, encoding = "UTF-8") =>
  `<?xml version="1.0" encoding="${encoding}"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><LireResponse>${inside}</LireResponse></s:Body></s:Envelope>`;
const jsonOf = (person: Person) => ({
  [person.key]: {
    nom: person.surname,
    prenoms: [person.givenName],
    mail: person.email,
    tel: person.phone,
  },
  iban: person.iban,
  neLe: person.birthDate,
  commentaire: person.note,
  adresse: { voie: person.street },
  numero: Number(person.key.slice(1)),
  solde: 1234.56,
});

const base: Omit<RawExchange, "body"> = {
  method: "GET",
  url: "https://erp.example:8443/api/tiers",
  requestHeaders: { authorization: "Bearer s3cret-token", cookie: "sid=s3cret-token" },
  requestBody: Buffer.alloc(0),
  status: 200,
  headers: { "content-type": "text/xml", "set-cookie": "sid=s3cret-token" },
};
const answered = (
  body: Uint8Array,
  type: string,
  more: Partial<RawExchange> = {},
): RawExchange => ({
  ...base,
  headers: { ...base.headers, "content-type": type },
  ...more,
  body,
});

const exchangesOf = (person: Person, n: number): RawExchange[] => {
  const xml = xmlOf(person);
  const json = JSON.stringify(jsonOf(person));
  const query = new URLSearchParams({
    q: person.surname,
    mail: person.email,
    ne: person.birthDate,
  });
  const kinds: (() => RawExchange)[] = [
    () => answered(utf8(envelope(xml)), "text/xml"),
    () => answered(latin1(plainer(envelope(xml, "ISO-8859-1"))), "text/xml; charset=utf-8"),
    () => answered(utf8(envelope(`<Flux>${escaped(xml)}</Flux>`)), "text/xml"),
    () =>
      answered(
        utf8(
          envelope(
            `<Flux><![CDATA[${xml.replaceAll("]]>", "]] >").replace("<![CDATA[", "")}]]></Flux>`,
          ),
        ),
        "text/xml",
      ),
    () => answered(utf8(envelope(numeric(xml))), "text/xml"),
    () => answered(Buffer.from(`\ufeff${envelope(xml, "UTF-16")}`, "utf16le"), "text/xml"),
    () => answered(utf8(json), "application/json"),
    () =>
      answered(
        utf8(
          json
            .replace(
              /\P{ASCII}/gu,
              (sign) =>
                `\\u${pad(0, 4 - sign.charCodeAt(0).toString(16).length)}${sign.charCodeAt(0).toString(16)}`,
            )
            .replaceAll("\\u0u", "\\u"),
        ),
        "application/json",
      ),
    () => answered(utf8(JSON.stringify({ flux: json, xml })), "application/json"),
    () => answered(utf8(`Erreur pour ${person.surname} (${person.email})`), "text/plain"),
    () =>
      answered(utf8("[]"), "application/json", {
        url: `https://erp.example:8443/api/tiers/${person.key}/comptes?${query.toString()}`,
      }),
    () =>
      answered(utf8("{}"), "application/json", {
        method: "POST",
        requestHeaders: { "content-type": "application/x-www-form-urlencoded" },
        requestBody: utf8(query.toString()),
      }),
    () =>
      answered(
        utf8(
          `--b\r\ncontent-type: application/xop+xml\r\n\r\n${envelope(xml)}\r\n--b\r\ncontent-type: application/pdf\r\ncontent-disposition: attachment; filename="${person.surname}.pdf"\r\n\r\n%PDF-1.4 ${person.note}\r\n--b--\r\n`,
        ),
        'multipart/related; boundary="b"',
      ),
    () =>
      answered(
        utf8(
          JSON.stringify({
            contenu: utf8(`%PDF-1.4 ${person.note} ${person.iban} ${"x".repeat(600)}`).toString(
              "base64",
            ),
          }),
        ),
        "application/json",
      ),
  ];
  return [kinds[n % kinds.length]!(), kinds[(n * 5 + 3) % kinds.length]!()];
};

/** The ports know half of the people: the others only stand in what the ERP sent along. */
const heard: Heard = {
  exchanges: planted.flatMap(exchangesOf),
  answers: planted
    .slice(0, people / 2)
    .map(({ surname, givenName, email, iban, birthDate, key }) => ({
      key,
      surname,
      givenName,
      email,
      iban,
      birthDate,
    })),
  material: { persons: planted.slice(0, 3).map(({ key }) => key) },
  vocabulary: new Set(["api", "tiers", "comptes"]),
  phrases: [],
  secrets: ["s3cret-token"],
};

const bytesOf = ({
  path,
  headers,
  requestHeaders,
  requestBody,
  body,
}: Omit<KeptExchange, "method" | "status">) =>
  Buffer.concat([Buffer.from(JSON.stringify([path, headers, requestHeaders])), requestBody, body]);

/** All ways in which a value may be written, as one sign for each byte. */
function waysOf(value: string): string[] {
  const numbers = (form: (code: number) => string) =>
    value.replace(/\P{ASCII}/gu, (sign) => form(sign.charCodeAt(0)));
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), utf8(value)])
      .toString("base64")
      .slice(shift ? 4 : 0)
      .replace(/.{0,2}=*$/, ""),
  );
  return [
    utf8(value),
    latin1(plainer(value)),
    Buffer.from(value, "utf16le"),
    Buffer.from(value, "utf16le").swap16(),
    ...[
      encodeURIComponent(value),
      new URLSearchParams({ v: value }).toString().slice(2),
      escaped(value),
    ].map(utf8),
    utf8(numbers((code) => `&#${code};`)),
    utf8(numbers((code) => `&#x${code.toString(16)};`)),
    utf8(numbers((code) => `\\u${pad(0, 0)}${code.toString(16).padStart(4, "0")}`)),
    ...base64.filter((text) => text.length > 7).map(utf8),
  ].map((bytes) => bytes.toString("latin1").toLowerCase());
}

/** Which of the planted values stand in there. */
function foundIn(outputs: readonly Buffer[]): string[] {
  const all = outputs.map((bytes) => bytes.toString("latin1").toLowerCase()).join("\n");
  return planted
    .flatMap(
      (person) =>
        [
          ...Object.values(person),
          person.iban.replace(/(.{4})/g, "$1 ").trim(),
          person.key.slice(1),
          person.phone.slice(3),
          person.birthDate.replaceAll("-", ""),
        ] as string[],
    )
    .filter((value) => waysOf(value).some((way) => all.includes(way)));
}

const raw = heard.exchanges.map(({ url, requestHeaders, headers, requestBody, body }) =>
  bytesOf({
    path: url,
    requestHeaders,
    headers,
    requestBody: Buffer.from(requestBody),
    body: Buffer.from(body),
  }),
);

describe("a recording", () => {
  const kept = scrub(heard);

  test("holds none of six hundred personal values, in whatever encoding", () => {
    expect(kept.exchanges.length).toBe(people * 2);
    expect(foundIn(kept.exchanges.map(bytesOf))).toEqual([]);
  });

  test("would be found out: without scrubbing the same look finds them", () => {
    const found = new Set(foundIn(raw));
    expect(planted.filter(({ surname }) => found.has(surname)).length).toBeGreaterThan(
      people * 0.9,
    );
    expect(planted.filter(({ iban }) => found.has(iban)).length).toBeGreaterThan(people / 4);
  });

  test("holds no secret and no cookie", () => {
    expect(kept.exchanges.map((one) => bytesOf(one).toString("latin1")).join()).not.toMatch(
      /s3cret|cookie|authorization/i,
    );
  });

  test("keeps what is nobody's: amounts, names of fields, addresses of the ERP", () => {
    const all = kept.exchanges.map((one) => bytesOf(one).toString("latin1")).join("\n");
    expect(all).toContain("<Solde>1 234,56</Solde>");
    expect(all).toContain('"solde":1234.56');
    expect(all).toContain("/api/tiers/");
  });
});

describe("the same value becomes the same replacement, of the same form", () => {
  const person = planted[0]!;
  const bodyOf = (exchange: RawExchange, ports: readonly unknown[] = []) =>
    scrub({ ...heard, exchanges: [exchange], answers: ports }).exchanges[0]!;

  test("in XML, JSON and the path alike", () => {
    const { path, body } = bodyOf(
      answered(
        utf8(
          JSON.stringify({
            a: person.key,
            b: `<k>${person.key}</k>`,
            c: `M. ${person.surname.toUpperCase()}`,
            d: person.surname,
          }),
        ),
        "application/json",
        {
          url: `https://erp.example:8443/api/tiers/${person.key}`,
        },
      ),
    );
    const { a, b, c, d } = JSON.parse(body.toString()) as Record<string, string>;
    expect(a).toMatch(/^T\d{7}$/);
    expect([b, path]).toEqual([`<k>${a}</k>`, `/api/tiers/${a}`]);
    expect(c!.slice(3)).toBe(d!.toUpperCase());
    expect(d!.length).toBe(person.surname.length);
  });

  test("an IBAN stays valid, a day a day, a phone number a phone number", () => {
    const { body } = bodyOf(
      answered(
        utf8(
          JSON.stringify({
            rib: person.iban,
            dateNaissance: person.birthWritten,
            tel: "06 12 34 56 78",
            mobile: "+33612345678",
          }),
        ),
        "application/json",
      ),
    );
    const { rib, dateNaissance, tel, mobile } = JSON.parse(body.toString()) as Record<
      string,
      string
    >;
    expect(isIban(rib!)).toBe(true);
    expect(dateNaissance).toMatch(/^(0[1-9]|1\d|2[0-8])\/(0[1-9]|1[0-2])\/19\d\d$/);
    expect(tel).toMatch(/^06( \d\d){4}$/);
    expect(mobile).toBe(`+33${tel!.replaceAll(" ", "").slice(1)}`);
  });

  test("in latin-1 it is written in latin-1 again", () => {
    const { body } = bodyOf(
      answered(latin1(envelope("<Nom>Léger</Nom>", "ISO-8859-1")), "text/xml; charset=utf-8"),
    );
    expect(body.toString("latin1")).toMatch(/<Nom>[A-Z][àâéèêëîïôùûü][a-z]{3}<\/Nom>/);
  });
});

test("an exchange in which something personal would stay is left out, and counted", () => {
  // A name that the ports know, as the name of a field: names of fields are kept.
  const exchange = answered(utf8(JSON.stringify({ Vandermeersch: "1" })), "application/json");
  const known = {
    ...heard,
    exchanges: [exchange, heard.exchanges[0]!],
    answers: [{ surname: "Meersch" }],
  };
  expect(scrub(known)).toMatchObject({ leftOut: 1, exchanges: [{}] });
});
