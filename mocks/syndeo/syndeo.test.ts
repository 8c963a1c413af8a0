import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockErp, MockRequest } from "../kit/product.ts";
import { contractsOf, personWith } from "../world/find.ts";
import { oddities, ownerOddities } from "../world/oddities.ts";
import { createWorld } from "../world/world.ts";
import { description, faultOfAnswer, operationOf } from "./description.ts";
import { instant, montant, publication } from "./formats.ts";
import { keyOfContract, keyOfDocument, keyOfPerson } from "./keys.ts";
import { createSyndeo } from "./product.ts";
import { startSyndeo } from "./start.ts";

const world = createWorld({ landlord: "immo-paris", seed: 53, today: "2026-11-20", people: 60 });
let time = Date.parse("2026-11-20T14:30:00Z");
const now = () => new Date(time);
let erp: MockErp;
let ticket: string;

interface Answer {
  status: number;
  location: string | null;
  text: string;
  data: { Status?: string; Code?: string; PublieLe?: string; Donnees?: unknown };
}

beforeAll(async () => {
  erp = await startSyndeo({ world, now, deadlockEvery: 0 });
  ticket = await signIn();
});
afterAll(() => erp.close());

async function ask(
  path: string,
  init: RequestInit = { headers: { "x-ticket": ticket } },
): Promise<Answer> {
  const answer = await fetch(erp.url + path, { redirect: "manual", ...init });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.startsWith("application/json") ?? false;
  const data = isJson ? (JSON.parse(text) as Answer["data"]) : {};
  return { status: answer.status, location: answer.headers.get("location"), text, data };
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-ticket": ticket, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

async function signIn(): Promise<string> {
  const body = { Utilisateur: "portail", MotDePasse: "syndeo-demo" };
  const answer = await post("/Api/Session/Ouvrir", body, { "x-ticket": "" });
  return (answer.data.Donnees as { Ticket: string }).Ticket;
}

const everything = personWith(world, oddities.everything);
const lease = contractsOf(world, everything)[0]!;
const council = contractsOf(world, personWith(world, ownerOddities.council))[0]!;
const coOwner = personWith(world, ownerOddities.coOwner);
const lot = contractsOf(world, coOwner)[0]!;
const quittance = keyOfDocument("QUITTANCE", lease.number, lease.receipts[0]!.number);

describe("the description", () => {
  test("is served to anybody and names every path", async () => {
    const answer = await ask("/openapi.yaml", {});
    expect(answer.status).toBe(200);
    for (const path of Object.keys(description.paths)) expect(answer.text).toContain(`${path}:`);
  });

  test("fits what every operation answers, for all kinds of contracts", async () => {
    const seen = new Set<string>();
    for (const contract of [lease, council, lot]) {
      const requests = contract.requests[0];
      const known = {
        "{Code}": keyOfPerson({ number: contract.signatories[0]! }),
        "{Numero}": keyOfContract(contract),
        "{Reference}": quittance,
        "{Id}": `INT-${contract.number}-${requests?.number ?? 1}`,
      };
      for (const [template, { get }] of Object.entries(description.paths)) {
        if (!get || !template.startsWith("/Api/") || /Session|Acces/.test(template)) continue;
        const path = template.replace(/\{\w+\}/g, (name) => known[name as keyof typeof known]);
        const natures = ["APPEL_FONDS", "PV", "QUITTANCE", "APPEL_LOYER"];
        const queries = template.endsWith("/Documents") ? natures.map((n) => `?Nature=${n}`) : [""];
        for (const query of queries) {
          const answer = await ask(path + query);
          const operation = operationOf({ method: "GET", path } as MockRequest);
          const fault = faultOfAnswer(operation, answer.status, answer.data);
          expect(`${path}${query} ${fault}`).toBe(`${path}${query} null`);
          if (answer.data.Status === "OK") seen.add(operation);
        }
      }
    }
    const reads = Object.values(description.paths).flatMap(({ get }) => get?.operationId ?? []);
    const others = new Set(["description", "fichier", "depot"]);
    expect([...seen].toSorted()).toEqual(reads.filter((id) => !others.has(id)).toSorted());
  });
});

describe("a ticket", () => {
  const path = `/Api/Personnes/${keyOfPerson(coOwner)}`;

  test.each([
    ["a wrong password", { Utilisateur: "portail", MotDePasse: "faux" }],
    ["a wrong user", { Utilisateur: "Portail", MotDePasse: "syndeo-demo" }],
  ])("is not given for %s, inside a 200", async (_, body) => {
    const answer = await post("/Api/Session/Ouvrir", body);
    expect([answer.status, answer.data.Status, answer.data.Code]).toEqual([
      200,
      "KO",
      "IDENTIFIANTS",
    ]);
  });

  test("that is missing or made up is refused inside a 200", async () => {
    for (const headers of [{}, { "x-ticket": "x" }]) {
      const answer = await ask(path, { headers });
      expect([answer.status, answer.data.Code]).toEqual([200, "SESSION"]);
    }
  });

  test("lapses 20 minutes after it was given, though it was used meanwhile", async () => {
    const headers = { "x-ticket": await signIn() };
    time += 19 * 60_000;
    expect((await ask(path, { headers })).data.Status).toBe("OK");
    time += 60_000;
    expect((await ask(path, { headers })).data.Code).toBe("SESSION");
    ticket = await signIn();
  });

  test("is forgotten when sessions are lost and after a restart, and another one is given", async () => {
    for (const event of ["lose-sessions", "restart"]) {
      await fetch(`${erp.doorUrl}/${event}`, { method: "POST" });
      expect((await ask(path)).data.Code).toBe("SESSION");
      ticket = await signIn();
      expect((await ask(path)).data.Status).toBe("OK");
    }
  });

  test("opens anything of anybody", async () => {
    for (const contract of world.contracts.slice(0, 30)) {
      const answer = await ask(`/Api/Contrats/${keyOfContract(contract)}/Solde`);
      expect(answer.data.Status).toBe("OK");
    }
  });
});

describe("what is refused", () => {
  test.each([
    ["/Api/Personnes/P1", 500, "VALEUR"],
    ["/Api/Personnes/p000001", 500, "VALEUR"],
    ["/Api/Contrats/BAI-1/Solde", 500, "VALEUR"],
    [`/Api/Contrats/${keyOfContract(lot)}/Documents`, 500, "VALEUR"],
    [`/Api/Contrats/${keyOfContract(lot)}/Documents?Nature=AUTRE`, 500, "VALEUR"],
    [`/Api/Contrats/${keyOfContract(lot)}/Documents?Nature=PV&Nature=PV`, 500, "VALEUR"],
    [`/Api/Contrats/${keyOfContract(lot)}/Documents?Nature=PV&Page=2`, 500, "VALEUR"],
    ["/Api/Documents/XX-1-1", 500, "VALEUR"],
    ["/Api/Personnes/P999999", 200, "INCONNU"],
    ["/Api/Contrats/BAI-999999/Ecritures", 200, "INCONNU"],
    ["/Api/Contrats/COP-000001/Ecritures", 200, "INCONNU"],
    ["/Api/Documents/PV-1-1", 200, "INCONNU"],
    ["/Documents/PV-1-1.pdf", 200, "INCONNU"],
    ["/Api/Interventions/INT-1-1", 200, "INCONNU"],
    ["/api/personnes/P000001", 404, undefined],
  ])("%s gives %i %s", async (path, status, code) => {
    const answer = await ask(path);
    expect([answer.status, answer.data.Code]).toEqual([status, code]);
  });

  test.each([
    ["a field too many", { Identifiant: "IP100000", MotDePasse: "1", Code: "P000001" }],
    ["a field too few", { Identifiant: "IP100000" }],
    ["an identifier of another form", { Identifiant: "IP 100000", MotDePasse: "1" }],
    ["half a JSON", '{"Identifiant":'],
  ])("a body with %s gives 500", async (_, body) => {
    const answer = await post("/Api/Acces/Verifier", body);
    expect([answer.status, answer.data.Code]).toEqual([500, "VALEUR"]);
  });

  test("with a text that tells what nobody should read", async () => {
    expect((await ask("/Api/Personnes/P999999")).text).toContain("SELECT * FROM syn_prod.tiers");
  });

  test("every so many calls by a deadlock, which is a 400", async () => {
    const options = { landlord: "immo-paris", user: "u", password: "p", ticketMs: 1000 };
    const product = createSyndeo({ ...options, world, now, deadlockEvery: 3 });
    const send = async (method: string, path: string, headers: object, body = "") => {
      const url = new URL(`http://127.0.0.1${path}`);
      const bytes = Buffer.from(body);
      const request = { method, url, path, headers: { ...headers }, body: bytes };
      const answer = await product.answer(request);
      return { status: answer.status, data: JSON.parse(answer.body as string) as Answer["data"] };
    };
    const type = { "content-type": "application/json" };
    const login = await send(
      "POST",
      "/Api/Session/Ouvrir",
      type,
      '{"Utilisateur":"u","MotDePasse":"p"}',
    );
    const headers = { "x-ticket": (login.data.Donnees as { Ticket: string }).Ticket };
    const statuses: number[] = [];
    for (const number of [1, 2, 3, 3, 4, 5, 6, 6]) {
      statuses.push((await send("GET", `/Api/Personnes/P00000${number}`, headers)).status);
    }
    expect(statuses).toEqual([200, 200, 400, 200, 200, 400, 200, 200]);
  });
});

describe("the access of a client", () => {
  test("is granted for the issued password, provisional or not, and tells whose it is", async () => {
    for (const person of world.people.slice(0, 30)) {
      const { identifier, password, provisional } = person.credentials!;
      const body = { Identifiant: identifier, MotDePasse: password };
      const answer = await post("/Api/Acces/Verifier", body);
      const expected = { CodePersonne: keyOfPerson(person), Courriel: person.email };
      expect(answer.data.Donnees).toEqual({ ...expected, Provisoire: provisional });
      expect(faultOfAnswer("verifierAcces", 200, answer.data)).toBeNull();
    }
  });

  test("is refused alike for a wrong identifier and a wrong password", async () => {
    const { identifier, password } = coOwner.credentials!;
    const wrong = await post("/Api/Acces/Verifier", { Identifiant: identifier, MotDePasse: "0" });
    const nobody = await post("/Api/Acces/Verifier", {
      Identifiant: "ZZ999999",
      MotDePasse: password,
    });
    expect(wrong.data.Code).toBe("ACCES");
    expect(nobody.data).toEqual(wrong.data);
  });
});

describe("documents", () => {
  const zonesOf = async (contract: typeof lot) => {
    const { data } = await ask(`/Api/Contrats/${keyOfContract(contract)}/Documents?Nature=PV`);
    return new Set((data.Donnees as { Zone: string }[]).map(({ Zone }) => Zone));
  };

  test("of the council stand in everybody's list", async () => {
    expect(await zonesOf(council)).toContain("CONSEIL");
    expect(await zonesOf(lot)).toContain("CONSEIL");
  });

  test("but the contract says who sits on it", async () => {
    const sits = async (contract: typeof lot) => {
      const { data } = await ask(`/Api/Contrats/${keyOfContract(contract)}`);
      return (data.Donnees as { MembreConseil: boolean }).MembreConseil;
    };
    expect([await sits(council), await sits(lot)]).toEqual([true, false]);
  });

  test("lie behind one redirect to another path of the same host", async () => {
    const first = await ask(`/Documents/${quittance}.pdf`);
    expect(first.status).toBe(302);
    expect(first.location).toMatch(new RegExp(`^/Depot/[0-9a-f]{16}/${quittance}\\.pdf$`));
    const file = await fetch(erp.url + first.location!, { headers: { "x-ticket": ticket } });
    expect(file.headers.get("content-type")).toBe("application/pdf");
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    const wrong = first.location!.replace(/[0-9a-f]{16}/, "0".repeat(16));
    expect((await ask(wrong)).data.Code).toBe("INCONNU");
  });
});

describe("formats", () => {
  test.each([
    [0, "0,00"],
    [5, "+\u00a00,05"],
    [-1200, "-\u00a012,00"],
    [364_313, "+\u00a03\u202f643,13"],
    [-99_999_999_999, "-\u00a0999\u202f999\u202f999,99"],
  ])("%i cents are %j", (cents, text) => {
    expect(montant(cents)).toBe(text);
  });

  test.each([
    ["2026-11-20T04:59:59Z", "2026-11-19T20:00:00"],
    ["2026-11-20T05:00:00Z", "2026-11-20T06:00:00"],
    ["2026-11-20T14:30:00Z", "2026-11-20T13:00:00"],
    ["2026-11-20T23:59:00Z", "2026-11-20T20:00:00"],
    ["2026-07-01T04:00:00Z", "2026-07-01T06:00:00"],
    ["2026-03-01T00:00:00Z", "2026-02-28T20:00:00"],
  ])("at %s the last publication was that of %s", (utc, published) => {
    expect(publication(new Date(utc))).toBe(published);
  });

  test("moments are those of the clock in Paris", () => {
    expect(instant(new Date("2026-03-29T00:59:59Z"))).toBe("2026-03-29T01:59:59");
    expect(instant(new Date("2026-03-29T01:00:00Z"))).toBe("2026-03-29T03:00:00");
    expect(instant(new Date("2026-10-25T01:30:00Z"))).toBe("2026-10-25T02:30:00");
  });

  test("every answer says when its data were published", async () => {
    expect((await ask("/Api/Personnes/P000001")).data.PublieLe).toBe("2026-11-20T13:00:00");
  });
});
