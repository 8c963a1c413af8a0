import { beforeAll, describe, expect, it } from "vitest";
import { addDays } from "./days.ts";
import { contractsOf, personWith } from "./find.ts";
import { oddities, ownerOddities, type Oddity } from "./oddities.ts";
import { ledgersOf } from "./ownings.ts";
import type { World, WorldContract, WorldPerson } from "./types.ts";
import { createWorld } from "./world.ts";

const sum = (list: { cents: number }[]) => list.reduce((total, { cents }) => total + cents, 0);

it.each(["la-rochelle", "chartres", "ivry", "aubervilliers"])(
  "has tenants only at %s: leases, nothing printed, no ledgers",
  (landlord) => {
    const options = { landlord, seed: 1, today: "2026-11-20", people: 60, contracts: 80 };
    const { people, contracts } = createWorld(options);
    for (const person of people) {
      const { roles, credentials, properties, candidacies, ledgers } = person;
      expect([roles, credentials, properties, candidacies, ledgers]).toEqual([
        ["TENANT"],
        null,
        [],
        [],
        [],
      ]);
    }
    for (const { kind, fundsCalls, minutes } of contracts) {
      expect([kind, fundsCalls, minutes]).toEqual(["LEASE", [], []]);
    }
    const owners: string[] = Object.values(ownerOddities);
    expect(people.some(({ oddity }) => oddity !== null && owners.includes(oddity))).toBe(false);
  },
);

