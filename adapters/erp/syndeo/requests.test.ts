import { describe, expect, test } from "vitest";
import { ServiceRequest, serviceRequests } from "../../ports/requests.ts";
import { call, changed, connected, fixture, replay } from "./replay.ts";

const { answers } = replay();
const contractKey = "BAI-000014";
const key = "INT-14-14006";
const page = { contractKey, first: 20, after: null };
const bad = { code: "BAD_RESPONSE" };

describe("requests", () => {
  test("are told apart by whether they are closed", async () => {
    const { use } = await connected();
    const states = ["OPEN", "CLOSED", "ALL"] as const;
    const pages = await use(serviceRequests).ofContracts(
      states.map((state) => ({ ...page, state })),
      call(),
    );
    const [open, closed, all] = pages.map(({ items }) => items.map(({ status }) => status));
    expect(closed!.toSorted()).toEqual(["CANCELLED", "DONE"]);
    expect(open).toEqual(all!.filter((status) => !closed!.includes(status)));
    expect(pages[0]!.total).toBe(open!.length);
  });

  test("have their steps oldest first", async () => {
    const { use } = await connected();
    const [found] = await use(serviceRequests).ofContracts([{ ...page, state: "ALL" }], call());
    const done = found!.items.find(({ status }) => status === "DONE")!;
    expect(done.updates.map(({ status }) => status)).toEqual([
      "RECEIVED",
      "IN_PROGRESS",
      "SCHEDULED",
      "DONE",
    ]);
    expect(done.updates[0]!.at).toBe(done.createdAt);
    for (const item of found!.items) ServiceRequest.parse(item);
  });

  test("keep their steps in order through the hour that October repeats", async () => {
    const Etapes = [
      { Le: "2026-10-25T02:10:00", Etat: "EN_COURS", Commentaire: null },
      { Le: "2026-10-25T02:50:00", Etat: "RECUE", Commentaire: "" },
    ];
    const at = (intervention: object) => ({
      ...intervention,
      CreeeLe: "2026-10-25T02:50:00",
      Etat: "EN_COURS",
      Etapes,
    });
    answers(`/Api/Interventions/${key}`, changed("intervention", at));
    const { use } = await connected();
    const [found] = await use(serviceRequests).byKeys([{ contractKey, key }], call());
    expect(found!.updates).toEqual([
      { at: "2026-10-25T02:50:00+02:00", status: "RECEIVED", comment: null },
      { at: "2026-10-25T02:10:00+01:00", status: "IN_PROGRESS", comment: null },
    ]);
  });

  test.each([
    ["2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"],
    ["2026-03-29T02:30:00", "2026-03-29T03:30:00+02:00"],
    ["2026-03-29T03:00:00", "2026-03-29T03:00:00+02:00"],
    ["2026-10-25T01:59:59", "2026-10-25T01:59:59+02:00"],
    ["2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00"],
    ["2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"],
  ])("made at %s in Paris were made at %s", async (CreeeLe, moment) => {
    const at = (intervention: object) => ({ ...intervention, CreeeLe });
    answers(`/Api/Interventions/${key}`, changed("intervention", at));
    const { use } = await connected();
    const [found] = await use(serviceRequests).byKeys([{ contractKey, key }], call());
    expect(found!.createdAt).toBe(moment);
  });

  test("of another contract are null, as those that do not exist", async () => {
    const { use } = await connected();
    const keys = [
      { contractKey: "BAI-000001", key },
      { contractKey, key: "INT-14-99999" },
      { contractKey, key: "INT-14" },
    ];
    expect(await use(serviceRequests).byKeys(keys, call())).toEqual([null, null, null]);
  });

  test("other than those that were asked for make the answer unusable", async () => {
    answers("/Api/Interventions/INT-14-14001", fixture("intervention"));
    answers("/Api/Contrats/BAI-000001/Interventions", fixture("interventions"));
    const { use } = await connected();
    const one = use(serviceRequests).byKeys([{ contractKey, key: "INT-14-14001" }], call());
    await expect(one).rejects.toMatchObject(bad);
    const asked = { ...page, contractKey: "BAI-000001", state: "ALL" as const };
    await expect(use(serviceRequests).ofContracts([asked], call())).rejects.toMatchObject(bad);
  });
});
