/** What holds for requests and surveys, beside what holds for every read. */
import type { RequestCatalogue } from "../../ports/request-changes.ts";
import type { ServiceRequest } from "../../ports/requests.ts";
import type { Survey } from "../../ports/surveys.ts";
import type { Page } from "../../ports/values.ts";
import { alone, ask, contracts, itemsOf, pageOf } from "../ask.ts";
import { firstWrong, Missing, needSome, that, type Check, type Finding } from "../check.ts";
import type { Read } from "../ports.ts";
import type { Subject } from "../subject.ts";
import { each, everything, inOrder, lists, valueCheck } from "./shape.ts";

const list = "serviceRequests.ofContracts";
const isClosed = ({ status }: ServiceRequest) => status === "DONE" || status === "CANCELLED";

/** Open and closed ones together are all, of a contract that has both. */
async function states(subject: Subject, read: Read): Promise<Finding> {
  for (const contractKey of contracts(subject.material)) {
    const all = await itemsOf<ServiceRequest>(subject, read, contractKey);
    if (all.every(isClosed) || !all.some(isClosed)) continue;
    const keysOf = async (state: string) => {
      const key = { ...pageOf(read, contractKey), state };
      const page = (await ask(subject, read, [key]))[0] as Page<ServiceRequest>;
      return page.items.map((item) => item.key).join("\n");
    };
    const expected = (closed: boolean) =>
      all
        .filter((item) => isClosed(item) === closed)
        .map((item) => item.key)
        .join("\n");
    return firstWrong([
      that((await keysOf("OPEN")) === expected(false), "OPEN: those not done", "others"),
      that((await keysOf("CLOSED")) === expected(true), "CLOSED: those done", "others"),
    ]);
  }
  throw new Missing("contracts: one with open and with closed requests");
}

const second = (moment: string) => Math.floor(Date.parse(moment) / 1000);

export const requestChecks: readonly Check[] = [
  valueCheck({
    read: list,
    suffix: "states",
    title: "Open and closed requests are told apart",
    hint: "Filter by the mapped status; where the ERP filters, its idea of “closed” may be another.",
    run: states,
  }),
  valueCheck({
    read: list,
    suffix: "last-update",
    title: "The last step's status is the request's",
    hint: "Sort the steps by their moment; take the status from the last one.",
    run: async (subject, read) =>
      each(
        await everything<ServiceRequest>(subject, read),
        "the status of the last step, where there are steps",
        ({ status, updates }) => updates.length === 0 || updates.at(-1)!.status === status,
      ),
  }),
  valueCheck({
    read: list,
    suffix: "updates-sorted",
    title: "The oldest step first",
    hint: "Sort the steps by their moment.",
    run: async (subject, read) =>
      inOrder(
        (await everything<ServiceRequest>(subject, read)).map(({ updates }) => updates),
        "oldest first",
        (one, next) => Date.parse(one.at) <= Date.parse(next.at),
      ),
  }),
  valueCheck({
    read: list,
    suffix: "moments",
    title: "Moments are true in summer time and in winter time",
    hint: "An ERP's clock stands on the wall: add the offset of the zone on that very day, not of today.",
    run: async (subject, read) => {
      const given = needSome(
        subject.material.requests,
        1,
        "requests: when those of a contract came",
      );
      const found = await Promise.all(
        given.map(({ contract }) => itemsOf<ServiceRequest>(subject, read, contract)),
      );
      const text = (moments: readonly string[]) => moments.map(second).sort().join();
      return each(
        given.map(({ createdAt }, index) => [createdAt, found[index]!.map((one) => one.createdAt)]),
        "the same moments, to the second",
        ([expected, came]) => text(expected!) === text(came!),
      );
    },
  }),
  valueCheck({
    read: list,
    suffix: "descriptions",
    title: "What a tenant wrote comes back whole",
    hint: "Long texts are cut by ERPs or split into numbered pieces; line ends come as \\r\\n, <br> or &#10;.",
    run: async (subject, read) => {
      const given = needSome(
        subject.material.descriptions,
        1,
        "descriptions: long texts of requests",
      );
      const found = await Promise.all(
        given.map(({ contract }) => itemsOf<ServiceRequest>(subject, read, contract)),
      );
      const plain = (text: string | null) => text?.replace(/\s+/g, " ").trim();
      return each(
        given.map(({ description }, index) => ({ description, items: found[index]! })),
        "a request with that text",
        ({ description, items }) =>
          items.some((item) => plain(item.description) === plain(description)),
      );
    },
  }),
  valueCheck({
    read: "requestCatalogues.ofContracts",
    suffix: "keys",
    title: "Places and reasons have a key each",
    hint: "An ERP that knows its reasons by label only: make the key of the label.",
    run: async (subject, read) =>
      each(
        await everything<RequestCatalogue>(subject, read),
        "each key once",
        ({ places, reasons }) =>
          new Set(places.map(({ key }) => key)).size === places.length &&
          new Set(reasons.map(({ key }) => key)).size === reasons.length,
      ),
  }),
  valueCheck({
    read: "requestCatalogues.ofContracts",
    suffix: "places",
    title: "Where a place is needed, there are places",
    hint: "Ask the ERP for its places, too.",
    run: async (subject, read) =>
      each(
        await everything<RequestCatalogue>(subject, read),
        "places, where a reason needs one",
        ({ places, reasons }) =>
          places.length > 0 || reasons.every(({ placeNeeded }) => !placeNeeded),
      ),
  }),
  valueCheck({
    read: "surveys.ofContracts",
    suffix: "sorted",
    title: "The newest survey first",
    hint: "Sort by year.",
    run: async (subject, read) =>
      inOrder(
        await lists<Survey>(subject, read),
        "newest first",
        (one, next) => one.year >= next.year,
      ),
  }),
  valueCheck({
    read: "surveys.ofContracts",
    suffix: "own",
    title: "A survey names the contract that was asked",
    hint: "Keep the contract's key as it was given.",
    run: async (subject, read) => {
      const keys = contracts(subject.material);
      const found = (await Promise.all(keys.map((key) => alone(subject, read, key)))) as Survey[][];
      const pairs = found.flatMap((given, index) =>
        given.map(({ contractKey }) => [contractKey, keys[index]]),
      );
      if (pairs.length === 0) throw new Missing("contracts: one with a survey");
      return each(pairs, "that contract", ([came, asked]) => came === asked);
    },
  }),
];