describe.each(["2026-11-20", "2026-01-01", "2024-02-29", "2026-06-20"])(
  "the private landlord on %s",
  (today) => {
    let world: World;
    let ofKind: (kind: WorldContract["kind"]) => WorldContract[];
    beforeAll(() => {
      world = createWorld({ landlord: "immo-paris", seed: 75, today, people: 400, contracts: 500 });
      ofKind = (kind) => world.contracts.filter((contract) => contract.kind === kind);
    });
    const who = (oddity: Oddity): WorldPerson => personWith(world, oddity);
    const kindsOf = (oddity: Oddity) => contractsOf(world, who(oddity)).map(({ kind }) => kind);

    it("has all the hand-made people of every landlord, and those of its own", () => {
      const all = { ...oddities, ...ownerOddities };
      const made = world.people.slice(0, Object.keys(all).length).map(({ oddity }) => oddity);
      expect(new Set(made)).toEqual(new Set(Object.values(all)));
      expect([world.people.length, world.contracts.length]).toEqual([400, 500]);
    });

    it("has people of every role, some of two, and a contract for each role but the candidate's", () => {
      const order = ["TENANT", "CO_OWNER", "OWNER", "CANDIDATE"];
      const kinds = { TENANT: "LEASE", CO_OWNER: "CO_OWNERSHIP", OWNER: "MANAGEMENT" } as const;
      for (const person of world.people) {
        expect(person.roles).toEqual(order.filter((role) => person.roles.includes(role as never)));
        const expected = person.roles.flatMap((role) => (role === "CANDIDATE" ? [] : kinds[role]));
        const found = new Set(contractsOf(world, person).map(({ kind }) => kind));
        expect(found).toEqual(new Set(expected));
      }
      const counts = order.map(
        (role) => world.people.filter(({ roles }) => roles.includes(role as never)).length,
      );
      expect(Math.min(...counts)).toBeGreaterThan(10);
      expect(world.people.filter(({ roles }) => roles.length > 1).length).toBeGreaterThan(5);
    });

    it("printed an identifier of two letters and six figures for everybody, each once", () => {
      const all = world.people.map(({ credentials }) => credentials!);
      expect(new Set(all.map(({ identifier }) => identifier)).size).toBe(all.length);
      for (const { identifier, password, provisional } of all) {
        expect(identifier).toMatch(/^[A-Z]{2}\d{6}$/);
        if (provisional) expect(password).toMatch(/^\d{6}$/);
        else expect(password).toMatch(/^(?=.*\p{Lu})(?=.*\d)(?=.*[^\p{L}\d]).{8,}$/u);
      }
      const provisional = all.filter((one) => one.provisional).length;
      expect(provisional).toBeGreaterThan(all.length / 2);
      expect(provisional).toBeLessThan(all.length * 0.9);
    });

    it("calls for a co-owner's funds each quarter, and enters each call into the account", () => {
      for (const { fundsCalls, entries, notices, receipts, regularisations } of ofKind(
        "CO_OWNERSHIP",
      )) {
        expect([notices, receipts, regularisations].flat()).toEqual([]);
        const charges = entries.filter((entry) => entry.period !== null);
        expect(charges.map(({ period, cents }) => [period, cents])).toEqual(
          fundsCalls.map(({ period, cents }) => [period, cents]),
        );
        for (const { period, dueDate, issuedOn, zone } of fundsCalls) {
          expect(period.from.slice(5)).toMatch(/^(01|04|07|10)-01$/);
          expect([dueDate, zone]).toEqual([period.from, "ONE_CO_OWNER"]);
          expect(issuedOn < today).toBe(true);
        }
      }
      const [mine] = contractsOf(world, who(ownerOddities.coOwner));
      expect(mine!.fundsCalls.length).toBeGreaterThanOrEqual(11);
      expect(mine!.fundsCalls.length).toBeLessThanOrEqual(13);
      expect(mine!.entries.map(({ label }) => label)).toContainEqual(
        expect.stringMatching(/^Appel de fonds (1er|[234]e) trimestre 20\d\d$/),
      );
    });

    it("has the minutes of three years, the same for all co-owners of a building", () => {
      const seen = new Map<number, string>();
      for (const { building, minutes } of ofKind("CO_OWNERSHIP")) {
        const forAll = minutes.filter(({ zone }) => zone === "ALL_CO_OWNERS");
        expect(forAll).toHaveLength(3);
        const titles = forAll.map(({ title, meetingDate }) => `${meetingDate} ${title}`).join();
        expect(seen.get(building) ?? titles).toBe(titles);
        seen.set(building, titles);
        for (const { meetingDate, issuedOn } of minutes) {
          expect(meetingDate < issuedOn && issuedOn < today).toBe(true);
        }
      }
      expect(seen.size).toBeGreaterThan(3);
    });

    it("shows what the council wrote to its members only", () => {
      const council = ofKind("CO_OWNERSHIP").filter(({ minutes }) =>
        minutes.some(({ zone }) => zone === "COUNCIL"),
      );
      const [member] = contractsOf(world, who(ownerOddities.council));
      const [other] = contractsOf(world, who(ownerOddities.coOwner));
      expect(council).toContain(member);
      expect(council).not.toContain(other);
      expect(council.length).toBeLessThan(ofKind("CO_OWNERSHIP").length / 3);
    });

    it("holds rents for owners: the account goes by rents, fees and what was sent", () => {
      for (const { entries, notices, fundsCalls, payments, start, end } of ofKind("MANAGEMENT")) {
        expect([notices, fundsCalls, payments].flat()).toEqual([]);
        if (start < addDays(today, -60) && end === null) expect(entries.length).toBeGreaterThan(1);
        expect(entries.every(({ date }) => date < today)).toBe(true);
        const dates = entries.map(({ date }) => date);
        expect(dates).toEqual(dates.toSorted().toReversed());
      }
      const [held] = contractsOf(world, who(ownerOddities.owner));
      expect(Math.abs(held!.balanceCents)).toBeLessThan(150_000);
    });

    it("keeps one ledger per role, which comes to what the contracts of the kind come to", () => {
      for (const person of world.people) {
        expect(person.ledgers.map(({ kind }) => kind)).toEqual(
          person.roles.filter((role) => role !== "CANDIDATE"),
        );
        expect(person.ledgers).toEqual(ledgersOf(person, contractsOf(world, person)));
      }
      const two = who(ownerOddities.coOwnerAndOwner).ledgers;
      expect(two.map(({ kind, balanceCents }) => [kind, balanceCents])).toEqual([
        ["CO_OWNER", 0],
        ["OWNER", -364_313],
      ]);
      expect(who(ownerOddities.coOwner).ledgers[0]!.balanceCents).toBeGreaterThan(0);
      const numbers = world.people.flatMap(({ ledgers }) => ledgers.map(({ number }) => number));
      expect(new Set(numbers).size).toBe(numbers.length);
    });

    it("makes a ledger of the contracts as they stand when asked again", () => {
      const person = who(ownerOddities.tenant);
      const own = contractsOf(world, person).map((contract) => ({ ...contract }));
      own[0]!.balanceCents = 4_211;
      expect(ledgersOf(person, own)[0]!.balanceCents).toBe(4_211);
    });

    it("has a property for each lot and each dwelling let, none for tenants", () => {
      for (const person of world.people) {
        const units = contractsOf(world, person)
          .filter(({ kind }) => kind !== "LEASE")
          .flatMap((contract) => contract.units.map(({ reference }) => reference));
        expect(person.properties.map(({ reference }) => reference)).toEqual(units);
        for (const { kind, shares } of person.properties) {
          expect(shares === null).toBe(kind === "LET");
        }
      }
      const lots = who(ownerOddities.twoLots).properties;
      expect(lots.map(({ kind }) => kind)).toContain("CO_OWNED");
      expect(lots).toHaveLength(2);
    });

    it("has candidates with files, newest first; the hand-made one has two", () => {
      for (const { roles, candidacies } of world.people) {
        expect(candidacies.length > 0).toBe(roles.includes("CANDIDATE"));
        for (const { openedOn, updatedOn } of candidacies) {
          expect(openedOn <= updatedOn && updatedOn < today).toBe(true);
        }
        const opened = candidacies.map(({ openedOn }) => openedOn);
        expect(opened).toEqual(opened.toSorted().toReversed());
      }
      expect(who(ownerOddities.candidate).candidacies).toHaveLength(2);
    });

    it("has the hand-made co-owners, owners and tenants", () => {
      expect(kindsOf(ownerOddities.coOwner)).toEqual(["CO_OWNERSHIP"]);
      expect(kindsOf(ownerOddities.owner)).toEqual(["MANAGEMENT"]);
      expect(kindsOf(ownerOddities.coOwnerAndOwner)).toEqual(["CO_OWNERSHIP", "MANAGEMENT"]);
      expect(kindsOf(ownerOddities.candidate)).toEqual([]);
      expect(kindsOf(ownerOddities.tenant)).toEqual(["LEASE"]);
      expect(who(ownerOddities.coOwnerWithoutEmail).email).toBeNull();
      expect(who(ownerOddities.council).credentials!.provisional).toBe(false);
      const [let_] = contractsOf(world, who(ownerOddities.owner));
      expect(let_!.units[0]!.address).not.toEqual(who(ownerOddities.owner).address);
    });

    it("has balances that follow from the entries of whoever bought within three years", () => {
      const recent = ofKind("CO_OWNERSHIP").filter(({ start }) => start >= addDays(today, -900));
      expect(recent.length).toBeGreaterThan(5);
      for (const { balanceCents, entries } of recent) expect(balanceCents).toBe(sum(entries));
    });
  },
);
