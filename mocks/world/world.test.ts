import { beforeAll, describe, expect, it } from "vitest";
import { provisionsOf } from "./billing.ts";
import { addDays, firstOfMonth } from "./days.ts";
import { contractsOf, personWith } from "./find.ts";
import { contractNumberOf } from "./numbers.ts";
import { oddities, type Oddity } from "./oddities.ts";
import type { World, WorldContract } from "./types.ts";
import { createWorld } from "./world.ts";

const today = "2026-11-20";
const small = (more: Partial<Parameters<typeof createWorld>[0]> = {}) =>
  createWorld({ landlord: "la-rochelle", seed: 17, today, people: 80, contracts: 110, ...more });
const sum = (list: { cents: number }[]) => list.reduce((total, { cents }) => total + cents, 0);

it("has 2,000 people and 2,500 contracts unless told, everybody with a contract", () => {
  const world = createWorld({ landlord: "chartres", seed: 28, today });
  expect([world.people.length, world.contracts.length]).toEqual([2000, 2500]);
  const signed = new Set(world.contracts.flatMap((contract) => contract.signatories));
  expect(signed.size).toBe(2000);
});

it("is the same for the same options, whatever is read first", () => {
  const one = small();
  const other = small();
  for (const contract of other.contracts.toReversed()) void contract.entries.length;
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
});

it("differs by seed and by landlord", () => {
  const names = (world: World) => world.people.slice(30).map((person) => person.surname);
  expect(names(small({ seed: 18 }))).not.toEqual(names(small()));
  const towns = (world: World) => new Set(world.people.map((person) => person.address.postalCode));
  expect([...towns(small({ landlord: "chartres" }))].every((code) => code.startsWith("28"))).toBe(
    true,
  );
  expect([...towns(small())].every((code) => code.startsWith("17"))).toBe(true);
});

it("numbers people and contracts from 1, and gives each e-mail to one person", () => {
  const { people, contracts } = small();
  expect(people.map((person) => person.number)).toEqual(people.map((_, i) => i + 1));
  expect(contracts.map((contract) => contract.number)).toEqual(contracts.map((_, i) => i + 1));
  const emails = people.flatMap((person) => person.email ?? []);
  expect(new Set(emails).size).toBe(emails.length);
});

it("ends contracts after they began, and some of them only", () => {
  const ended = small().contracts.filter((contract) => contract.end !== null);
  expect(ended.every((contract) => contract.end! > contract.start)).toBe(true);
  expect(ended.length).toBeGreaterThan(3);
  expect(ended.length).toBeLessThan(25);
});

it("reads like plain data before and after the accounts are computed", () => {
  const contract = small().contracts[0]!;
  expect(Object.keys(contract)).toContain("entries");
  const copy = structuredClone({ ...contract });
  expect(copy).toEqual(contract);
  expect(contract.entries).toBe(contract.entries);
  contract.balanceCents = 7;
  contract.requests = [];
  expect([contract.balanceCents, contract.requests]).toEqual([7, []]);
});

it("keeps what was assigned before the account was computed", () => {
  const contract = small().contracts[0]!;
  contract.balanceCents = 7;
  expect(contract.entries.length).toBeGreaterThan(0);
  expect(contract.balanceCents).toBe(7);
});

it("uses characters that XML and HTML must escape, accents and line breaks", () => {
  const text = JSON.stringify(small().contracts);
  for (const character of ["&", "<", "«", "’", "€", "é", "\\n"]) expect(text).toContain(character);
});

