import { beforeAll, describe, expect, it } from "vitest";
import { addDays } from "./days.ts";
import { contractsOf, personWith } from "./find.ts";
import { oddities, type Oddity } from "./oddities.ts";
import type { World, WorldAddress } from "./types.ts";
import { createWorld } from "./world.ts";

const landlords = ["la-rochelle", "chartres", "ivry", "aubervilliers", "immo-paris"];
const sum = (list: { cents: number }[]) => list.reduce((total, { cents }) => total + cents, 0);
const newestFirst = (days: string[]) =>
  expect(days).toEqual(days.toSorted((a, b) => b.localeCompare(a)));

describe.each(landlords)("the World of %s", (landlord) => {
  const today = "2026-11-20";
  let world: World;
  beforeAll(() => {
    world = createWorld({ landlord, seed: 94, today, people: 600, contracts: 750 });
  });
  const theContractOf = (oddity: Oddity) => contractsOf(world, personWith(world, oddity))[0]!;

  it("lies where the landlord lets", () => {
    const departments: Record<string, string[]> = {
      "la-rochelle": ["17"],
      chartres: ["28"],
      ivry: ["94"],
      aubervilliers: ["93"],
      "immo-paris": ["75", "78", "92", "93", "94"],
    };
    const codes = world.buildings.map((building) => building.address.postalCode);
    const found = new Set(codes.map((code) => code.slice(0, 2)));
    expect([...found].toSorted()).toEqual(departments[landlord]);
    for (const { phone } of world.people) {
      if (phone) expect(phone.replace(/\D/g, "").length).toBeGreaterThanOrEqual(10);
    }
  });

  it("has buildings of 8 to 60 flats, numbered from 1, each at an address of its own", () => {
    const { buildings } = world;
    expect(buildings.map(({ number }) => number)).toEqual(buildings.map((_, i) => i + 1));
    for (const { units } of buildings) {
      expect(units).toBeGreaterThanOrEqual(8);
      expect(units).toBeLessThanOrEqual(60);
    }
    expect(new Set(buildings.map(({ address }) => JSON.stringify(address))).size).toBe(
      buildings.length,
    );
    expect(buildings.some(({ builtIn }) => builtIn === null)).toBe(true);
    expect(buildings.some(({ notes }) => notes.length === 0)).toBe(true);
  });

  it("puts each contract into the building that stands at its first unit's address", () => {
    const street = ({ lines, postalCode, city }: WorldAddress) => [lines.at(-1), postalCode, city];
    for (const { building, units } of world.contracts) {
      const { address } = world.buildings[building - 1]!;
      expect(street(units[0]!.address)).toEqual(street(address));
    }
    const shared = world.contracts.filter(
      ({ building }) => building === world.contracts[40]!.building,
    );
    expect(shared.length).toBeGreaterThan(1);
  });

  it("lets no more dwellings of a building than it has flats", () => {
    for (const { number, units } of world.buildings) {
      const homes = world.people.filter((person) =>
        contractsOf(world, person).some(
          (contract) =>
            contract.kind === "LEASE" &&
            contract.building === number &&
            contract.units[0]!.kind === "DWELLING" &&
            contract.end === null &&
            contract.signatories[0] === person.number,
        ),
      );
      expect(homes.length).toBeLessThanOrEqual(units!);
    }
  });

  it("has up to four open requests in a building's common parts, newest first, naming nobody", () => {
    const { buildings, people } = world;
    const counts = new Set(buildings.map(({ requests }) => requests.length));
    expect(Math.min(...counts)).toBe(0);
    expect(Math.max(...counts)).toBe(4);
    const surnames = new Set(people.map(({ surname }) => surname));
    for (const { requests } of buildings) {
      newestFirst(requests.map(({ createdAt }) => createdAt));
      for (const request of requests) {
        expect(["RECEIVED", "IN_PROGRESS", "SCHEDULED"]).toContain(request.updates.at(-1)!.status);
        expect(request.updates.at(-1)!.at < today).toBe(true);
        const words = JSON.stringify(request);
        for (const surname of surnames) expect(words).not.toContain(surname);
        expect(words).not.toMatch(/@|\d\d \d\d \d\d/);
      }
    }
  });

  it("numbers requests of buildings apart from those of contracts", () => {
    const numbers = [...world.buildings, ...world.contracts].flatMap(({ requests }) =>
      requests.map(({ number }) => number),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("has three years of news, newest first, for everybody and for some buildings", () => {
    const { news, buildings } = world;
    newestFirst(news.map(({ publishedOn }) => publishedOn));
    expect(news[0]!.publishedOn < today).toBe(true);
    expect(news.at(-1)!.publishedOn > addDays(today, -1100)).toBe(true);
    expect(news.at(-1)!.publishedOn < addDays(today, -1000)).toBe(true);
    const local = news.flatMap((item) => (item.buildings ? [item.buildings] : []));
    expect(local).toHaveLength(news.length / 2);
    for (const numbers of local) {
      expect(numbers.length).toBeGreaterThan(0);
      expect(numbers.every((number) => buildings[number - 1])).toBe(true);
    }
  });

  it("has somebody beside the signatories in fewer than half of the dwellings", () => {
    const dwellings = world.contracts.filter(({ units }) => units[0]!.kind === "DWELLING");
    const shared = dwellings.filter(({ occupants }) => occupants.length > 0);
    expect(shared.length).toBeGreaterThan(dwellings.length / 10);
    expect(shared.length).toBeLessThan(dwellings.length / 2);
    const rest = world.contracts.filter(
      ({ kind, units, end }) =>
        kind !== "LEASE" || units[0]!.kind !== "DWELLING" || (end !== null && end < today),
    );
    expect(rest.flatMap(({ occupants }) => occupants)).toEqual([]);
  });

  it("has husbands, wives and children, each numbered once, none born after today", () => {
    const occupants = world.contracts.flatMap((contract) => contract.occupants);
    expect(new Set(occupants.map(({ number }) => number)).size).toBe(occupants.length);
    const relationships = new Set(occupants.map(({ relationship }) => relationship));
    for (const one of ["Enfant", "Conjoint", "Conjointe"]) expect(relationships).toContain(one);
    for (const { birthDate, since } of occupants) {
      if (birthDate) expect(birthDate < today).toBe(true);
      if (birthDate && since) expect(since >= birthDate).toBe(true);
    }
    expect(occupants.some(({ birthDate }) => birthDate === null)).toBe(true);
    expect(occupants.some(({ since }) => since === null)).toBe(true);
    expect(occupants.some(({ surname }) => /['’-]/.test(surname))).toBe(true);
  });

  it("has nobody, one person and a large family beside hand-made people", () => {
    expect(theContractOf(oddities.empty).occupants).toEqual([]);
    expect(theContractOf(oddities.single).occupants).toHaveLength(1);
    expect(theContractOf(oddities.everything).occupants).toHaveLength(7);
  });

  it("knows the work of most people, that of the retired too", () => {
    const known = world.people.flatMap(({ professional }) => professional ?? []);
    expect(known.length).toBeGreaterThan(world.people.length / 2);
    expect(known.length).toBeLessThan(world.people.length);
    expect(known.some(({ label }) => /^Retraitée?$/.test(label))).toBe(true);
    expect(known.some(({ employer, since }) => employer !== null && since !== null)).toBe(true);
    expect(known.every(({ since }) => since === null || since < today)).toBe(true);
  });

  it("has texts as long as they get: names, a street line of 38, a request of 3,900", () => {
    const person = personWith(world, oddities.longTexts);
    expect(person.surname).toHaveLength(38);
    expect(person.email!.split("@")[0]).toHaveLength(64);
    expect(person.address.lines.at(-1)).toHaveLength(38);
    const { requests, building } = theContractOf(oddities.longTexts);
    expect(requests.map(({ description }) => description.length)).toEqual([3900]);
    expect(world.buildings[building - 1]!.address.lines[0]).toHaveLength(38);
  });
});

describe.each(["2026-11-20", "2026-11-25", "2026-01-01", "2024-02-29", "2026-06-16", "2026-03-31"])(
  "payment plans on %s",
  (today) => {
    const options = { landlord: "la-rochelle", seed: 5, today, people: 600, contracts: 620 };
    const world = createWorld(options);
    const planned = world.contracts.filter((contract) => contract.paymentPlan !== null);
    const [indebted] = contractsOf(world, personWith(world, oddities.debt));

    it("are agreed with the person in debt, and with some others who are behind", () => {
      expect(planned).toContain(indebted);
      expect(planned.length).toBeGreaterThan(2);
      expect(planned.every((contract) => contract.late && contract.end === null)).toBe(true);
    });

    it("say which instalments were paid, missed and are still due", () => {
      for (const { paymentPlan } of planned) {
        const { agreedOn, instalments } = paymentPlan!;
        const days = instalments.map(({ dueDate }) => dueDate);
        expect(days).toEqual(days.toSorted());
        expect(agreedOn < days[0]!).toBe(true);
        for (const { dueDate, status, cents } of instalments) {
          expect(cents).toBeGreaterThan(0);
          expect(status === "DUE").toBe(dueDate >= today);
        }
        const order = instalments.map(({ status }) => status).join(" ");
        expect(order).toMatch(/^PAID( MISSED)+( DUE)+$/);
      }
    });

    it("come to what was owed: what was paid is in the account, the rest is still owed", () => {
      for (const { paymentPlan, payments, balanceCents } of planned) {
        const { instalments } = paymentPlan!;
        const paid = instalments.filter(({ status }) => status === "PAID");
        for (const { dueDate, cents } of paid) {
          expect(payments).toContainEqual(
            expect.objectContaining({ date: dueDate, cents, status: "RECEIVED" }),
          );
        }
        expect(sum(instalments) - sum(paid)).toBeLessThanOrEqual(balanceCents);
      }
    });

    it("begin, for the person in debt, with the part that was paid and receipted", () => {
      const { paymentPlan, receipts } = indebted!;
      const part = receipts.find((receipt) => receipt.kind === "PARTIAL");
      const [first] = paymentPlan!.instalments;
      expect(part).toMatchObject({ issuedOn: first!.dueDate, paidCents: first!.cents });
      expect(first!.cents).toBe(Math.round(sum(paymentPlan!.instalments) * 0.35));
    });
  },
);
