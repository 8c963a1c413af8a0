import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { ConfigurationError } from "./configuration-error.ts";
import { readDocument } from "./landlord-file/document.ts";
import { readLandlords } from "./landlords.ts";

const products = ["beauceron", "pavois"];
const environment = { BRIE_SECRET: "s3cret-value", BRIE_HOST: "erp.brie.example" };

function settingsOf(product: string) {
  if (!products.includes(product)) return undefined;
  const schema = z.strictObject({
    baseUrl: z.url(),
    clientSecret: z.string().min(8),
    retries: z.int().min(0).max(5).default(2),
    modules: z.array(z.string()).default([]),
  });
  return { schema, secrets: ["clientSecret"] };
}

const brie = `id: brie
name: Habitat de Brie
kind: SOCIAL
hosts: [brie.localhost]
timeZone: Europe/Paris
brand: { colour: "#0a5ca8", website: "https://www.brie.example" }
contacts:
  - role: { fr: Accueil, en: Desk }
    phone: "+33199000001"
mail: { senderName: Habitat de Brie, senderAddress: noreply@brie.example }
registration:
  fields:
    - { name: reference, label: { fr: Référence, en: Reference }, example: L/123456 }
    - { name: email, label: { fr: E-mail, en: E-mail } }
    - { name: password, label: { fr: Mot de passe, en: Password } }
  reference:
    clean:
      - { pattern: "^L/?", replacement: "" }
    accepts:
      - { kind: CUSTOMER, pattern: '^\\d{6}$' }
  confirmationHours: 24
password: { minLength: 8, minDigits: 2 }
directDebit:
  days: [5, 10]
erp:
  product: beauceron
  concurrency: 2
  deadlineMs: 5000
  settings:
    baseUrl: https://\${BRIE_HOST}/v2
    clientSecret: { env: BRIE_SECRET }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "landlords-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The text with one piece replaced; fails when the piece is not there. */
function change(from: string, to: string, text = brie): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

function read(files: Record<string, string>, variables: Record<string, string> = environment) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return readLandlords(folder, variables, settingsOf, products);
}

/** The file of another landlord, with variables of its own. */
const fileOf = (id: string) =>
  change("id: brie", `id: ${id}`)
    .replace("brie.localhost", `${id}.localhost`)
    .replaceAll("BRIE_", `${id.replaceAll("-", "_").toUpperCase()}_`);

/** What is wrong with the files, one line each, without the folder's name. */
function faultsOf(files: Record<string, string>, variables?: Record<string, string>): string[] {
  try {
    read(files, variables);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message.replaceAll(`${folder}/`, "").split("\n");
  }
  throw new Error("No fault was found.");
}

const faultsIn = (text: string, variables?: Record<string, string>) =>
  faultsOf({ "brie.yaml": text }, variables);

describe("a good file", () => {
  test("gives the landlord, with defaults, and the settings, with the secret resolved", () => {
    const [file] = read({ "brie.yaml": brie });
    expect(file?.landlord).toMatchObject({ id: "brie", session: { hours: 12 }, documents: [] });
    expect(file?.settings).toEqual({
      baseUrl: "https://erp.brie.example/v2",
      clientSecret: "s3cret-value",
      retries: 2,
      modules: [],
    });
    expect(basename(file?.file ?? "")).toBe("brie.yaml");
  });

  test("keeps the secret out of the landlord", () => {
    const [file] = read({ "brie.yaml": brie });
    expect(JSON.stringify(file?.landlord)).not.toContain("s3cret-value");
  });

  test("takes the default of a variable that is not set or empty, and the variable otherwise", () => {
    const text = change("${BRIE_HOST}", "${BRIE_OTHER:-localhost:4102}");
    const baseUrl = (variables: Record<string, string>) =>
      z
        .object({ baseUrl: z.string() })
        .parse(read({ "brie.yaml": text }, { ...environment, ...variables })[0]?.settings).baseUrl;
    expect(baseUrl({})).toBe("https://localhost:4102/v2");
    expect(baseUrl({ BRIE_OTHER: "" })).toBe("https://localhost:4102/v2");
    expect(baseUrl({ BRIE_OTHER: "10.0.0.1" })).toBe("https://10.0.0.1/v2");
  });

  test("may hold variables inside lists", () => {
    const text = `${brie}    modules: [core, "\${BRIE_HOST}"]\n`;
    expect(read({ "brie.yaml": text })[0]?.settings).toMatchObject({
      modules: ["core", "erp.brie.example"],
    });
  });
});

describe("faults of shape", () => {
  test("a word for a number is told with its line, field and limits", () => {
    expect(faultsIn(change("Hours: 24", "Hours: a day"))).toEqual([
      'brie.yaml:21  registration.confirmationHours  expected a whole number from 1 to 168, found "a day"',
    ]);
  });

  test("a rule for a port that does not exist is told with its line and what it may have meant", () => {
    const text = change("  settings:", "  keep:\n    balance: { staleSeconds: 60 }\n  settings:");
    expect(faultsIn(text).join()).toMatch(
      /^brie\.yaml:30 {2}erp\.keep\.balance {2}expected one of .*, found "balance"; did you mean "balances"\?$/,
    );
  });

  test("what an ERP bears may be told in part: the rest is as for everybody", () => {
    const text = change(
      "  settings:",
      '  breaker: { pauseMs: 500 }\n  closed: { from: "22:00", to: "05:00" }\n  settings:',
    );
    expect(read({ "brie.yaml": text })[0]?.landlord.erp).toMatchObject({
      breaker: { pauseMs: 500, leastCalls: 10 },
      closed: { reads: "refuse" },
      keep: {},
    });
  });

  test("three faults in one file give three lines, in the order of the file", () => {
    const text = change("kind: SOCIAL", "kind: PUBLIC");
    const worse = change(
      "[5, 10]",
      "\n    - 5\n    - 31",
      change("concurrency: 2", "concurrency: 0", text),
    );
    expect(faultsIn(worse)).toEqual([
      'brie.yaml:3  kind  expected one of SOCIAL, COOPERATIVE, PRIVATE, found "PUBLIC"',
      "brie.yaml:26  directDebit.days[1]  expected a whole number from 1 to 28, found 31",
      "brie.yaml:29  erp.concurrency  expected a whole number from 1 to 100, found 0",
    ]);
  });

  test("a missing value is told at the line of what should hold it", () => {
    expect(faultsIn(change(", senderAddress: noreply@brie.example", ""))).toEqual([
      "brie.yaml:10  mail.senderAddress  expected an e-mail address, found nothing",
    ]);
    expect(faultsIn(change("timeZone: Europe/Paris\n", ""))).toEqual([
      "brie.yaml:1  timeZone  expected text, found nothing",
    ]);
  });

  test("an unknown key is told at its own line, with the nearest known one", () => {
    expect(
      faultsIn(change("  confirmationHours:", "  confirmHours: 3\n  confirmationHours:")),
    ).toEqual([
      'brie.yaml:21  registration.confirmHours  expected one of fields, reference, firstConnection, consents, confirmationHours, found "confirmHours"',
    ]);
    expect(faultsIn(change("name: Habitat", "nmae: x\nname: Habitat"))[0]).toMatch(
      /^brie\.yaml:2 {2}nmae {2}expected one of .*, found "nmae"; did you mean "name"\?$/,
    );
  });

  test.each([
    ['"#0a5ca8"', "blue", 'brand.colour  expected a colour like #0a5ca8, found "blue"'],
    [
      "brie.localhost",
      "brie host",
      'hosts[0]  expected a host name, like portal.example.org, found "brie host"',
    ],
    [
      "Europe/Paris",
      "Paris",
      'timeZone  expected an IANA time zone, like Europe/Paris, found "Paris"',
    ],
    [
      '"+33199000001"',
      "+33199000001",
      "contacts[0].phone  expected text between quotes, found 33199000001",
    ],
    [
      '"^L/?"',
      '"^(L/?"',
      'registration.reference.clean[0].pattern  expected a regular expression, found "^(L/?"',
    ],
    ["[5, 10]", "5", "directDebit.days  expected a list, found 5"],
    ["name: Habitat de Brie\n", 'name: ""\n', 'name  expected text that is not empty, found ""'],
  ])("%s written as %s", (from, to, fault) => {
    expect(faultsIn(change(from, to))).toEqual([expect.stringMatching(/^brie\.yaml:\d+ {2}/)]);
    expect(faultsIn(change(from, to))[0]).toContain(fault);
  });

  test("an empty file lacks everything", () => {
    expect(faultsIn("")).toEqual(["brie.yaml:1  expected keys and values, found nothing"]);
  });
});

describe("faults of the text", () => {
  test("a key given twice", () => {
    expect(faultsIn(change("kind: SOCIAL", "kind: SOCIAL\nkind: PRIVATE"))).toEqual([
      'brie.yaml:4  expected each key once, found "kind" again',
    ]);
  });

  test("what is not YAML is told with its line", () => {
    expect(faultsIn(change("[brie.localhost]", "[brie.localhost"))[0]).toMatch(
      /^brie\.yaml:5 {2}expected YAML: /,
    );
  });

  test("aliases are refused before they are followed", () => {
    const bomb = ["a: &a [x, x]", "b: &b [*a, *a]", "c: [*b, *b]"].join("\n");
    expect(faultsIn(bomb)).toContain("brie.yaml:2  expected the value itself, found the alias *a");
  });

  test("a second document is refused", () => {
    expect(faultsIn(`${brie}---\nid: other\n`)).toContain(
      "brie.yaml:32  expected one document, found a second",
    );
  });

  test("a file of very many keys is read like any other", () => {
    const keys = Array.from({ length: 20_000 }, (_each, index) => `k${index}: 1`).join("\n");
    expect(readDocument(`${keys}\nk7: 2\n`).problems).toEqual([
      { line: 20_001, expected: 'each key once, found "k7" again' },
    ]);
  });

  test("an unknown tag is refused", () => {
    expect(faultsIn(change("kind: SOCIAL", "kind: !secret SOCIAL"))[0]).toMatch(/^brie\.yaml:3 /);
  });
});

describe("faults of the ERP's settings", () => {
  test("a secret in clear is refused and not repeated", () => {
    const [fault, ...more] = faultsIn(change("{ env: BRIE_SECRET }", "hunter2hunter2"));
    expect(more).toEqual([]);
    expect(fault).toBe(
      "brie.yaml:31  erp.settings.clientSecret  expected { env: NAME_OF_A_VARIABLE }: a secret is never written in this file",
    );
  });

  test("a secret may not be spliced into a text either", () => {
    expect(faultsIn(change("{ env: BRIE_SECRET }", "${BRIE_SECRET}"))[0]).toContain(
      "a secret is never",
    );
  });

  test("a variable that is not set is named", () => {
    expect(faultsIn(brie, { BRIE_HOST: "erp.brie.example" })).toEqual([
      "brie.yaml:31  erp.settings.clientSecret  expected the environment variable BRIE_SECRET to be set",
    ]);
    expect(faultsIn(brie, { BRIE_SECRET: "s3cret-value", BRIE_HOST: "" })).toEqual([
      "brie.yaml:30  erp.settings.baseUrl  expected the environment variable BRIE_HOST to be set",
    ]);
  });

  test("a secret that the adapter refuses is told without its value", () => {
    expect(faultsIn(brie, { ...environment, BRIE_SECRET: "short" })).toEqual([
      "brie.yaml:31  erp.settings.clientSecret  expected text of 8 characters or more",
    ]);
  });

  test("a secret that is missing altogether is asked for by name of variable", () => {
    expect(faultsIn(change("    clientSecret: { env: BRIE_SECRET }\n", ""))).toEqual([
      "brie.yaml:29  erp.settings.clientSecret  expected { env: NAME_OF_A_VARIABLE }, found nothing",
    ]);
  });

  test("what the adapter's schema refuses is told as it is written, at its line", () => {
    expect(faultsIn(change("https://${BRIE_HOST}/v2", "${BRIE_HOST}"))).toEqual([
      'brie.yaml:30  erp.settings.baseUrl  expected a URL, like https://www.example.org, found "${BRIE_HOST}"',
    ]);
    expect(faultsIn(`${brie}    retrys: 3\n`)).toEqual([
      'brie.yaml:32  erp.settings.retrys  expected one of baseUrl, clientSecret, retries, modules, found "retrys"; did you mean "retries"?',
    ]);
  });

  test.each([
    ["a secret of the house", "{ env: BRIE_SECRET }", "{ env: TROUSSEAU_SECRET }"],
    ["another landlord's secret", "{ env: BRIE_SECRET }", "{ env: BEAUCE_SECRET }"],
    ["one in a text", "${BRIE_HOST}", "${BEAUCE_SECRET}"],
    ["one with a default", "${BRIE_HOST}", "a${BRIE_HOST}${BEAUCE_SECRET:-x}"],
    ["one in a list", "  settings:", "  settings:\n    modules: [core, a, '${BEAUCE_SECRET}']"],
  ])("F-07 %s is not told to this landlord's ERP", (_what, from, to) => {
    const variables = { ...environment, TROUSSEAU_SECRET: "the-house", BEAUCE_SECRET: "the-other" };
    const faults = faultsIn(change(from, to), variables);
    expect(faults).toEqual([
      expect.stringMatching(
        /^brie\.yaml:3[01] {2}erp\.settings\.\S+ {2}expected a variable of this landlord's own, whose name begins with BRIE_, found (TROUSSEAU|BEAUCE)_SECRET$/,
      ),
    ]);
  });

  test.each([
    ["payment", "payment:\n  settings:\n    key: { env: BEAUCE_KEY }\n", "payment.settings.key"],
    [
      "socialSignIn",
      "socialSignIn:\n  providers:\n    - clientId: ${BEAUCE_KEY}\n",
      "socialSignIn.providers[0].clientId",
    ],
    [
      "webhooks",
      "requests:\n  webhook:\n    secret: { env: BEAUCE_KEY }\n",
      "requests.webhook.secret",
    ],
  ])("F-07 nor is it used for %s", (_what, more, field) => {
    const faults = faultsIn(brie + more, { ...environment, BEAUCE_KEY: "k".repeat(40) });
    expect(faults.filter((fault) => fault.includes("found BEAUCE_KEY"))).toEqual([
      expect.stringContaining(`  ${field}  `),
    ]);
  });

  test("F-07 a landlord whose id begins another's reads nothing of it", () => {
    const other = fileOf("brie-est");
    const variables = { ...environment, BRIE_EST_SECRET: "s3cret-of-east", BRIE_EST_HOST: "erp" };
    expect(read({ "brie.yaml": brie, "est.yaml": other }, variables)).toHaveLength(2);
    const spying = change("{ env: BRIE_SECRET }", "{ env: BRIE_EST_SECRET }");
    expect(faultsOf({ "brie.yaml": spying, "est.yaml": other }, variables)).toEqual([
      "brie.yaml:31  erp.settings.clientSecret  expected a variable of this landlord's own, found BRIE_EST_SECRET, of brie-est",
    ]);
  });

  test.each(["trousseau", "trousseau-smtp"])("F-07 no landlord is called %s", (id) => {
    const faults = faultsIn(change("id: brie", `id: ${id}`));
    expect(faults).toContain(
      `brie.yaml:1  id  expected another id than the house's own name, found "${id}"`,
    );
  });

  test("a variable that is written wrongly is refused", () => {
    expect(faultsIn(change("${BRIE_HOST}", "${BRIE-HOST}"))[0]).toContain(
      'erp.settings.baseUrl  expected ${NAME} or ${NAME:-default}, found "${BRIE-HOST}"',
    );
    expect(faultsIn(change("${BRIE_HOST}/v2", "${BRIE_HOST"))[0]).toContain('found "${BRIE_HOST"');
  });

  test("an unknown product is answered with the known ones", () => {
    expect(faultsIn(change("product: beauceron", "product: bauceron"))).toEqual([
      'brie.yaml:26  erp.product  expected one of beauceron, pavois, found "bauceron"; did you mean "beauceron"?',
    ]);
  });

  test("faults elsewhere in the file do not hide those of the settings", () => {
    expect(faultsIn(change("kind: SOCIAL", "kind: PUBLIC"), {})).toHaveLength(3);
  });
});

