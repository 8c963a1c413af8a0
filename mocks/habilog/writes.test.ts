import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MockErp } from "../kit/product.ts";
import type { AppliedWrite } from "../kit/writes.ts";
import { writeXml } from "../kit/xml.ts";
import type { WorldContract } from "../world/types.ts";
import { callHabilog, textsOf } from "./caller.ts";
import { keyOfContract, keyOfPerson } from "./keys.ts";
import { lint } from "./lint.ts";
import { samples, type Texts } from "./samples.ts";
import { startHabilog } from "./start.ts";

describe("What the portal writes into Habilog", () => {
  let erp: MockErp;
  let contract: WorldContract;
  let ended: WorldContract;
  beforeAll(async () => {
    erp = await startHabilog({ now: () => new Date("2026-11-21T23:30:00Z") });
    const { contracts, today } = erp.world;
    contract = contracts.find((one) => one.end === null && one.directDebit === null)!;
    ended = contracts.find((one) => one.end !== null && one.end < today)!;
  });
  afterAll(() => erp.close());

  const write = (operation: string, texts: Texts = {}, of = contract) => {
    const person = keyOfPerson({ number: of.signatories[0]! });
    const key = operation === "ModifierLocataire" ? person : keyOfContract(of);
    return callHabilog(erp.url, operation, key, {}, { NumeroTiers: person, ...texts });
  };
  const said = async (operation: string, texts?: Texts, of?: WorldContract) => {
    const { answer } = await write(operation, texts, of);
    return [...textsOf(answer, "Texte"), ...textsOf(answer, "Etat")].join();
  };
  const follow = async (reference: string) => {
    const { answer } = await callHabilog(erp.url, "SuivreDemande", reference);
    const trimmed = (name: string) => textsOf(answer, name).map((text) => text.trim());
    return { states: trimmed("Etat"), reasons: trimmed("Motif"), texts: trimmed("Texte") };
  };
  const night = async () => (await fetch(`${erp.doorUrl}/night`, { method: "POST" })).json();
  const applied = async () =>
    (await (await fetch(`${erp.doorUrl}/writes`)).json()) as AppliedWrite[];

  it("is answered as the XSD says, a demand to be applied by the next morning in Ivry", async () => {
    const answers: string[] = [];
    for (const operation of Object.keys(samples)) {
      answers.push(writeXml((await write(operation)).answer));
    }
    expect(await lint(answers)).toEqual(answers.map(() => null));
    expect(answers[0]).toContain("<DateEffet");
    expect(answers[0]).toMatch(/>23\/11\/2026</);
    await night();
  });

  it("waits for the night, and is then applied in the order in which it came", async () => {
    const before = (await applied()).length;
    await write("ModifierFacturation", { ReferenceExterne: "one", Destinataire: "Premier" });
    await write("ModifierFacturation", { ReferenceExterne: "two  ", Destinataire: "Second" });
    expect([contract.billing.recipient, (await follow("two")).states]).not.toContain("Second");
    expect(await night()).toEqual({ applied: 2, refused: 0 });
    expect([contract.billing.recipient, (await follow("two")).states]).toEqual(["Second", ["T"]]);
    const done = (await applied()).slice(before);
    expect(done.map(({ reference }) => reference)).toEqual(["one", "two"]);
    expect(done[0]).toMatchObject({
      kind: "billingAddressChanges",
      contract: keyOfContract(contract),
      content: { recipient: "Premier" },
    });
  });

  it("is taken twice under one reference, and applied twice", async () => {
    const people = contract.occupants.length;
    await write("EnregistrerOccupant", { ReferenceExterne: "twice" });
    await write("EnregistrerOccupant", { ReferenceExterne: "twice" });
    await night();
    expect((await follow("twice")).states).toEqual(["T", "T"]);
    expect(contract.occupants).toHaveLength(people + 2);
  });

  it("is nothing under a reference that never came", async () => {
    expect((await follow("never")).texts).toEqual(["Aucun enregistrement"]);
  });

  it.each<[string, string, Texts]>([
    ["Caractère non admis : Nom", "EnregistrerOccupant", { Nom: "Łukasz" }],
    ["Caractère non admis : Destinataire", "ModifierFacturation", { Destinataire: "😀" }],
    ["Zone obligatoire : Nom", "EnregistrerOccupant", { Nom: "" }],
    ["Zone obligatoire : Voie", "ModifierLocataire", { Voie: "" }],
    ["Zone obligatoire : NomFichier", "EnregistrerAssurance", { NomFichier: "" }],
    ["Fichier illisible", "EnregistrerAssurance", { Contenu: "JVB" }],
    ["Date incorrecte : DateFin", "EnregistrerAssurance", { DateFin: "31/02/2027" }],
    ["Dates incohérentes", "EnregistrerAssurance", { DateFin: "31/12/2026" }],
    ["Dates incohérentes", "EnregistrerOccupant", { DateArrivee: "28/02/2024" }],
    ["Titulaire non modifiable", "EnregistrerOccupant", { Action: "S", NumeroOccupant: "T1" }],
    ["Code postal incorrect", "ModifierFacturation", { CodePostal: "N7 7AB" }],
    ["IBAN incorrect", "ModifierRib", { IBAN: "FR76 3000 6000 0112 3456 7890 188" }],
    ["Jour de prélèvement non proposé", "DemanderPrelevement", { Jour: "09" }],
    ["Montant incorrect", "EnregistrerReglement", { ReferenceExterne: "P0", Montant: "0,00" }],
    ["Montant incorrect", "EnregistrerReglement", { ReferenceExterne: "P0", Montant: "-1,00" }],
    ["Tiers inconnu", "ModifierRib", { NumeroTiers: "99999999" }],
    ["Tiers non signataire du contrat", "ModifierRib", { NumeroTiers: "40001999" }],
  ])("is refused at once: %s (%s %o)", async (text, operation, texts) => {
    expect(await said(operation, texts)).toBe(text);
  });

  it("is refused at once for a contract that is not there", async () => {
    expect(await said("ModifierRib", {}, { ...contract, number: 8_799_998 })).toBe(
      "Contrat inconnu",
    );
  });

  it.each<[string, string, Texts]>([
    ["Date de naissance dans le futur", "EnregistrerOccupant", { DateNaissance: "01/01/2090" }],
    ["Occupant inconnu", "EnregistrerOccupant", { Action: "S", NumeroOccupant: "O1" }],
    ["Code postal inconnu", "ModifierFacturation", { CodePostal: "99123" }],
    ["Code postal inconnu", "ModifierLocataire", { CodePostal: "00100" }],
    ["Mandat déjà actif", "DemanderPrelevement", {}],
  ])("is refused in the night: %s (%s %o)", async (reason, operation, texts) => {
    const reference = `${operation}-${reason.length}`;
    expect(await said(operation, { ReferenceExterne: reference, ...texts })).toBe("A");
    expect(await night()).toEqual({ applied: 0, refused: 1 });
    expect(await follow(reference)).toMatchObject({ states: ["R"], reasons: [reason] });
  });

  it("is refused in the night when the contract has ended", async () => {
    for (const operation of ["ModifierRib", "DemanderPrelevement", "EnregistrerAssurance"]) {
      await write(operation, { ReferenceExterne: `ended-${operation}` }, ended);
    }
    expect(await night()).toEqual({ applied: 0, refused: 3 });
    expect((await follow("ended-ModifierRib")).reasons).toEqual(["Contrat résilié"]);
  });

  it("is booked at once when it is a payment, once, and in the balance by the evening", async () => {
    const [payments, entries] = [contract.payments.length, contract.entries.length];
    const { balanceCents } = contract;
    const texts = { ReferenceExterne: "PAY1", Montant: "1\u00A0234,50" };
    expect(await said("EnregistrerReglement", texts)).toBe("E");
    expect(await said("EnregistrerReglement", texts)).toBe("Référence externe déjà enregistrée");
    expect([contract.payments.length, contract.entries.length]).toEqual([
      payments + 1,
      entries + 1,
    ]);
    expect(contract.payments.find(({ cents }) => cents === 123_450)).toMatchObject({
      method: "CARD",
      date: "2026-11-20",
    });
    expect(contract.balanceCents).toBe(balanceCents);
    await night();
    expect(contract).toMatchObject({
      balanceCents: balanceCents - 123_450,
      balanceAsOf: "2026-11-22",
    });
    const found = await callHabilog(erp.url, "RechercherReglement", "PAY1");
    expect(await lint([writeXml(found.answer)])).toEqual([null]);
    expect(textsOf(found.answer, "NumeroReglement")).toHaveLength(1);
    expect((await applied()).at(-1)).toMatchObject({
      kind: "cardPayments",
      reference: "PAY1",
      content: { cents: 123_450, providerReference: "p-1" },
    });
  });

  it("is turned away while the night's batch runs", async () => {
    const busy = await startHabilog({ world: erp.world, inBatch: () => true });
    for (const operation of ["ModifierRib", "EnregistrerReglement", "SuivreDemande"]) {
      const { answer } = await callHabilog(busy.url, operation, keyOfContract(contract));
      expect(textsOf(answer, "Texte")).toEqual(["Traitement de nuit en cours"]);
    }
    await busy.close();
  });
});
