/** Requests and surveys against the mock ERP, over HTTP: sent once, and read back. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOfContract } from "../../../mocks/pavois/keys.ts";
import { oddities } from "../../../mocks/world/oddities.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import { requestCatalogues, serviceRequestCreations } from "../../ports/request-changes.ts";
import { serviceRequests } from "../../ports/requests.ts";
import { surveyAnswers, surveys } from "../../ports/surveys.ts";
import { call, change, fileOf, startHouse, type House } from "./testing/house.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

const pdf = new TextEncoder().encode("%PDF-1.4\navis\n%%EOF\n");
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...Array.from({ length: 5000 }, (_, i) => i)]);

const of = (contract: WorldContract) => [keyOfContract(contract)];

describe("A request", () => {
  it("is made from the catalogue, with photos, and found among the others", async () => {
    const contract = house.contractOf(oddities.accents);
    const [catalogue] = await house.ports.use(requestCatalogues).ofContracts(of(contract), call);
    const reason = catalogue!.reasons.find(({ placeNeeded }) => placeNeeded)!;
    const place = catalogue!.places[1]!;
    const photos = ["a.jpg", "b.jpg"].map((name) => fileOf(name, "image/jpeg", jpeg));
    const payload = {
      reasonKey: reason.key,
      placeKey: place.key,
      description: "L’eau coule <goutte> & s'aggrave.\nVoir les photos ]]> 😀",
      availabilities: [{ day: "2026-12-01", from: "08:00", to: "12:30" }],
      contactPhone: "+33612345678",
      photos: photos.map(({ ref }) => ref),
    };
    const { outcome, content } = await house.apply(
      serviceRequestCreations,
      change({ contract }, payload),
    );
    expect(content).toMatchObject({ photos: photos.map(({ taken }) => taken) });
    const key = (outcome as { reference: string }).reference;
    const asked = { contractKey: keyOfContract(contract), key };
    const [found] = await house.ports.use(serviceRequests).byKeys([asked], call);
    expect(found).toMatchObject({
      place: place.label,
      reason: reason.label,
      description: payload.description,
      status: "RECEIVED",
    });
  });
});

describe("A survey", () => {
  const read = async (contract: WorldContract) =>
    (await house.ports.use(surveys).ofContracts(of(contract), call))[0]!;

  it("is listed with its household, the newest first", async () => {
    const found = await read(house.contractOf(oddities.everything));
    expect(found.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      "SLS OPEN",
      "OPS VALIDATED",
      "SLS VALIDATED",
    ]);
    const { members } = found[0]!;
    expect(members[0]).toMatchObject({ occupation: null, taxIncome: null, taxNoticeNeeded: true });
    expect(await read(house.contractOf(oddities.ended))).toEqual([]);
  });

  it("is incomplete as long as a tax notice lacks, and then validated", async () => {
    const contract = house.contractOf(oddities.accents);
    const [survey] = await read(contract);
    const { ref, taken } = fileOf("avis.pdf", "application/pdf", pdf);
    const members = survey!.members.map(({ key, surname, givenName, birthDate }) => ({
      key,
      surname,
      givenName,
      birthDate,
      occupation: "EMPLOYED" as const,
      taxIncome: { amount: "21500.00", currency: "EUR" as const },
      taxNotice: null,
    }));
    const newborn = {
      key: null,
      surname: "L’Œillet",
      givenName: "Ève",
      birthDate: "2026-01-31",
      occupation: "CHILD" as const,
      taxIncome: null,
      taxNotice: null,
    };
    const answer = {
      surveyKey: survey!.key,
      householdStatus: "CIVIL_PARTNERSHIP" as const,
      members: [...members, newborn],
    };
    await house.apply(surveyAnswers, change({ contract }, answer));
    const [incomplete] = await read(contract);
    expect(incomplete).toMatchObject({
      status: "INCOMPLETE",
      householdStatus: "CIVIL_PARTNERSHIP",
    });
    expect(incomplete!.members.at(-1)).toMatchObject({ givenName: "Ève", taxNoticeNeeded: false });
    const whole = {
      ...answer,
      members: members.map((member) => ({ ...member, taxNotice: ref })),
    };
    const { content } = await house.apply(surveyAnswers, change({ contract }, whole));
    expect(content).toMatchObject({ members: members.map(() => ({ taxNotice: taken })) });
    const [done] = await read(contract);
    expect(done!.status).toBe("VALIDATED");
    expect(done!.members.map(({ key }) => key)).toEqual(members.map(({ key }) => key));
    const late = await house.ports.use(surveyAnswers).submit(change({ contract }, whole), call);
    expect(late).toEqual({ state: "REJECTED", reason: "NOT_POSSIBLE" });
  });
});
