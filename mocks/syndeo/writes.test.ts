/** What syndeo lets callers change, and what it refuses. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockErp } from "../kit/product.ts";
import type { AppliedWrite } from "../kit/writes.ts";
import { contractsOf, personWith } from "../world/find.ts";
import { oddities, ownerOddities } from "../world/oddities.ts";
import { createWorld } from "../world/world.ts";
import { faultOfAnswer } from "./description.ts";
import { keyOfContract, keyOfPerson } from "./keys.ts";
import { startSyndeo } from "./start.ts";

const world = createWorld({ landlord: "immo-paris", seed: 53, today: "2026-11-20", people: 60 });
let time = Date.parse("2026-11-20T14:30:00Z");
let erp: MockErp;
let ticket: string;

beforeAll(async () => {
  lease.directDebit = null;
  erp = await startSyndeo({ world, now: () => new Date(time), ticketMs: 1e9, deadlockEvery: 0 });
  await signIn();
});
afterAll(() => erp.close());

async function signIn(): Promise<void> {
  const body = { Utilisateur: "portail", MotDePasse: "syndeo-demo" };
  const { data } = await post("/Api/Session/Ouvrir", body);
  ticket = (data.Donnees as { Ticket: string }).Ticket;
}

interface Body {
  Status: string;
  Code?: string;
  Donnees?: unknown;
}

async function post(path: string, body: object): Promise<{ status: number; data: Body }> {
  const answer = await fetch(erp.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-ticket": ticket ?? "" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, data: (await answer.json()) as Body };
}

const who = personWith(world, oddities.everything);
const lease = contractsOf(world, who)[0]!;
const other = personWith(world, oddities.accents);
const owner = contractsOf(world, personWith(world, ownerOddities.owner))[0]!;
const ended = contractsOf(world, personWith(world, oddities.ended))[0]!;
const signed = {
  Reference: "01900000-0000-7000-8000-000000000001",
  CodePersonne: keyOfPerson(who),
};
const iban = "FR7699101000010000000000109";

const right = {
  modifierCoordonnees: { Reference: signed.Reference, Nom: "L’Œuf" },
  encaisser: {
    ...signed,
    Date: "2026-11-20",
    Montant: "+\u00a012,50",
    Mode: "CARTE",
    Piece: "LYRA-1",
  },
  modifierRib: { ...signed, Iban: iban, Bic: null, Titulaire: "Léa" },
  modifierPrelevement: {
    ...signed,
    Acte: "ADHESION",
    Rum: "RUM-1",
    SigneLe: "2026-11-20",
    Iban: iban,
    Bic: "BQTRFRP0",
    Titulaire: "Léa",
    Jour: 10,
  },
  demanderIntervention: {
    ...signed,
    Reference: "01900000-0000-7000-8000-000000000002",
    Motif: "MOT-FUITE",
    Lieu: "LIE-CUI",
    Description: "Ça goutte",
    Disponibilites: [{ Jour: "2026-11-25", De: "08:00", A: "12:00" }],
    Telephone: null,
    Fichiers: [],
  },
  deposer: {
    Reference: signed.Reference,
    Nom: "a.jpg",
    TypeMime: "image/jpeg",
    Contenu: Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString("base64"),
  },
};
type Name = keyof typeof right;

function pathOf(name: Name, contract = lease): string {
  if (name === "deposer") return "/Api/Depot";
  if (name === "modifierCoordonnees") return `/Api/Personnes/${keyOfPerson(who)}/Coordonnees`;
  const ends = {
    encaisser: "Reglements",
    modifierRib: "Rib",
    modifierPrelevement: "Prelevement",
    demanderIntervention: "Interventions",
  };
  return `/Api/Contrats/${keyOfContract(contract)}/${ends[name]}`;
}
const send = (name: Name, change: object = {}, contract = lease) =>
  post(pathOf(name, contract), { ...right[name], ...change });
const writes = async () => (await (await fetch(`${erp.doorUrl}/writes`)).json()) as AppliedWrite[];

describe("a change", () => {
  test.each(Object.keys(right) as Name[])("%s is answered as described", async (name) => {
    const { status, data } = await send(name);
    expect([status, data.Status, faultOfAnswer(name, status, data)]).toEqual([200, "OK", null]);
  });

  test("stands in the list of what was applied, once each, in order", async () => {
    expect((await writes()).map(({ kind, reference }) => [kind, reference])).toEqual([
      ["personChanges", signed.Reference],
      ["cardPayments", signed.Reference],
      ["bankAccountChanges", signed.Reference],
      ["directDebitChanges", signed.Reference],
      ["serviceRequestCreations", right.demanderIntervention.Reference],
    ]);
  });

  test.each<[Name, object]>([
    ["modifierCoordonnees", { Surnom: "x" }],
    ["modifierCoordonnees", { Nom: "" }],
    ["modifierCoordonnees", { Telephones: ["06 12 34 56 78"] }],
    ["modifierCoordonnees", { Nom: undefined }],
    ["encaisser", { Montant: "12,50" }],
    ["encaisser", { Montant: "-\u00a012,50" }],
    ["encaisser", { Montant: "0,00" }],
    ["encaisser", { Date: "2026-02-30" }],
    ["encaisser", { Date: "2026-11-22" }],
    ["encaisser", { Reference: undefined }],
    ["modifierRib", { Iban: "FR7699101000010000000000110" }],
    ["modifierRib", { Titulaire: "x".repeat(51) }],
    ["modifierPrelevement", { Jour: 6 }],
    ["modifierPrelevement", { Acte: "JOUR" }],
    ["modifierPrelevement", { SigneLe: "2026-13-01" }],
    ["demanderIntervention", { Motif: "MOT-RIEN" }],
    ["demanderIntervention", { Lieu: null }],
    ["demanderIntervention", { Description: "x".repeat(4001) }],
    ["demanderIntervention", { Disponibilites: [{ Jour: "2026-11-25", De: "12:00", A: "08:00" }] }],
    ["deposer", { TypeMime: "image/png" }],
    ["deposer", { TypeMime: "application/pdf" }],
    ["deposer", { Contenu: "/9j/4A*=" }],
  ])("%s with %j is a 500, and changes nothing", async (name, change) => {
    const before = (await writes()).length;
    const { status, data } = await send(name, change);
    expect([status, data.Code, faultOfAnswer(name, status, data)]).toEqual([500, "VALEUR", null]);
    expect(await writes()).toHaveLength(before);
  });

  test.each<[string, Name, object, typeof lease, string]>([
    ["the same payment", "encaisser", {}, lease, "DOUBLON"],
    ["the same request", "demanderIntervention", {}, lease, "DOUBLON"],
    ["the same mandate", "modifierPrelevement", {}, lease, "DOUBLON"],
    ["a second mandate", "modifierPrelevement", { Rum: "RUM-2" }, lease, "DOUBLON"],
    ["a payment for one who lets", "encaisser", { Reference: "autre-reference" }, owner, "REGLE"],
    ["details for an ended contract", "modifierRib", {}, ended, "CLOTURE"],
    [
      "a file that is not there",
      "demanderIntervention",
      { Reference: "troisieme", Fichiers: ["0".repeat(32)] },
      lease,
      "DEPOT",
    ],
    ["an unknown person", "modifierRib", { CodePersonne: "P999999" }, lease, "INCONNU"],
  ])(
    "for %s is refused inside a 200, and changes nothing",
    async (_, name, change, contract, code) => {
      const before = (await writes()).length;
      const { status, data } = await send(name, change, contract);
      expect([status, data.Code]).toEqual([200, code]);
      expect(await writes()).toHaveLength(before);
    },
  );

  test("is made by anybody, of anybody's", async () => {
    const { data } = await send("modifierRib", { CodePersonne: keyOfPerson(other) });
    expect(data.Status).toBe("OK");
  });

  test("is not made in a deadlock, nor without a ticket", async () => {
    const before = (await writes()).length;
    const fault = { kind: "fault", operation: "modifierRib", times: 1 };
    await fetch(`${erp.doorUrl}/faults`, { method: "PUT", body: JSON.stringify(fault) });
    const deadlock = await send("modifierRib");
    expect([deadlock.status, deadlock.data.Code]).toEqual([400, "BASE"]);
    await fetch(`${erp.doorUrl}/lose-sessions`, { method: "POST" });
    expect((await send("modifierRib")).data.Code).toBe("SESSION");
    expect(await writes()).toHaveLength(before);
    await signIn();
  });
});

describe("the depot", () => {
  const deposit = async () => (await send("deposer")).data.Donnees as { Jeton: string };
  const ask = async (Reference: string, Jeton: string) =>
    (await send("demanderIntervention", { Reference, Fichiers: [Jeton] })).data;

  test("calls a file that comes again the same, and gives it to the request", async () => {
    const [first, again] = [await deposit(), await deposit()];
    expect(again).toEqual(first);
    expect((await ask("avec-photo", first.Jeton)).Status).toBe("OK");
    expect((await writes()).at(-1)!.content).toMatchObject({
      Fichiers: [{ name: "a.jpg", sizeBytes: 4 }],
    });
  });

  test("forgets after an hour, and when syndeo is started anew", async () => {
    const { Jeton } = await deposit();
    time += 3_600_001;
    expect((await ask("trop-tard", Jeton)).Code).toBe("DEPOT");
    const { Jeton: later } = await deposit();
    await fetch(`${erp.doorUrl}/restart`, { method: "POST" });
    await signIn();
    expect((await ask("trop-tard", later)).Code).toBe("DEPOT");
  });
});
