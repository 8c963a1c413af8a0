import { describe, expect, test } from "vitest";
import {
  ResidenceRequest,
  residenceRequests,
  ServiceRequest,
  serviceRequests,
} from "../../ports/requests.ts";
import { call, connected, fixture, replay } from "./replay.ts";

const { answers, paths } = replay();
const contractKey = "0030021269B";

describe("service requests", () => {
  test("come newest first, with what happened to them oldest first", async () => {
    const { use } = await connected();
    const [page] = await use(serviceRequests).ofContracts(
      [{ contractKey, first: 2, after: null, state: "ALL" }],
      call(),
    );
    expect(page).toMatchObject({ endCursor: "2", hasNextPage: true, total: 6 });
    expect(page!.items[0]).toEqual({
      key: "DEM-14-14006",
      contractKey,
      number: "D14/14006",
      category: "TECHNICAL",
      place: "Salle de bains",
      reason: "Fuite d’eau",
      description:
        "L’eau coule sous le lavabo & goutte chez le voisin du dessous.\n" +
        "Débit < 1 litre par heure, mais ça s’aggrave.",
      status: "RECEIVED",
      createdAt: "2026-10-04T09:11:33+02:00",
      updates: [{ at: "2026-10-04T09:11:33+02:00", status: "RECEIVED", comment: null }],
    });
    for (const request of page!.items) {
      ServiceRequest.parse(request);
      expect(request.updates.at(-1)!.status).toBe(request.status);
    }
  });

  test.each([
    ["OPEN", "OUVERTES"],
    ["CLOSED", "CLOSES"],
    ["ALL", "TOUTES"],
  ] as const)("%s are asked for as %s", async (state, etat) => {
    answers(`/v2/contrats/${contractKey}/demandes`, { status: 204 });
    const { use } = await connected();
    const page = { contractKey, first: 10, after: null, state };
    const [found] = await use(serviceRequests).ofContracts([page], call());
    expect(found!.items).toEqual([]);
    expect(paths()[0]).toContain(`etat=${etat}`);
  });

  test("put what happened into order, whatever the offset of each moment", async () => {
    const demande = fixture("demande").body as object;
    const avancements = [
      { le: "2026-10-25T02:10:00+01:00", etat: "TERMINEE", commentaire: " Réparé. " },
      { le: "2026-10-25T02:50:00+02:00", etat: "EN_COURS", commentaire: "" },
    ];
    answers("/v2/demandes/*", { body: { ...demande, etat: "TERMINEE", avancements } });
    const { use } = await connected();
    const key = { contractKey, key: "DEM-14-14006" };
    const [found] = await use(serviceRequests).byKeys([key], call());
    expect(found!.updates.map(({ status, comment }) => [status, comment])).toEqual([
      ["IN_PROGRESS", null],
      ["DONE", "Réparé."],
    ]);
  });

  test("of another contract are null, as those that do not exist", async () => {
    answers("/v2/demandes/DEM-14-999", fixture("inconnu"));
    const { use } = await connected();
    const keys = [
      { contractKey, key: "DEM-14-14006" },
      { contractKey: "0030021158B", key: "DEM-14-14006" },
      { contractKey, key: "DEM-14-999" },
      { contractKey, key: "DEM-14-14006/../../soldes" },
    ];
    const found = await use(serviceRequests).byKeys(keys, call());
    expect(found.map((request) => request?.key ?? null)).toEqual([
      "DEM-14-14006",
      null,
      null,
      null,
    ]);
    expect(paths()).toHaveLength(2);
  });
});

describe("requests of the residence", () => {
  const page = { contractKey: "0030020862B", first: 2, after: null };

  test("tell what is open in the building, newest first", async () => {
    const { use } = await connected();
    const [found] = await use(residenceRequests).ofContracts([page], call());
    expect(found).toMatchObject({ endCursor: "2", hasNextPage: true, total: 3 });
    expect(found!.items[0]).toEqual({
      key: "DEMR-9-900009003",
      category: "TECHNICAL",
      place: "Parking",
      reason: "Portail bloqué ouvert",
      status: "SCHEDULED",
      createdAt: "2026-11-04T08:12:15+01:00",
    });
    for (const request of found!.items) ResidenceRequest.parse(request);
    expect(paths()[0]).toContain("etat=OUVERTES");
  });

  test("tell nothing of whoever told of it, whatever beauceron sends along", async () => {
    const sent = JSON.stringify(fixture("demandesDeLaResidence").body);
    const { use } = await connected();
    const got = JSON.stringify(await use(residenceRequests).ofContracts([page], call()));
    for (const personal of ["Bérénice", "06 39 98 70 07", "ppt 12", "declarant", "description"]) {
      expect(sent).toContain(personal);
      expect(got).not.toContain(personal);
    }
  });

  test("that are closed make the answer unusable", async () => {
    const [first] = fixture("demandesDeLaResidence").body as object[];
    const body = [{ ...first, etat: "TERMINEE" }];
    answers("/v2/contrats/*/residence/demandes", { body, headers: { "x-total-count": "1" } });
    const { use } = await connected();
    const ask = use(residenceRequests).ofContracts([page], call());
    await expect(ask).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("are none of a contract that beauceron does not know", async () => {
    answers("/v2/contrats/9999999999B/residence/demandes", fixture("inconnu"));
    const { use } = await connected();
    const keys = ["9999999999B", "x"].map((contract) => ({ ...page, contractKey: contract }));
    const found = await use(residenceRequests).ofContracts(keys, call());
    expect(found.map(({ items }) => items)).toEqual([[], []]);
  });
});
