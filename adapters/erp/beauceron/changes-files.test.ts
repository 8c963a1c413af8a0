/** What comes with files: insurance and requests, sent through the guard, read back, and refused. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insuranceRenewals } from "../../ports/contract-changes.ts";
import { insurancePolicies } from "../../ports/contract.ts";
import {
  requestCatalogues,
  serviceRequestCreations,
  type ServiceRequestCreation,
} from "../../ports/request-changes.ts";
import { serviceRequests } from "../../ports/requests.ts";
import { openHouse, nowhere, rejected, appliedAs } from "./testing/house.ts";
import { call, changeOf, fileOf } from "./testing/started.ts";

const { ports, writes, take, submit, lookUp, writesOf } = await openHouse();

describe("home insurance", () => {
  const policy = {
    insurer: "Mutuelle d’Eure-et-Loir & Cie",
    policyNumber: "H-2027/1",
    holder: "Zoé Œuvrard",
    validFrom: "2027-01-01",
    validTo: "2027-12-31",
  };

  test("is renewed with its certificate, byte by byte, once", async () => {
    const { about } = take();
    const file = fileOf(Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251)));
    const change = changeOf({ ...policy, certificate: file.ref }, about, [file]);
    expect(await lookUp(insuranceRenewals, change)).toEqual({ state: "ABSENT" });
    expect(await submit(insuranceRenewals, change)).toEqual(appliedAs(null));
    expect(await lookUp(insuranceRenewals, change)).toEqual(appliedAs(null));
    expect(await submit(insuranceRenewals, change)).toEqual(appliedAs(null));
    const [newest] = await ports.use(insurancePolicies).ofContracts([about.contractKey], call());
    expect(newest).toEqual(policy);
    const [kept, ...others] = await writesOf("insuranceRenewals", about.contractKey);
    expect(others).toEqual([]);
    expect(kept!.content).toMatchObject({
      attestation: {
        name: file.ref.fileName,
        sizeBytes: file.bytes.length,
        sha256: createHash("sha256").update(file.bytes).digest("hex"),
      },
    });
  });

  test("with another certificate is another renewal, which exists already", async () => {
    const { about } = take();
    const [one, two] = [fileOf("one"), fileOf("two")];
    await submit(insuranceRenewals, changeOf({ ...policy, certificate: one.ref }, about, [one]));
    for (const [certificate, files] of [[two.ref, [two]] as const, [null, []] as const]) {
      const change = changeOf({ ...policy, certificate }, about, files);
      expect(await lookUp(insuranceRenewals, change)).toEqual({ state: "ABSENT" });
      expect(await submit(insuranceRenewals, change)).toEqual(rejected("ALREADY_EXISTS"));
    }
  });

  test.each([
    ["that ends before it begins", { validTo: "2026-12-31" }, "INVALID"],
    ["that is over", { validFrom: "2024-01-01", validTo: "2024-12-31" }, "INVALID"],
    ["of too long a name", { insurer: "x".repeat(61) }, "INVALID"],
  ])("%s is refused", async (_what, changed, reason) => {
    const { about } = take();
    const change = changeOf({ ...policy, ...changed, certificate: null }, about);
    expect(await submit(insuranceRenewals, change)).toEqual(rejected(reason));
  });

  test("whose certificate is too big for beauceron is refused without a call", async () => {
    const big = fileOf("x", { sizeBytes: 10 * 1024 * 1024 + 1 });
    const change = changeOf({ ...policy, certificate: big.ref }, take().about, [big]);
    expect(await submit(insuranceRenewals, change)).toEqual(rejected("INVALID"));
  });

  test.each([
    ["is shorter than it was", { sizeBytes: 99 }],
    ["is longer than it was", { sizeBytes: 2 }],
  ])("whose file %s is not sent", async (_what, changed) => {
    const { about } = take();
    const file = fileOf("certificate", changed);
    const sent = submit(
      insuranceRenewals,
      changeOf({ ...policy, certificate: file.ref }, about, [file]),
    );
    await expect(sent).rejects.toMatchObject({ notApplied: true });
    expect(await writesOf("insuranceRenewals", about.contractKey)).toEqual([]);
  });
});

describe("requests", () => {
  const request = (changed: Partial<ServiceRequestCreation> = {}): ServiceRequestCreation => ({
    reasonKey: "M01",
    placeKey: "L02",
    description: "L’eau coule 💧 sous le lavabo.\n<b>Vite</b> & merci",
    availabilities: [{ day: "2099-01-04", from: "08:00", to: "12:00" }],
    contactPhone: "+33639987007",
    photos: [],
    ...changed,
  });

  test("are about what the catalogue offers", async () => {
    const { about } = take();
    const [catalogue] = await ports.use(requestCatalogues).ofContracts([about.contractKey], call());
    expect(catalogue!.reasons).toContainEqual({
      key: "M01",
      label: "Fuite d’eau",
      category: "TECHNICAL",
      placeNeeded: true,
    });
    expect(catalogue!.places).toContainEqual({ key: "L02", label: "Salle de bains" });
    const unknown = ports.use(requestCatalogues).ofContracts([nowhere.contractKey], call());
    await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("come with their photos, once for each reference", async () => {
    const { about } = take();
    const [one, two] = [
      fileOf("one", { mediaType: "image/jpeg", fileName: 'fuite "1".jpg' }),
      fileOf("two", { mediaType: "image/heic", fileName: "fuite 2.heic" }),
    ];
    const change = changeOf(request({ photos: [one.ref, two.ref] }), about, [one, two]);
    expect(await lookUp(serviceRequestCreations, change)).toEqual({ state: "ABSENT" });
    const outcome = await submit(serviceRequestCreations, change);
    expect(await submit(serviceRequestCreations, change)).toEqual(outcome);
    expect(await lookUp(serviceRequestCreations, change)).toEqual(outcome);
    const { reference: key } = outcome as { reference: string };
    const asked = { contractKey: about.contractKey, key };
    const [found] = await ports.use(serviceRequests).byKeys([asked], call());
    expect(found).toMatchObject({
      key,
      reason: "Fuite d’eau",
      place: "Salle de bains",
      category: "TECHNICAL",
      status: "RECEIVED",
      description: change.payload.description,
    });
    const kept = await writesOf("serviceRequestCreations", about.contractKey);
    expect(kept.map(({ reference, person, content }) => ({ reference, person, content }))).toEqual([
      {
        reference: change.operationId,
        person: about.personKey,
        content: expect.objectContaining({
          description: change.payload.description,
          telephone: "+33639987007",
          photos: [one, two].map(({ ref, bytes }) => ({
            name: ref.fileName,
            sizeBytes: 3,
            sha256: createHash("sha256").update(bytes).digest("hex"),
          })),
        }),
      },
    ]);
  });

  test.each([
    ["no place where one is needed", request({ placeKey: null })],
    ["an unknown reason", request({ reasonKey: "M99" })],
    ["a reason that cannot be one", request({ reasonKey: "../demandes" })],
    ["an unknown place", request({ placeKey: "L99" })],
    ["half a character", request({ description: "\udca7" })],
    [
      "hours the wrong way round",
      request({ availabilities: [{ day: "2099-01-04", from: "12:00", to: "08:00" }] }),
    ],
  ])("with %s are refused", async (_what, payload) => {
    const { about } = take();
    const change = changeOf(payload, about);
    expect(await submit(serviceRequestCreations, change)).toEqual(rejected("INVALID"));
    expect(await writesOf("serviceRequestCreations", about.contractKey)).toEqual([]);
  });

  test("of somebody who did not sign the contract are refused", async () => {
    const { contractKey } = take().about;
    const { personKey } = take().about;
    const change = changeOf(request(), { contractKey, personKey });
    expect(await submit(serviceRequestCreations, change)).toEqual(rejected("NOT_POSSIBLE"));
  });

  test("say whatever people write, or are refused", async () => {
    const { about } = take();
    const hostile = fc.oneof(
      fc.constantFrom("]]><a/>", "&x;", "<!--", '"}\r\n--', "--boundary--", "💧œé\u0301", "a\0b"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (description) => {
        const parsed = serviceRequestCreations.payload.safeParse(request({ description }));
        if (!parsed.success) return;
        const outcome = await ports
          .use(serviceRequestCreations)
          .submit(changeOf(parsed.data, about), call());
        if (outcome.state === "REJECTED") {
          expect(outcome.reason).toBe("INVALID");
          expect(/\0|\p{Cs}/u.test(description)).toBe(true);
          return;
        }
        const [last] = (await writes()).slice(-1);
        expect(last!.content).toMatchObject({ description: parsed.data.description });
      }),
      { numRuns: 25 },
    );
  });
});
