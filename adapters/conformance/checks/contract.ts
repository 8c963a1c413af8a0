/** What holds for contracts and what belongs to them, beside what holds for every read. */
import type {
  Candidacy,
  Contract,
  InsurancePolicy,
  NewsItem,
  Occupant,
} from "../../ports/contract.ts";
import { alone, contracts } from "../ask.ts";
import { needSome, type Check } from "../check.ts";
import { each, everything, inOrder, lists, valueCheck } from "./shape.ts";

const isActive = ({ status }: Contract) => status === "ACTIVE";

export const contractChecks: readonly Check[] = [
  valueCheck({
    read: "contracts.ofPersons",
    suffix: "exactly",
    title: "A person has exactly their contracts",
    hint: "Who may see what is decided by this list: nobody else's contract, and none left out, ended ones too.",
    run: async (subject, read) => {
      const holdings = needSome(
        subject.material.holdings,
        1,
        "holdings: all contracts of a person",
      );
      const found = (await Promise.all(
        holdings.map(({ person }) => alone(subject, read, person)),
      )) as Contract[][];
      const pairs = holdings.map((holding, index) => [
        holding.contracts.toSorted().join("\n"),
        found[index]!.map(({ key }) => key)
          .sort()
          .join("\n"),
      ]);
      return each(pairs, "exactly those", ([expected, came]) => expected === came);
    },
  }),
  valueCheck({
    read: "contracts.ofPersons",
    suffix: "sorted",
    title: "Active contracts first",
    hint: "Sort by whether it is active, then by number.",
    run: async (subject, read) =>
      inOrder(
        await lists<Contract>(subject, read),
        "active ones first, then by number",
        (one, next) => Number(isActive(one)) >= Number(isActive(next)),
      ),
  }),
  valueCheck({
    read: "contracts.ofPersons",
    suffix: "dwelling-first",
    title: "The dwelling stands first among the units",
    hint: "Sort the units by their kind.",
    run: async (subject, read) =>
      each(
        await everything<Contract>(subject, read),
        "the dwelling first, where there is one",
        ({ units }) =>
          units[0]!.kind === "DWELLING" || units.every(({ kind }) => kind !== "DWELLING"),
      ),
  }),
  valueCheck({
    read: "contracts.ofPersons",
    suffix: "ended",
    title: "An ended contract says so, and ends on its day",
    hint: "Keep a day as text: a midnight in Paris is the day before in UTC. 9999-12-31 and 0001-01-01 are no day.",
    run: async (subject, read) => {
      const ended = needSome(
        subject.material.ended,
        1,
        "ended: an ended contract and its last day",
      );
      const found = (await Promise.all(
        ended.map(({ person }) => alone(subject, read, person)),
      )) as Contract[][];
      return each(
        ended.map((one, index) => ({
          endDate: one.endDate,
          found: found[index]!.find(({ key }) => key === one.contract),
        })),
        "ENDED, with that day",
        ({ endDate, found: contract }) =>
          contract?.status === "ENDED" && contract.endDate === endDate,
      );
    },
  }),
  valueCheck({
    read: "contracts.ofPersons",
    suffix: "dates",
    title: "No contract ends before it starts",
    hint: "Look for days and months that changed places, and for a “no end” that is a date.",
    run: async (subject, read) =>
      each(
        await everything<Contract>(subject, read),
        "a start before the end",
        ({ startDate, endDate }) => endDate === null || startDate <= endDate,
      ),
  }),
  valueCheck({
    read: "insurancePolicies.ofContracts",
    suffix: "dates",
    title: "A policy ends after it begins",
    hint: "Look for days and months that changed places.",
    run: async (subject, read) =>
      each(
        await everything<InsurancePolicy>(subject, read),
        "validFrom before validTo",
        ({ validFrom, validTo }) => validFrom <= validTo,
      ),
  }),
  valueCheck({
    read: "occupants.ofContracts",
    suffix: "own",
    title: "Occupants name the contract that was asked, each once",
    hint: "Keep the contract's key as it was given.",
    run: async (subject, read) => {
      const keys = contracts(subject.material);
      const found = (await Promise.all(
        keys.map((key) => alone(subject, read, key)),
      )) as Occupant[][];
      return each(
        found.map((list, index) => ({ list, contract: keys[index] })),
        "occupants of that contract, each once",
        ({ list, contract }) =>
          list.every(({ contractKey }) => contractKey === contract) &&
          new Set(list.map(({ key }) => key)).size === list.length,
      );
    },
  }),
  valueCheck({
    read: "candidacies.ofPersons",
    suffix: "sorted",
    title: "The newest candidacy first",
    hint: "Sort by the day on which it was opened.",
    run: async (subject, read) =>
      inOrder(
        await lists<Candidacy>(subject, read),
        "newest first",
        (one, next) => one.openedOn >= next.openedOn,
      ),
  }),
  valueCheck({
    read: "news.ofPersons",
    suffix: "sorted",
    title: "The newest news first",
    hint: "Sort by the day of publication, not by the ERP's order.",
    run: async (subject, read) =>
      inOrder(
        await lists<NewsItem>(subject, read),
        "newest first",
        (one, next) => one.publishedOn >= next.publishedOn,
      ),
  }),
  valueCheck({
    read: "news.ofPersons",
    suffix: "plain-text",
    title: "News are plain text",
    hint: "Take the tags out, then undo the entities once.",
    run: async (subject, read) =>
      each(
        await everything<NewsItem>(subject, read),
        "no tags and no entities",
        ({ title, text }) =>
          !/<\/?[a-z][^>]*>|&(amp|lt|gt|nbsp|quot|eacute|#\d+);/i.test(`${title} ${text}`),
      ),
  }),
];
