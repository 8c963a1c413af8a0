import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockErp } from "../kit/product.ts";
import type { AppliedWrite } from "../kit/writes.ts";
import { frenchIban } from "../world/bank.ts";
import { createWorld } from "../world/world.ts";
import { faultOfAnswer } from "./description.ts";
import { keyOfContract, keyOfPerson } from "./keys.ts";
import { isIban } from "./rules.ts";
import { startBeauceron } from "./start.ts";

const credentials = { "x-client-id": "portail", "x-client-secret": "beauceron-demo" };
const world = createWorld({ landlord: "chartres", seed: 29, today: "2026-11-20", people: 40 });
let erp: MockErp;
beforeAll(async () => void (erp = await startBeauceron({ world })));
afterAll(() => erp.close());

const running = world.contracts.filter(({ end, units }) => end === null && units.length > 0);
const contract = running.find(({ directDebit }) => directDebit === null)!;
const at = `/v2/contrats/${keyOfContract(contract)}`;
const cle = keyOfPerson({ number: contract.signatories[0]! });
const iban = frenchIban("99101", "00042", "00000000042");

interface Sent {
  body?: string | Buffer<ArrayBuffer> | FormData;
  headers?: Record<string, string>;
}
const ask = (method: string, path: string, { body, headers }: Sent = {}) =>
  fetch(erp.url + path, { method, body: body ?? null, headers: { ...credentials, ...headers } });
const sendJson = (method: string, path: string, value: unknown, headers = {}) =>
  ask(method, path, {
    body: JSON.stringify(value),
    headers: { "content-type": "application/json", ...headers },
  });
const sendForm = (path: string, parts: [string, unknown, string?][]) => {
  const form = new FormData();
  for (const [name, value, type = "application/json"] of parts) {
    const isText = type === "application/json";
    form.append(name, new Blob([isText ? JSON.stringify(value) : (value as string)], { type }));
  }
  return ask("POST", path, { body: form });
};
const writes = async () => (await (await fetch(`${erp.doorUrl}/writes`)).json()) as AppliedWrite[];
const refusalOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { motif?: string; champ?: string } };
  return [answer.status, error.motif, error.champ];
};

const occupant = {
  nom: "Léger",
  prenom: "Éléa",
  date_naissance: "2026-10-02",
  lien: "",
  date_entree: null,
};
const policy = {
  assureur: "Mutuelle",
  police: "P-1",
  titulaire: null,
  valide_du: "2027-01-01",
  valide_au: "2027-12-31",
};
const payment = {
  reference: "0199-payment-1",
  montant: 1234,
  paye_le: "2026-11-20T10:00:00Z",
  mode: "CARTE",
  prestataire: "PAYFIP",
  reference_prestataire: "PF-1",
};
const account = { iban, bic: "", titulaire: "Éléa Léger" };
const mandate = { rum: "TRS-1", date_signature: "2026-11-20", ...account, jour: "08" };
const request = {
  reference: "0199-request-1",
  locataire: cle,
  motif: "M05",
  lieu: null,
  description: "Bonjour",
  disponibilites: [],
  telephone: null,
};

describe("what fits is applied, told, and answered as described", () => {
  test.each([
    ["ajouterOccupant", "occupantChanges", () => sendJson("POST", `${at}/occupants`, occupant)],
    [
      "modifierOccupant",
      "occupantChanges",
      () =>
        sendJson("PUT", `${at}/occupants/OCC-${contract.number}-${lastOccupant()}`, {
          ...occupant,
          lien: "Enfant",
        }),
    ],
    [
      "declarerAssurance",
      "insuranceRenewals",
      () =>
        sendForm(`${at}/assurances`, [
          ["assurance", policy],
          ["attestation", "%PDF", "application/pdf"],
        ]),
    ],
    ["enregistrerReglement", "cardPayments", () => sendJson("POST", `${at}/reglements`, payment)],
    [
      "modifierCoordonneesBancaires",
      "bankAccountChanges",
      () => sendJson("PUT", `${at}/coordonnees-bancaires`, account),
    ],
    ["souscrireMandat", "directDebitChanges", () => sendJson("POST", `${at}/mandats`, mandate)],
    [
      "modifierMandat",
      "directDebitChanges",
      () => sendJson("PATCH", `${at}/mandats/TRS-1`, { etat: "CLOS" }),
    ],
    [
      "creerDemande",
      "serviceRequestCreations",
      () => sendForm(`${at}/demandes`, [["demande", request]]),
    ],
  ])("%s", async (operation, kind, send) => {
    const before = await writes();
    const answer = await send();
    expect([200, 201]).toContain(answer.status);
    expect(faultOfAnswer(operation, answer.status, await answer.json())).toBeNull();
    const after = await writes();
    expect(after).toHaveLength(before.length + 1);
    expect(after.at(-1)).toMatchObject({ kind, contract: keyOfContract(contract) });
  });

  test.each([
    ["reglementsParReference", "/v2/reglements?reference=0199-payment-1"],
    ["demandesParReference", "/v2/demandes?reference=0199-request-1"],
    ["catalogueDemandes", `${at}/catalogue-demandes`],
    ["assurances", `${at}/assurances`],
    ["mandats", `/v2/mandats?contrats=${keyOfContract(contract)}`],
  ])("%s then shows it", async (operation, path) => {
    const answer = await ask("GET", path);
    expect(answer.status).toBe(200);
    expect(faultOfAnswer(operation, 200, await answer.json())).toBeNull();
  });
});

