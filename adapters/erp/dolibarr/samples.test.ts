/** Each mapping, against what a real Dolibarr 22.0.4 answered. */
import { describe, expect, test } from "vitest";
import * as billing from "../../ports/billing.ts";
import { contracts, occupants } from "../../ports/contract.ts";
import { persons, registrations } from "../../ports/identity.ts";
import { requestCatalogues } from "../../ports/request-changes.ts";
import { serviceRequests } from "../../ports/requests.ts";
import { answering, call, connected, dataOf, laboratory, replay } from "./replay.ts";

const erp = replay();
const { use } = await connected({}, laboratory);
const first = { first: 20, after: null };

describe("a person", () => {
  test("is found by the customer code, and named by the contacts who signed", async () => {
    erp.answers("/thirdparties", "verify-registration");
    erp.answers("/contacts", "contacts-by-tp");
    const asked = [{ kind: "CUSTOMER", reference: "LOC000123" }] as const;
    const registrant = {
      personKey: "3",
      surnames: ["DURAND"],
      givenName: "Claire",
      birthDate: "1985-03-14",
      email: null,
    };
    expect(await use(registrations).byReferences(asked, call())).toEqual([[registrant]]);
    expect(erp.asked[0]).toContain("sqlfilters=(t.code_client:=:'LOC000123')+and+(t.status:=:1)");
  });

  test("is nobody where an empty list is a 404", async () => {
    erp.answers("/thirdparties", "tp-by-code-none");
    const asked = [{ kind: "CUSTOMER", reference: "NOPE" }] as const;
    expect(await use(registrations).byReferences(asked, call())).toEqual([[]]);
  });

  test("is not another one whose code differs by case", async () => {
    const [found] = dataOf("verify-registration") as object[];
    erp.answers("/thirdparties", answering([{ ...found, code_client: "loc000123" }]));
    const asked = [{ kind: "CUSTOMER", reference: "LOC000123" }] as const;
    expect(await use(registrations).byReferences(asked, call())).toEqual([[]]);
  });

  test("has the name of the contact and the address of the third party", async () => {
    erp.answers("/contacts/3", "contacts-full");
    erp.answers("/thirdparties/1", "tp-get");
    const [found] = await use(persons).byKeys(["3"], call());
    expect(found).toEqual({
      key: "3",
      title: null,
      surname: "DURAND",
      birthSurname: null,
      givenName: "Claire",
      birthDate: "1985-03-14",
      email: "claire@example.test",
      phones: ["+33612345678"],
      address: { lines: ["12 rue des Lilas"], postalCode: "75011", city: "Paris", country: "FR" },
    });
  });
});

describe("a contract", () => {
  test("has its number, its lot in extra fields, and the day on the wall when it began", async () => {
    erp.answers("/contacts/3", "contacts-full");
    erp.answers("/contacts", "contacts-by-tp");
    erp.answers("/contracts", "contracts-by-tp");
    erp.answers("/thirdparties/1", "tp-get");
    const [found] = await use(contracts).ofPersons(["3"], call());
    expect(found).toEqual([
      {
        key: "1",
        number: "BAIL-2026-0001",
        kind: "LEASE",
        status: "ACTIVE",
        startDate: "2026-01-01",
        endDate: null,
        signatories: ["DURAND Claire"],
        units: [
          {
            reference: "LOT-A-12",
            kind: "DWELLING",
            label: "Loyer mensuel appartement T2",
            address: {
              lines: ["12 rue des Lilas"],
              postalCode: "75011",
              city: "Paris",
              country: "FR",
            },
          },
        ],
        paymentMethod: null,
      },
    ]);
  });

  test("of another third party in the list makes it unusable", async () => {
    const [one] = dataOf("contracts-by-tp") as object[];
    erp.answers("/contacts/3", "contacts-full");
    erp.answers("/contacts", "contacts-by-tp");
    erp.answers("/contracts", answering([one, { ...one, id: "2", socid: "2" }]));
    erp.answers("/thirdparties/1", "tp-get");
    const asked = use(contracts).ofPersons(["3"], call());
    await expect(asked).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("has occupants: the contacts who did not sign", async () => {
    erp.answers("/contracts/1", "contract-get");
    erp.answers("/contacts", "contacts-by-tp");
    const [found] = await use(occupants).ofContracts(["1"], call());
    expect(found).toEqual([
      {
        key: "4",
        contractKey: "1",
        surname: "DURAND",
        givenName: "Marc",
        birthDate: "1984-01-02",
        relationship: "Conjoint",
        since: null,
      },
    ]);
  });

  test("that Dolibarr does not have has nothing", async () => {
    erp.answers("/contracts/1", "contract-404");
    expect(await use(billing.balances).ofContracts(["1"], call())).toEqual([null]);
    expect(await use(occupants).ofContracts(["1"], call())).toEqual([[]]);
  });
});

describe("a ticket", () => {
  test("is a request, as plain text, with what the landlord wrote on it", async () => {
    erp.answers("/contracts/1", "contract-get");
    erp.answers("/tickets", "tickets-list");
    erp.answers("/tickets/1", "ticket-get-after");
    const asked = [{ contractKey: "1", ...first, state: "ALL" as const }];
    const request = {
      key: "1",
      contractKey: "1",
      number: "TS2611-0001",
      category: "TECHNICAL",
      place: null,
      reason: "Fuite sous l'évier",
      description: "Bonjour,\nune fuite importante sous l'évier.",
      status: "RECEIVED",
      createdAt: "2026-11-20T20:59:40.000Z",
    };
    const created = { at: request.createdAt, status: "RECEIVED", comment: null };
    const { use: asGateway } = await connected({}, { ...laboratory, login: "gateway" });
    const [page] = await asGateway(serviceRequests).ofContracts(asked, call());
    expect(page!.items).toEqual([{ ...request, updates: [created] }]);
    const { use: asOther } = await connected({}, { ...laboratory, login: "other" });
    const [other] = await asOther(serviceRequests).byKeys([{ contractKey: "1", key: "1" }], call());
    expect(other!.updates.map(({ comment }) => comment)).toEqual([
      null,
      "Ticket TS2611-0001 créé",
      "Toujours pas de plombier ?",
    ]);
  });

  test("is none that Dolibarr does not have, or of another contract", async () => {
    erp.answers("/tickets/1", "ticket-404", "ticket-get");
    expect(await use(serviceRequests).byKeys([{ contractKey: "1", key: "1" }], call())).toEqual([
      null,
    ]);
    expect(await use(serviceRequests).byKeys([{ contractKey: "2", key: "1" }], call())).toEqual([
      null,
    ]);
  });

  test("may be of the types that the landlord's file names and Dolibarr has", async () => {
    erp.answers("/contracts/1", "contract-get");
    erp.answers("/setup/dictionary/ticket_types", "ticket-types");
    const [catalogue] = await use(requestCatalogues).ofContracts(["1"], call());
    expect(catalogue!.reasons.map(({ key, label }) => [key, label])).toEqual([
      ["ISSUE", "Problème technique"],
      ["REQUEST", "Demande"],
    ]);
  });
});
