/** What beauceron's own words mean for a change, over recorded and made answers. */
import { describe, expect, test } from "vitest";
import { bankAccountChanges, cardPayments } from "../../ports/billing-changes.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import { connected, fixture, replay, type Recorded } from "./replay.ts";
import { call, changeOf } from "./testing/started.ts";

const { asked, answers } = replay();
const { use } = await connected();

const about = { personKey: "LOC-000123", contractKey: "0030020788B" };
const json = (status: number, body: unknown, headers = {}): Partial<Recorded> => ({
  status,
  headers,
  body: body as Recorded["body"],
});
const refusal = (code: number, motif?: string) =>
  json(code, { error: { code, ...(motif && { motif }), message: "SELECT secret FROM t" } });

describe("a person whom others change meanwhile", () => {
  const path = "/v2/locataires/LOC-000123";
  const [recorded] = fixture("locataires").body as Record<string, unknown>[];
  const person = (changed: object, etag: string) =>
    json(
      200,
      { ...recorded, cle: about.personKey, nom: "Avant", courriel: null, ...changed },
      { etag },
    );
  const changed = refusal(412, "MODIFIE_ENTRETEMPS");
  const submit = () => use(personChanges).submit(changeOf({ surname: "Après" }, about), call());
  const sent = () =>
    asked.map(({ method, headers }) => [method, headers.get("if-match")].filter(Boolean).join(" "));

  test("in other fields gets the change upon what stands there now", async () => {
    const last = person({ nom: "Après", courriel: "new@example.org" }, '"3"');
    answers(path, person({}, '"1"'), changed, person({ courriel: "new@example.org" }, '"2"'), last);
    expect(await submit()).toEqual({ state: "APPLIED", reference: null });
    expect(sent()).toEqual(["GET", 'PATCH "1"', "GET", 'PATCH "2"']);
  });

  test("I-10 in the same field is not overwritten", async () => {
    answers(path, person({}, '"1"'), changed, person({ nom: "Entretemps" }, '"2"'));
    expect(await submit()).toEqual({ state: "REJECTED", reason: "CHANGED_MEANWHILE" });
    expect(sent()).toEqual(["GET", 'PATCH "1"', "GET"]);
  });

  test("just as asked needs nothing more", async () => {
    answers(path, person({}, '"1"'), changed, person({ nom: "Après" }, '"2"'));
    expect(await submit()).toEqual({ state: "APPLIED", reference: null });
    expect(sent()).toEqual(["GET", 'PATCH "1"', "GET"]);
  });

  test("again and again is left for later, certainly unchanged", async () => {
    const again = [person({ courriel: "a@b.fr" }, '"2"'), person({ courriel: "b@b.fr" }, '"3"')];
    answers(path, person({}, '"1"'), changed, again[0]!, changed, again[1]!);
    await expect(submit()).rejects.toMatchObject({ code: "UNAVAILABLE", notApplied: true });
    expect(sent()).toHaveLength(5);
  });

  test("and who is gone then is nobody", async () => {
    answers(path, person({}, '"1"'), changed, refusal(404, "RESSOURCE_INCONNUE"));
    expect(await submit()).toEqual({ state: "REJECTED", reason: "UNKNOWN_THING" });
  });

  test("cannot be told without an ETag, so that nothing is sent", async () => {
    answers(path, json(200, { ...recorded, cle: about.personKey }));
    await expect(submit()).rejects.toMatchObject({ code: "BAD_RESPONSE", notApplied: true });
    expect(sent()).toEqual(["GET"]);
  });

  test("is not believed to be changed when the answer shows the old name", async () => {
    answers(path, person({}, '"1"'), person({}, '"2"'));
    await expect(submit()).rejects.toMatchObject({ code: "BAD_RESPONSE", notApplied: false });
  });
});

describe("a refusal", () => {
  const path = "/v2/contrats/0030020788B/coordonnees-bancaires";
  const submit = () => {
    answers("/v2/coordonnees-bancaires", { status: 204 });
    const payload = { iban: "FR7699101000420000000004297", bic: null, holder: "X" };
    return use(bankAccountChanges).submit(changeOf(payload, about), call());
  };

  test.each([
    [422, "VALEUR_REFUSEE", "INVALID"],
    [400, "REQUETE_INVALIDE", "INVALID"],
    [404, "RESSOURCE_INCONNUE", "UNKNOWN_THING"],
    [409, "EXISTE_DEJA", "ALREADY_EXISTS"],
    [422, "CONTRAT_CLOS", "NOT_POSSIBLE"],
    [422, "SELON_UNE_REGLE_NOUVELLE", "OTHER"],
  ])("%i %s is %s", async (status, motif, reason) => {
    answers(path, refusal(status, motif));
    expect(await submit()).toEqual({ state: "REJECTED", reason });
  });

  test.each([
    ["without beauceron's own word", refusal(422)],
    ["of another status than it says", json(422, { error: { code: 409, motif: "EXISTE_DEJA" } })],
    ["for a wrong address", refusal(404, "ROUTE_INCONNUE")],
    ["of a kind that beauceron does not know", refusal(418, "VALEUR_REFUSEE")],
  ])("%s leaves the outcome open", async (_what, answer) => {
    answers(path, answer);
    const error = await submit().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ notApplied: false });
    expect((error as Error).message).not.toContain("SELECT");
  });

  test("429 with Retry-After came before anything was applied", async () => {
    answers(path, json(429, refusal(429).body, { "retry-after": "1" }));
    await expect(submit()).rejects.toMatchObject({ code: "RATE_LIMITED", notApplied: true });
  });
});

describe("a payment looked up by its reference", () => {
  const [recorded] = fixture("reglements").body as Record<string, unknown>[];
  const change = changeOf(
    {
      amount: { amount: "10.00", currency: "EUR" as const },
      paidAt: "2026-11-20T10:00:00Z",
      provider: "PAYFIP" as const,
      providerReference: "PF-1",
    },
    about,
  );
  const booked = (changed: object) => ({
    ...recorded,
    contrat: about.contractKey,
    montant: "10.00",
    reference: change.operationId,
    ...changed,
  });
  const lookUp = () => use(cardPayments).lookUp(change, call());

  test("is absent only where beauceron says that the list is empty", async () => {
    answers("/v2/reglements", { status: 204 });
    expect(await lookUp()).toEqual({ state: "ABSENT" });
  });

  test.each([
    ["the filter was not heeded", json(200, [booked({ reference: "another-one" })])],
    ["it stands on another contract", json(200, [booked({ contrat: "0030020825B" })])],
    ["it is of another amount", json(200, [booked({ montant: "11.00" })])],
    ["there are two", json(200, [booked({}), booked({ id: "RG-1-2" })])],
    ["the list is unknown", refusal(404, "RESSOURCE_INCONNUE")],
    ["the address is unknown", refusal(404, "ROUTE_INCONNUE")],
  ])("is nobody's guess where %s", async (_what, answer) => {
    answers("/v2/reglements", answer, { status: 204 });
    await expect(lookUp()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("is not believed to be known when it then is not there", async () => {
    answers("/v2/contrats/0030020788B/reglements", refusal(409, "REFERENCE_CONNUE"));
    answers("/v2/reglements", { status: 204 });
    const sent = use(cardPayments).submit(change, call());
    await expect(sent).rejects.toMatchObject({ code: "BAD_RESPONSE", notApplied: false });
  });
});