const lastOccupant = () => Math.max(...contract.occupants.map(({ number }) => number));

describe("a tenant", () => {
  const path = `/v2/locataires/${cle}`;

  test("is changed by whoever has seen the last state only", async () => {
    const etag = (await ask("GET", path)).headers.get("etag")!;
    expect((await sendJson("PATCH", path, { nom: "A" })).status).toBe(428);
    const first = await sendJson("PATCH", path, { nom: "A" }, { "if-match": etag });
    expect([first.status, faultOfAnswer("modifierLocataire", 200, await first.json())]).toEqual([
      200,
      null,
    ]);
    const second = await sendJson("PATCH", path, { nom: "B" }, { "if-match": etag });
    expect(await refusalOf(second)).toEqual([412, "MODIFIE_ENTRETEMPS", undefined]);
    const third = { "if-match": first.headers.get("etag")! };
    expect((await sendJson("PATCH", path, { nom: "B" }, third)).status).toBe(200);
  });
});

describe("what breaks a rule is refused with the field", () => {
  test.each([
    [{ ...occupant, prenom: "X", date_naissance: "2099-01-01" }, 422, "VALEUR_REFUSEE"],
    [occupant, 409, "EXISTE_DEJA"],
  ])("an occupant", async (value, status, motif) => {
    const [found, word] = await refusalOf(await sendJson("POST", `${at}/occupants`, value));
    expect([found, word]).toEqual([status, motif]);
  });

  test("a payment under a known reference, or of nothing", async () => {
    const send = (changed: object) =>
      sendJson("POST", `${at}/reglements`, { ...payment, ...changed });
    expect((await refusalOf(await send({})))[1]).toBe("REFERENCE_CONNUE");
    expect((await refusalOf(await send({ reference: "0199-payment-2" })))[1]).toBe("EXISTE_DEJA");
    const nothing = { reference: "0199-payment-3", reference_prestataire: "PF-3", montant: 0 };
    expect(await refusalOf(await send(nothing))).toEqual([422, "VALEUR_REFUSEE", "montant"]);
  });

  test("a request under a known reference", async () => {
    const answer = await sendForm(`${at}/demandes`, [["demande", request]]);
    expect(await refusalOf(answer)).toEqual([409, "REFERENCE_CONNUE", undefined]);
  });

  test("an IBAN with one figure changed, wherever it is", async () => {
    expect(isIban(iban)).toBe(true);
    for (let place = 2; place < iban.length; place++) {
      const other = String((Number(iban[place]) + 1) % 10);
      expect(isIban(iban.slice(0, place) + other + iban.slice(place + 1))).toBe(false);
    }
    const wrong = { ...account, iban: iban.replace(/.$/, (d) => String((Number(d) + 1) % 10)) };
    const answer = await sendJson("PUT", `${at}/coordonnees-bancaires`, wrong);
    expect(await refusalOf(answer)).toEqual([422, "VALEUR_REFUSEE", "iban"]);
  });
});

describe("what does not fit the description is refused", () => {
  const utf16 = Buffer.from(JSON.stringify(occupant), "utf16le");
  const path = `${at}/occupants`;

  test.each<[string, number, () => Promise<Response>]>([
    ["a field too many", 400, () => sendJson("POST", path, { ...occupant, age: 3 })],
    ["a field too few", 400, () => sendJson("POST", path, { nom: "X" })],
    ["too long a name", 400, () => sendJson("POST", path, { ...occupant, nom: "x".repeat(61) })],
    [
      "a day that no calendar has",
      400,
      () => sendJson("POST", path, { ...occupant, date_naissance: "2026-02-30" }),
    ],
    [
      "euros where cents are wanted",
      400,
      () => sendJson("POST", `${at}/reglements`, { ...payment, montant: "12.34" }),
    ],
    [
      "another encoding",
      400,
      () => ask("POST", path, { body: utf16, headers: { "content-type": "application/json" } }),
    ],
    ["a form for JSON", 415, () => sendForm(path, [["assurance", policy]])],
    ["JSON for a form", 415, () => sendJson("POST", `${at}/assurances`, policy)],
    ["a form without its value", 400, () => sendForm(`${at}/assurances`, [])],
    [
      "a part that is not known",
      415,
      () => sendForm(`${at}/assurances`, [["photo", "x", "image/png"]]),
    ],
    [
      "a file of another type",
      415,
      () => sendForm(`${at}/assurances`, [["attestation", "<svg/>", "image/svg+xml"]]),
    ],
    [
      "a file without bytes",
      400,
      () => sendForm(`${at}/assurances`, [["attestation", "", "application/pdf"]]),
    ],
    [
      "a file of more than 10 MB",
      413,
      () =>
        sendForm(`${at}/assurances`, [
          ["attestation", "x".repeat(10 * 1024 * 1024 + 1), "application/pdf"],
        ]),
    ],
    [
      "a form that is cut",
      400,
      () =>
        ask("POST", `${at}/assurances`, {
          body: '--b\r\ncontent-disposition: form-data; name="assurance"\r\n\r\n{}',
          headers: { "content-type": "multipart/form-data; boundary=b" },
        }),
    ],
    ["another method", 405, () => sendJson("PUT", path, occupant)],
    [
      "an unknown contract",
      404,
      () => sendJson("POST", "/v2/contrats/9999999999Z/occupants", occupant),
    ],
  ])("%s: %i", async (_what, status, send) => {
    const before = await writes();
    expect((await send()).status).toBe(status);
    expect(await writes()).toEqual(before);
  });
});
