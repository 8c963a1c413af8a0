import { describe, expect, it } from "vitest";
import { contractsOf, personWith } from "./find.ts";
import { oddities, type Oddity } from "./oddities.ts";
import { isAdult, isComplete } from "./survey.ts";
import { createWorld } from "./world.ts";

const today = "2026-11-20";
const world = createWorld({ landlord: "la-rochelle", seed: 17, today });
const asked = world.contracts.flatMap((contract) =>
  contract.surveys.map((survey) => ({ contract, survey })),
);
const ofPerson = (oddity: Oddity) =>
  contractsOf(world, personWith(world, oddity)).flatMap(({ surveys }) => surveys);

describe("Surveys of a World", () => {
  it("are open for about a third of the dwellings that are let, some of them overdue", () => {
    const dwellings = world.contracts.filter(
      ({ units, end }) => end === null && units.some(({ kind }) => kind === "DWELLING"),
    );
    const open = asked.filter(({ survey }) => ["OPEN", "INCOMPLETE"].includes(survey.status));
    const share = new Set(open.map(({ contract }) => contract)).size / dwellings.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.45);
    const overdue = open.filter(({ survey }) => survey.dueDate < today);
    expect(overdue.length).toBeGreaterThan(50);
  });

  it("come in every status for hand-made people", () => {
    const statuses = Object.values(oddities)
      .flatMap(ofPerson)
      .map(({ status }) => status);
    expect([...new Set(statuses)].toSorted()).toEqual([
      "CLOSED",
      "INCOMPLETE",
      "OPEN",
      "VALIDATED",
    ]);
    expect(ofPerson(oddities.debt)[0]!.dueDate < today).toBe(true);
  });

  it("ask about the signatories and those who live there, and for the notice of each grown-up", () => {
    for (const { contract, survey } of asked) {
      const people = contract.signatories.length + contract.occupants.length;
      expect(survey.members).toHaveLength(people);
      for (const { birthDate, taxNoticeNeeded } of survey.members) {
        expect(taxNoticeNeeded).toBe(isAdult(birthDate, survey.year));
      }
    }
  });

  it("lack nothing where they are validated, and something where they are incomplete", () => {
    const settled = asked.filter(({ survey }) => /VALIDATED|INCOMPLETE/.test(survey.status));
    for (const { survey } of settled) {
      expect(isComplete(survey)).toBe(survey.status === "VALIDATED");
    }
    expect(settled.length).toBeGreaterThan(100);
  });

  it("are in even years where they are OPS", () => {
    const years = asked.map(({ survey: { kind, year } }) => `${kind} ${year}`);
    expect([...new Set(years)].toSorted()).toEqual(["OPS 2026", "SLS 2025", "SLS 2026"]);
  });

  it("are kept by one landlord", () => {
    const other = createWorld({ landlord: "chartres", seed: 17, today, people: 30, contracts: 40 });
    expect(other.contracts.flatMap(({ surveys }) => surveys)).toEqual([]);
  });
});
