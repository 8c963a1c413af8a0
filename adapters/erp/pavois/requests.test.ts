import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serviceRequests } from "../../ports/requests.ts";
import { call, replayPavois, type Replay } from "./replay.ts";

const contractKey = "L/2013949";
const page = { contractKey, first: 3, after: null, state: "ALL" } as const;

describe("Requests at Pavois", () => {
  let erp: Replay;
  beforeEach(async () => {
    erp = await replayPavois();
  });
  afterEach(() => erp.close());

  const list = async () => (await erp.use(serviceRequests).ofContracts([page], call))[0]!;

  it("are read with their steps, oldest first, and their times in the landlord's zone", async () => {
    const { items, total } = await list();
    expect(total).toBe(6);
    expect(items[2]).toEqual({
      key: "D00014004",
      contractKey,
      number: "D00014004",
      category: "TECHNICAL",
      place: "Cuisine",
      reason: "Chauffage & eau chaude",
      description: "Radiateur froid (<16 °C) ; devis d'un dépannage : 89,05 € TTC. Qui paie ?",
      status: "SCHEDULED",
      createdAt: "2026-07-17T09:51:50+02:00",
      updates: [
        {
          at: "2026-07-17T09:51:50+02:00",
          status: "RECEIVED",
          comment: "Votre demande a bien été reçue.",
        },
        { at: "2026-07-22T11:23:52+02:00", status: "IN_PROGRESS", comment: null },
        {
          at: "2026-07-27T13:25:35+02:00",
          status: "SCHEDULED",
          comment: "Passage prévu jeudi entre 8 h et 12 h.",
        },
      ],
    });
  });

  it("keep the lines of what the tenant wrote", async () => {
    const { items } = await list();
    expect(items[0]!.description).toBe(
      "L’eau coule sous le lavabo & goutte chez le voisin du dessous.\nDébit < 1 litre par heure, mais ça s’aggrave.",
    );
  });

  it("keep their steps in order through the hour that October repeats", async () => {
    erp.change("ListerDemandes", (text) =>
      text
        .replace("2026-07-22T11:23:52", "2026-10-25T02:50:00")
        .replace("2026-07-27T13:25:35", "2026-10-25T02:10:00"),
    );
    const { items } = await list();
    expect(items[2]!.updates.slice(1).map(({ at }) => at)).toEqual([
      "2026-10-25T02:50:00+02:00",
      "2026-10-25T02:10:00+01:00",
    ]);
  });

  it("are asked for by state, one call for each, and answered in order", async () => {
    const states = ["OPEN", "CLOSED", "OPEN"] as const;
    const keys = states.map((state, i) => ({
      ...page,
      state,
      contractKey: `L/201394${i === 2 ? 8 : 9}`,
    }));
    const pages = await erp.use(serviceRequests).ofContracts(keys, call);
    expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 0]);
    const selections = erp.requests.map((body) => /Selection>(\w+)</.exec(body)![1]);
    expect(selections.sort()).toEqual(["CLOSES", "OUVERTES"]);
  });

  it("are nobody's but their contract's", async () => {
    const key = "D00014006";
    const keys = [
      { contractKey: "L/2013950", key },
      { contractKey, key },
      { contractKey, key: "D1" },
    ];
    const found = await erp.use(serviceRequests).byKeys(keys, call);
    expect(found.map((request) => request?.number ?? null)).toEqual([null, key, null]);
    expect(erp.operations()).toEqual(["LireDemandes"]);
  });

  it("in a state that nobody knows are refused", async () => {
    erp.change("ListerDemandes", (text) => text.replace("Etat>RECUE<", "Etat>ARCHIVEE<"));
    await expect(list()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });
});
