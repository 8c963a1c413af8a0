/** What Habilog may say to a change, and how a message of ours looks. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bankAccountChanges, cardPayments } from "../../ports/billing-changes.ts";
import type { Submission } from "../../ports/changes.ts";
import { call, replayHabilog, type Replay } from "./replay.ts";
import { bank } from "./testing/values.ts";

const operationId = "01937f2e-6c00-7abc-8def-0123456789ab";
const asking = <P>(payload: P): Submission<P> => ({
  operationId,
  personKey: "40000001",
  contractKey: "L1200001",
  submittedAt: "2026-11-21T10:00:00Z",
  payload,
  open: () => {
    throw new Error("no file belongs to this change");
  },
});
const changing = asking({ ...bank, holder: "]]><a/> &x; L’Haÿ" });
const paying = asking({
  amount: { amount: "1234.56", currency: "EUR" },
  paidAt: "2026-11-20T07:05:00Z",
  provider: "LYRA",
  providerReference: "p-1",
} as const);

describe("Habilog's answer to a change", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayHabilog();
  });
  afterEach(() => erp.close());

  const submit = () => erp.use(bankAccountChanges).submit(changing, call);
  const lookUp = () => erp.use(bankAccountChanges).lookUp(changing, call);
  const failure = (asked: Promise<unknown>) =>
    asked.then(
      () => expect.unreachable(),
      (error: unknown) => error as { code: string; message: string; notApplied: boolean },
    );
  const pending = {
    state: "PENDING",
    reference: "D1",
    effectiveBy: "2026-11-22T06:00:00+01:00",
  };
  const message = (type: string, text: string) =>
    `<Message><Type>${type}</Type><Texte>${text}</Texte></Message>`;
  const says = (text: string) => (recorded: string) =>
    recorded.replace(/<Demande>.*<\/Demande>/s, message("E", text));

  it("is that of a demand; the message has our id, and text as it was given", async () => {
    expect(await submit()).toEqual(pending);
    expect(erp.requests[0]).toContain(`ReferenceExterne>${operationId}</`);
    expect(erp.requests[0]).toContain("Titulaire>]]&gt;&lt;a/&gt; &amp;x; L&apos;Haÿ</");
    expect(erp.requests[0]).toContain("MotDePasse>habilog-demo</");
  });

  it("may have warnings beside the demand", async () => {
    erp.change("ModifierRib", (text) =>
      text.replace("<Demande>", `${message("A", "Doublon possible")}<Demande>`),
    );
    expect(await submit()).toEqual(pending);
  });

  it.each([
    ["an error message that says nothing of a refusal", says("Erreur 1205 : interblocage")],
    ["nothing found", says("Aucun enregistrement")],
    ["a demand of another reference", (text: string) => text.replace("01937f2e", "01937f2f")],
    ["no demand", (text: string) => text.replace(/<Demande>.*<\/Demande>/s, message("A", "Reçu"))],
    ["two demands", (text: string) => text.replace(/<Demande>.*<\/Demande>/s, "$&$&")],
    ["an unknown state", (text: string) => text.replace("<Etat>A", "<Etat>Z")],
  ])("that is %s leaves unknown what became of it", async (_, change) => {
    erp.change("ModifierRib", change);
    expect(await failure(submit())).toMatchObject({ code: "BAD_RESPONSE", notApplied: false });
  });

  it("that refuses for a known reason and one that is not is unclear", async () => {
    const both = `${message("E", "IBAN incorrect")}${message("E", "Erreur interne")}`;
    erp.change("ModifierRib", (text) => text.replace(/<Demande>.*<\/Demande>/s, both));
    expect(await failure(submit())).toMatchObject({ code: "BAD_RESPONSE", notApplied: false });
  });

  it("with nothing inside leaves it unknown, for it is no clear word", async () => {
    erp.instead("ModifierRib", "vide.xml");
    expect(await failure(submit())).toMatchObject({ code: "UNAVAILABLE", notApplied: false });
  });

  it("that is a Fault of the schema says that it was not looked at", async () => {
    erp.always(
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>Non conforme</faultstring><detail><Erreur xmlns="http://habilog.example/portail/erreur"><Code>SCHEMA</Code></Erreur></detail></s:Fault></s:Body></s:Envelope>',
      500,
    );
    expect(await failure(submit())).toMatchObject({ code: "INTERNAL", notApplied: true });
  });

  it("never brings its own words into a message", async () => {
    erp.change("ModifierRib", says("Rejet pour Noël Müller"));
    expect((await failure(submit())).message).not.toContain("Müller");
    expect(JSON.stringify(erp.logs)).not.toContain("Müller");
  });

  it.each([
    ["T", "", { state: "APPLIED", reference: "D1" }],
    ["R", "Contrat résilié", { state: "REJECTED", reason: "NOT_POSSIBLE" }],
    ["R", "Rejet par le gestionnaire", { state: "REJECTED", reason: "OTHER" }],
    ["R", "", { state: "REJECTED", reason: "OTHER" }],
    ["A", "", pending],
  ])("in the state %s with the reason %j is told on look-up", async (state, reason, found) => {
    erp.change("SuivreDemande", (text) =>
      text.replace("<Etat>A", `<Etat>${state}`).replace(/<Motif> */, `<Motif>${reason}`),
    );
    expect(await lookUp()).toEqual(found);
  });

  it("that tells of another reference tells nothing", async () => {
    erp.change("SuivreDemande", (text) => text.replace("01937f2e", "01937f2f"));
    expect(await failure(lookUp())).toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("to a payment is the payment, of this contract", async () => {
    const booked = { state: "APPLIED", reference: "R1037" };
    expect(await erp.use(cardPayments).submit(paying, call)).toEqual(booked);
    expect(erp.requests[0]).toMatch(/Montant>1 234,56<.*DateReglement>20\/11\/2026<.*>08:05</s);
    expect(await erp.use(cardPayments).lookUp(paying, call)).toEqual(booked);
    for (const operation of ["EnregistrerReglement", "RechercherReglement"]) {
      erp.change(operation, (text) => text.replace("L1200001", "L1200002"));
    }
    for (const asked of [
      erp.use(cardPayments).submit(paying, call),
      erp.use(cardPayments).lookUp(paying, call),
    ]) {
      expect(await failure(asked)).toMatchObject({ code: "BAD_RESPONSE", notApplied: false });
    }
  });

  it("that a payment is there already is not believed where it is not to be found", async () => {
    erp.change("EnregistrerReglement", (text) =>
      text.replace(
        /<Reglement>.*<\/Reglement>/s,
        message("E", "R\xE9f\xE9rence externe d\xE9j\xE0 enregistr\xE9e"),
      ),
    );
    expect(await erp.use(cardPayments).submit(paying, call)).toMatchObject({ state: "APPLIED" });
    erp.instead("RechercherReglement", "rien.xml");
    const asked = erp.use(cardPayments).submit(paying, call);
    expect(await failure(asked)).toMatchObject({ code: "BAD_RESPONSE", notApplied: false });
  });
});