describe("a first connection in place of a registration", () => {
  const identifier =
    "{ label: { fr: Identifiant, en: Identifier }, pattern: '^I\\d{4}$', example: i 4001 }";
  const start = brie.indexOf("  fields:");
  const end = brie.indexOf("  confirmationHours:");
  const text = `${brie.slice(0, start)}  firstConnection:
    identifier: ${identifier}
  fields:
    - { name: password, label: { fr: Mot de passe, en: Password } }
    - { name: email, label: { fr: E-mail, en: E-mail } }
${brie.slice(end)}`;

  test("needs no reference", () => {
    const [file] = read({ "brie.yaml": text });
    expect(file?.landlord.registration.firstConnection?.identifier).toMatchObject({ clean: [] });
  });

  test.each([
    [
      "- { name: email, label: { fr: E-mail, en: E-mail } }",
      "- { name: surname, label: { fr: Nom, en: Name } }",
      "registration.fields  expected password and email, each once, beside firstConnection",
    ],
    [
      "example: i 4001",
      "example: 4001",
      "registration.firstConnection.identifier.example  expected text between quotes, found 4001",
    ],
    [
      "example: i 4001",
      "example: J4001",
      'registration.firstConnection.identifier.example  expected text that fits its own pattern, found "J4001"',
    ],
    [
      "  confirmationHours:",
      "  consents: [{ id: a, version: b, label: { fr: c, en: c }, required: true }]\n  confirmationHours:",
      "registration.consents  expected none beside firstConnection",
    ],
  ])("%s written as %s", (from, to, fault) => {
    const faults = faultsIn(change(from, to, text));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  test("is not had by leaving something out", () => {
    const without = text.replace(/ {2}firstConnection:\n.*\n/, "");
    expect(faultsIn(without)).toEqual(
      [
        "brie.yaml:12  registration.fields  expected at least reference, email, password, each once, found a list",
        "brie.yaml:11  registration.reference  expected the keys clean, accepts, found nothing",
      ].toSorted(),
    );
  });
});

describe("faults between values", () => {
  test.each([
    [
      "minLength: 8, minDigits: 2",
      "minLength: 4, minDigits: 3, minSpecial: 2",
      "password.minLength  expected 5 or more",
    ],
    [
      "minLength: 8, minDigits: 2",
      "minLength: 4, minDigits: 3, minClasses: 3",
      "password.minLength  expected 5 or more",
    ],
    [
      "example: L/123456",
      "example: L/123",
      'registration.fields[0].example  expected a reference that registration.reference accepts, found "L/123"',
    ],
    [
      "label: { fr: E-mail, en: E-mail }",
      "label: { fr: E-mail, en: E-mail }, pattern: '^\\S+@', example: nobody",
      "registration.fields[1].example  expected text that fits its own pattern ^\\S+@",
    ],
    [
      "kind: SOCIAL",
      "kind: SOCIAL\nportalUrl: http://portal.example",
      "portalUrl  expected a URL that starts with https://",
    ],
    [
      "https://www.brie.example",
      "javascript:alert(1)",
      "brand.website  expected a URL that starts with https://",
    ],
    ["[5, 10]", "[5, 10, 5]", "directDebit.days[2]  expected each once, found 5 again"],
    [
      "[brie.localhost]",
      "[brie.localhost, Brie.localhost]",
      "hosts[1]  expected each once, found brie.localhost again",
    ],
  ])("%s written as %s", (from, to, fault) => {
    const faults = faultsIn(change(from, to));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  test.each([
    ["^\\d{6}$", "^(\\d+)+$", "reference.accepts[0]"],
    ["^L/?", "^(Z|ZZ)*$", "reference.clean[0]"],
  ])("a pattern that would keep the house busy is refused: %s as %s", (from, to, field) => {
    expect(faultsIn(change(from, to))).toEqual([
      expect.stringMatching(
        `  registration.${field}.pattern  expected a pattern that no text takes long with: .*, found "`
          .replaceAll("[", "\\[")
          .replaceAll("]", "\\]"),
      ),
    ]);
  });

  test("a portal on localhost may go without TLS", () => {
    const text = change("kind: SOCIAL", "kind: SOCIAL\nportalUrl: http://brie.localhost:3000");
    expect(read({ "brie.yaml": text })).toHaveLength(1);
  });

  test("a fault elsewhere does not hide them", () => {
    const text = change("minLength: 8, minDigits: 2", "minLength: 1, minDigits: 2");
    expect(faultsIn(change("kind: SOCIAL", "kind: PUBLIC", text))).toHaveLength(2);
  });
});

describe("a folder", () => {
  test("gives every landlord, by file name", () => {
    const variables = { ...environment, BEAUCE_SECRET: "s3cret-value", BEAUCE_HOST: "erp.example" };
    const files = read({ "brie.yaml": brie, "beauce.yaml": fileOf("beauce") }, variables);
    expect(files.map(({ landlord }) => landlord.id)).toEqual(["beauce", "brie"]);
  });

  test("has faults of all its files told at once", () => {
    const files = {
      "a.yaml": change("kind: SOCIAL", "kind: A", fileOf("a")),
      "b.yaml": change("kind: SOCIAL", "kind: B", fileOf("b")),
    };
    const [A_SECRET, A_HOST] = ["s3cret-value", "erp.example"];
    const faults = faultsOf(files, { A_SECRET, A_HOST, B_SECRET: A_SECRET, B_HOST: A_HOST });
    expect(faults.map((fault) => fault.split("  ")[0])).toEqual(["a.yaml:3", "b.yaml:3"]);
  });

  test("has no host or id twice: both files are named", () => {
    expect(
      faultsOf({ "a.yaml": brie, "b.yaml": change("[brie.localhost]", "[BRIE.localhost]") }),
    ).toEqual([
      'b.yaml:1  id  expected its own id, found "brie", which a.yaml has already',
      'b.yaml:4  hosts[0]  expected its own host, found "brie.localhost", which a.yaml has already',
    ]);
  });

  test("that is empty or missing is a fault", () => {
    expect(faultsOf({})[0]).toContain("expected at least one landlord's file");
    expect(() => readLandlords(join(folder, "none"), {}, settingsOf, products)).toThrow(
      ConfigurationError,
    );
  });

  test("has no file passed over because of its ending", () => {
    expect(faultsOf({ "brie.yaml": brie, "other.yml": brie })).toEqual([
      "other.yml  expected a name that ends with .yaml",
    ]);
  });

  test("tells each fault as data too", () => {
    try {
      read({ "brie.yaml": change("kind: SOCIAL", "kind: X") });
      expect.unreachable();
    } catch (error) {
      expect((error as ConfigurationError).faults).toEqual([
        {
          file: join(folder, "brie.yaml"),
          line: 3,
          field: "kind",
          expected: 'one of SOCIAL, COOPERATIVE, PRIVATE, found "X"',
        },
      ]);
    }
  });
});

describe("social sign-in", () => {
  const social = (providers: string, returnUrl = "https://portal.brie.example/back") =>
    `${brie}socialSignIn:\n  returnUrl: ${returnUrl}\n  providers:\n${providers}`;
  const google = "    - { id: google, clientId: c, clientSecret: { env: BRIE_SECRET } }\n";
  const readOne = (text: string, variables?: Record<string, string>) =>
    read({ "brie.yaml": text }, variables)[0]!;

  test("takes a client id and a secret where the provider is known", () => {
    const { social: found, landlord } = readOne(social(google));
    expect(found?.returnUrl).toBe("https://portal.brie.example/back");
    expect(found?.providers.get("google")).toEqual({
      protocol: "openid",
      issuer: "https://accounts.google.com",
      clientId: "c",
      clientSecret: "s3cret-value",
      secretBy: "form",
      scopes: ["openid"],
      pkce: true,
      nonce: true,
    });
    expect(JSON.stringify(landlord)).not.toContain("s3cret-value");
  });

  test.each(["google", "facebook", "linkedin", "x"])("knows %s", (id) => {
    const { social: found } = readOne(social(google.replace("google", id)));
    expect(found?.providers.get(id)).toBeDefined();
  });

  test("is none where the file says nothing of it", () => {
    expect(readOne(brie).social).toBeNull();
  });

  test("lets a variable stand for an address, and nothing for the one that is known", () => {
    const text = social(`${google.replace(" }\n", "")}, issuer: "\${BRIE_ISSUER:-}" }\n`);
    const providerWith = (variables: object) => {
      const provider = readOne(text, { ...environment, ...variables }).social?.providers;
      return provider?.get("google");
    };
    expect(providerWith({})).toMatchObject({ issuer: "https://accounts.google.com" });
    const mine = "http://127.0.0.1:4160";
    expect(providerWith({ BRIE_ISSUER: mine })).toMatchObject({ issuer: mine });
  });

  test("takes any other provider, whose settings are all written", () => {
    const other = `    - id: impots
      label: Mon compte
      protocol: oauth2
      clientId: c
      clientSecret: { env: BRIE_SECRET }
      scopes: [profile]
      authorizationEndpoint: https://id.example/auth
      tokenEndpoint: https://id.example/token
      userinfoEndpoint: https://id.example/me
      subjectField: user.number
`;
    expect(readOne(social(other)).social?.providers.get("impots")).toMatchObject({
      protocol: "oauth2",
      subjectField: "user.number",
    });
    expect(faultsIn(social(other.replace("      label: Mon compte\n", "")))).toEqual([
      "brie.yaml:35  socialSignIn.providers[0].label  expected text for the button, found nothing",
    ]);
  });

  test.each([
    [
      "a secret in the file",
      google.replace("{ env: BRIE_SECRET }", "hush"),
      "clientSecret  expected { env: NAME_OF_A_VARIABLE }: a secret is never written in this file",
    ],
    [
      "a secret that is missing from the environment",
      google.replace("BRIE_SECRET", "BRIE_OTHER"),
      "clientSecret  expected the environment variable BRIE_OTHER to be set",
    ],
    [
      "no secret at all",
      "    - { id: google, clientId: c }\n",
      "clientSecret  expected { env: NAME_OF_A_VARIABLE }, found nothing",
    ],
    [
      "an address in clear",
      google.replace(" }\n", ', issuer: "http://id.example" }\n'),
      'issuer  expected a URL that starts with https://, found "http://id.example"',
    ],
    [
      "a setting of the other protocol",
      google.replace(" }\n", ', tokenEndpoint: "https://id.example" }\n'),
      'tokenEndpoint  expected one of protocol, clientId, clientSecret, secretBy, scopes, pkce, issuer, nonce, found "tokenEndpoint"',
    ],
    [
      "a provider that is not known, without a protocol",
      google.replace("google", "github, label: GitHub"),
      "protocol  expected openid or oauth2, found nothing",
    ],
    [
      "a name that is none",
      google.replace("google", "Google"),
      'id  expected lower-case letters, digits, hyphens, found "Google"',
    ],
  ])("%s is told", (_what, provider, fault) => {
    expect(faultsIn(social(provider))).toEqual([
      `brie.yaml:35  socialSignIn.providers[0].${fault}`,
    ]);
  });

  test("a provider that stands there twice is told", () => {
    expect(faultsIn(social(google + google))).toEqual([
      "brie.yaml:36  socialSignIn.providers[1]  expected each once, found google again",
    ]);
  });

  test.each([
    [
      "http://portal.brie.example",
      'a URL that starts with https://, found "http://portal.brie.example"',
    ],
    ["nowhere", 'a URL that starts with https://, found "nowhere"'],
    ['"${BRIE_NOTHING}"', "the environment variable BRIE_NOTHING to be set"],
  ])("a return address like %s is told", (address, expected) => {
    expect(faultsIn(social(google, address))).toEqual([
      `brie.yaml:33  socialSignIn.returnUrl  expected ${expected}`,
    ]);
  });
});
