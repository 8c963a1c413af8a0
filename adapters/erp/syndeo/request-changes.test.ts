/** New requests with their photos, at the mock ERP over HTTP and behind the guard. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oddities, ownerOddities } from "../../../mocks/world/oddities.ts";
import type { Submission } from "../../ports/changes.ts";
import type { Port } from "../../ports/port.ts";
import {
  requestCatalogues,
  serviceRequestCreations,
  type ServiceRequestCreation,
} from "../../ports/request-changes.ts";
import { serviceRequests } from "../../ports/requests.ts";
import {
  asking,
  call,
  contractKey,
  now,
  partiesOf,
  personKey,
  photo,
  photoBytes,
  world,
} from "./testing/changes.ts";
import { startHouse, type House } from "./testing/house.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse({ world, now, deadlockEvery: 0 });
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);

const requests = async () => {
  const page = { contractKey, state: "ALL", first: 50, after: null } as const;
  return (await use(serviceRequests).ofContracts([page], call))[0]!.items;
};

describe("the catalogue", () => {
  test("has places and reasons of a lease, and no place where somebody lets", async () => {
    const keys = [contractKey, partiesOf(ownerOddities.owner).contractKey];
    const [lease, managed] = await use(requestCatalogues).ofContracts(keys, call);
    expect(lease!.places).toContainEqual({ key: "LIE-SDB", label: "Salle de bains" });
    expect(lease!.reasons).toContainEqual({
      key: "MOT-FUITE",
      label: "Fuite d’eau",
      category: "TECHNICAL",
      placeNeeded: true,
    });
    expect(managed!.places).toEqual([]);
    expect(new Set(managed!.reasons.map(({ category }) => category))).toEqual(
      new Set(["ADMINISTRATIVE"]),
    );
  });

  test("of an unknown contract is not there", async () => {
    const asked = use(requestCatalogues).ofContracts(["BAI-999999"], call);
    await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a request", () => {
  test("is made with its photos, and read back", async () => {
    const asked = asking();
    const before = await requests();
    expect(await use(serviceRequestCreations).lookUp(asked, call)).toEqual({ state: "ABSENT" });
    const outcome = await use(serviceRequestCreations).submit(asked, call);
    const [made, ...others] = await requests();
    expect(outcome).toEqual({ state: "APPLIED", reference: made!.key });
    expect(others).toEqual(before);
    expect(made).toMatchObject({
      contractKey,
      category: "TECHNICAL",
      place: "Salle de bains",
      reason: "Fuite d’eau",
      description: asked.payload.description,
      status: "RECEIVED",
    });
    const files = [1, 2].map((n) => ({
      name: `fuite ${n} – été.jpg`,
      sizeBytes: 20,
      sha256: createHash("sha256").update(photoBytes(n)).digest("hex"),
    }));
    expect(await house.applied(asked.operationId)).toMatchObject([
      {
        kind: "serviceRequestCreations",
        contract: contractKey,
        person: personKey,
        content: { Fichiers: files, Telephone: "+33612345678" },
      },
    ]);
  });

  test("that comes again is the one that is there, and found by its reference", async () => {
    const asked = asking({ photos: [], placeKey: null, reasonKey: "MOT-SITU", contactPhone: null });
    const outcome = await use(serviceRequestCreations).submit(asked, call);
    expect(await use(serviceRequestCreations).submit(asked, call)).toEqual(outcome);
    expect(await use(serviceRequestCreations).lookUp(asked, call)).toEqual(outcome);
    expect(await house.applied(asked.operationId)).toHaveLength(1);
  });

  test("goes on from the middle where a photo did not get through", async () => {
    const asked = asking();
    await house.door("/faults", "PUT", {
      kind: "cut-after",
      operation: "demanderIntervention",
      times: 1,
    });
    const lost = use(serviceRequestCreations).submit(asked, call);
    await expect(lost).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(await use(serviceRequestCreations).lookUp(asked, call)).toMatchObject({
      state: "APPLIED",
    });

    const other = asking();
    await house.door("/faults", "PUT", { kind: "cut-after", operation: "deposer", times: 1 });
    const cut = use(serviceRequestCreations).submit(other, call);
    await expect(cut).rejects.toMatchObject({ code: "UNAVAILABLE", notApplied: true });
    expect(await use(serviceRequestCreations).lookUp(other, call)).toEqual({ state: "ABSENT" });
    await use(serviceRequestCreations).submit(other, call);
    const [made] = await house.applied(other.operationId);
    expect((made!.content as { Fichiers: unknown[] }).Fichiers).toHaveLength(2);
  });

  test("takes a photo of ten million bytes", async () => {
    const asked = asking({ photos: [photo(3, { sizeBytes: 10_000_000 })] });
    const outcome = await use(serviceRequestCreations).submit(asked, call);
    expect(outcome).toMatchObject({ state: "APPLIED" });
    const [made] = await house.applied(asked.operationId);
    expect(made!.content).toMatchObject({ Fichiers: [{ sizeBytes: 10_000_000 }] });
  });

  const day = "2026-11-25";
  const stranger = partiesOf(oddities.accents).personKey;
  test.each<[string, Submission<ServiceRequestCreation>, string]>([
    ["with a PDF", asking({ photos: [photo(1, { mediaType: "application/pdf" })] }), "INVALID"],
    ["with too big a photo", asking({ photos: [photo(1, { sizeBytes: 10_000_001 })] }), "INVALID"],
    [
      "with a photo of another type",
      asking({ photos: [photo(1, { mediaType: "image/png" })] }),
      "INVALID",
    ],
    ["for no reason", asking({ reasonKey: "MOT-RIEN" }), "INVALID"],
    ["for a reason of another form", asking({ reasonKey: "1" }), "INVALID"],
    ["without its place", asking({ placeKey: null }), "INVALID"],
    ["for no place", asking({ placeKey: "LIE-RIEN" }), "INVALID"],
    [
      "from noon to morning",
      asking({ availabilities: [{ day, from: "12:00", to: "08:00" }] }),
      "INVALID",
    ],
    ["with a zero byte", asking({ description: "a\u0000b" }), "INVALID"],
    ["for no contract", asking({}, { contractKey: null }), "INVALID"],
    ["for an ended contract", asking({}, partiesOf(oddities.ended)), "NOT_POSSIBLE"],
    ["of somebody else", asking({}, { personKey: stranger }), "NOT_POSSIBLE"],
    ["for an unknown contract", asking({}, { contractKey: "BAI-999999" }), "UNKNOWN_THING"],
  ])("%s is refused", async (_, asked, reason) => {
    const outcome = await use(serviceRequestCreations).submit(asked, call);
    expect(outcome).toEqual({ state: "REJECTED", reason });
    expect(await house.applied(asked.operationId)).toEqual([]);
    expect(await use(serviceRequestCreations).lookUp(asked, call)).toEqual({ state: "ABSENT" });
  });

  test("whose photo cannot be read any more is certainly not made", async () => {
    const asked = asking(
      {},
      {
        open: () => {
          throw new Error("ENOENT /var/lib/secret");
        },
      },
    );
    const submitted = use(serviceRequestCreations).submit(asked, call);
    await expect(submitted).rejects.toMatchObject({ code: "INTERNAL", notApplied: true });
  });
});