describe.each(["2026-11-20", "2026-11-25", "2026-01-01", "2024-02-29", "2026-06-16", "2026-03-31"])(
  "books on %s",
  (day) => {
    let world: World;
    let all: WorldContract[];
    beforeAll(() => {
      world = small({ today: day });
      all = world.contracts;
    });

    it("has one charge entry per notice, for its period and its sum", () => {
      for (const contract of all) {
        const charges = contract.entries.filter(
          (entry) => entry.period && !entry.label.startsWith("Régularisation"),
        );
        const asked = contract.notices.map((notice) => [notice.period, sum(notice.lines)]);
        expect(charges.map((entry) => [entry.period, entry.cents])).toEqual(asked);
      }
    });

    it("has one negative entry per payment received or returned, and one back for each returned", () => {
      for (const { entries, payments } of all) {
        const booked = payments.filter((payment) => payment.status !== "PENDING");
        const paid = entries.filter((entry) => entry.period === null && entry.cents < 0);
        const shown = (list: { date: string; cents: number }[]) =>
          list.map(({ date, cents }) => `${date} ${Math.abs(cents)}`).toSorted();
        expect(shown(paid)).toEqual(shown(booked));
        const back = entries.filter((entry) => entry.period === null && entry.cents > 0);
        const returned = payments.filter((payment) => payment.status === "REJECTED");
        expect(sum(back)).toBe(sum(returned));
      }
    });

    it("has a balance that is the sum of all entries for whoever came within three years", () => {
      const recent = all.filter((one) => one.start >= firstOfMonth(day, -35) && one.number <= 80);
      const exact = recent.filter((contract) => contract.balanceCents === sum(contract.entries));
      // One in twenty has an opening balance, of less than 100 €.
      expect(exact.length / recent.length).toBeGreaterThan(0.8);
      for (const { balanceCents, entries } of recent) {
        expect(Math.abs(balanceCents - sum(entries))).toBeLessThan(10_000);
      }
    });

    it("calls late only those who owe something that was due", () => {
      for (const contract of all.filter((one) => one.late)) {
        expect(contract.balanceCents).toBeGreaterThan(0);
        expect(contract.start <= day).toBe(true);
      }
      expect(all.filter((one) => one.late).length).toBeLessThan(all.length / 3);
    });

    it("gives a full receipt once per period wholly paid, rent and charges told apart", () => {
      for (const { notices, receipts } of all) {
        const full = receipts.filter((receipt) => receipt.kind === "FULL");
        expect(new Set(full.map((receipt) => receipt.period.from)).size).toBe(full.length);
        for (const receipt of full) {
          const notice = notices.find((one) => one.period.from === receipt.period.from)!;
          expect(receipt.paidCents).toBe(sum(notice.lines));
          expect(receipt.rentCents! + receipt.chargesCents!).toBe(receipt.paidCents);
        }
      }
    });

    it("gives a part receipt for less than the period asks, without rent and charges", () => {
      for (const { notices, receipts } of all) {
        for (const receipt of receipts.filter((one) => one.kind === "PARTIAL")) {
          const notice = notices.find((one) => one.period.from === receipt.period.from)!;
          expect(receipt.paidCents).toBeLessThan(sum(notice.lines));
          expect([receipt.rentCents, receipt.chargesCents]).toEqual([null, null]);
        }
      }
    });

    it("has an entry for the difference of each regularisation, of the year's provisions", () => {
      for (const { start, end, notices, entries, regularisations } of all) {
        for (const { year, issuedOn, actualCents, provisionsCents } of regularisations) {
          const entry = entries.find(
            (one) => one.label.endsWith(` ${year}`) && one.date === issuedOn,
          );
          expect(entry?.cents).toBe(actualCents - provisionsCents);
          const ofYear = notices.filter((notice) => notice.period.from.startsWith(`${year}-`));
          expect(provisionsCents).toBe(
            ofYear.reduce((total, notice) => total + provisionsOf(notice), 0),
          );
          const whole = start <= `${year}-01-01` && (end ?? "9999") > `${year}-12-31`;
          if (whole) expect(ofYear).toHaveLength(12);
        }
      }
    });

    it("has every list newest first, nothing dated after the evening of the balance", () => {
      for (const contract of all) {
        const { balanceAsOf } = contract;
        expect(balanceAsOf).toBe(addDays(day, -1));
        const lists = [
          contract.entries.map((entry) => entry.date),
          contract.payments.map((payment) => payment.date),
          contract.notices.map((notice) => notice.issuedOn),
          contract.receipts.map((receipt) => receipt.issuedOn),
          contract.regularisations.map((one) => one.issuedOn),
          contract.requests.map((request) => request.createdAt),
        ];
        for (const dates of lists) {
          expect(dates).toEqual(dates.toSorted().toReversed());
          if (dates[0]) expect(dates[0].slice(0, 10) <= balanceAsOf).toBe(true);
        }
      }
    });

    it("numbers the items of each kind once in the world, from the contract's number", () => {
      const parts = ["entries", "payments", "notices", "receipts", "requests"] as const;
      for (const part of parts) {
        const numbers = all.flatMap((contract) => contract[part].map((item) => item.number));
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const contract of all) {
          for (const { number } of contract[part]) {
            expect(contractNumberOf(number)).toBe(contract.number);
          }
        }
      }
    });

    it("tells each request in order, and keeps within the contract", () => {
      for (const { start, requests } of all) {
        for (const { createdAt, updates } of requests) {
          const moments = updates.map((update) => update.at);
          expect(moments[0]).toBe(createdAt);
          expect(moments).toEqual(moments.toSorted());
          expect(createdAt.slice(0, 10) >= start).toBe(true);
        }
      }
    });

    it("has all the hand-made people, first and once each", () => {
      const made = world.people.slice(0, Object.keys(oddities).length);
      expect(new Set(made.map((person) => person.oddity))).toEqual(
        new Set(Object.values(oddities)),
      );
      expect(world.people.slice(made.length).every((person) => person.oddity === null)).toBe(true);
    });

    const theContractOf = (oddity: Oddity) => contractsOf(world, personWith(world, oddity))[0]!;

    it("has a co-tenancy: two signatories of one contract, at one address", () => {
      const first = personWith(world, oddities.cotenantFirst);
      const second = personWith(world, oddities.cotenantSecond);
      expect(contractsOf(world, first)).toEqual(contractsOf(world, second));
      expect(theContractOf(oddities.cotenantSecond).signatories).toEqual([
        first.number,
        second.number,
      ]);
      expect(second.address).toEqual(first.address);
    });

    it("has three contracts of one person, of which the dwelling before has ended", () => {
      const three = contractsOf(world, personWith(world, oddities.threeContracts));
      expect(three.map((contract) => contract.units[0]?.kind)).toEqual([
        "DWELLING",
        "PARKING",
        "DWELLING",
      ]);
      expect(three.map((contract) => contract.end !== null && contract.end < day)).toEqual([
        false,
        false,
        true,
      ]);
    });

    it("has names, a missing e-mail, an ended and a coming contract", () => {
      expect(personWith(world, oddities.twoSurnames).surname).toBe("D'Hérouville-L'Œillet");
      expect(personWith(world, oddities.particle).surname).toBe("de La Tour");
      expect(personWith(world, oddities.birthSurname).birthSurname).toBe("Le Goff");
      expect(personWith(world, oddities.noEmail).email).toBeNull();
      expect(theContractOf(oddities.ended).end! < day).toBe(true);
      expect(theContractOf(oddities.upcoming).start > day).toBe(true);
    });

    it("has a debt that is late, a balance of zero, a credit, and large amounts", () => {
      expect(theContractOf(oddities.debt)).toMatchObject({ late: true });
      expect(theContractOf(oddities.zero)).toMatchObject({ balanceCents: 0, late: false });
      expect(theContractOf(oddities.credit).balanceCents).toBeLessThan(0);
      const large = theContractOf(oddities.large);
      expect(sum(large.notices[0]!.lines)).toBe(123_405);
      expect(large.balanceCents).toBeGreaterThan(100_000);
    });

    it("has an empty history, one of single items, and one of more than 250", () => {
      const empty = theContractOf(oddities.empty);
      expect(empty.start.slice(0, 7)).toBe(day.slice(0, 7));
      const { entries, payments, notices, receipts, regularisations, requests } = empty;
      expect([entries, payments, notices, receipts, regularisations, requests].flat()).toEqual([]);
      const single = theContractOf(oddities.single);
      expect([single.units.length, single.entries.length, single.notices.length]).toEqual([
        1, 1, 1,
      ]);
      const many = theContractOf(oddities.many);
      for (const list of [many.entries, many.payments, many.receipts]) {
        expect(list.length).toBeGreaterThan(240);
      }
      expect(many.entries.length).toBeGreaterThan(250);
    });

    it("has an ordinary person with everything", () => {
      const { insurance, requests, receipts, regularisations } = theContractOf(oddities.everything);
      expect(insurance).not.toBeNull();
      expect(new Set(receipts.map((receipt) => receipt.kind))).toEqual(
        new Set(["FULL", "PARTIAL"]),
      );
      expect(regularisations.length).toBeGreaterThan(0);
      expect(new Set(requests.map((request) => request.category)).size).toBe(2);
      expect(new Set(requests.map((request) => request.updates.at(-1)!.status)).size).toBe(6);
    });
  },
);
