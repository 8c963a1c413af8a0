/** Asking a read with keys of the material. */
import type { Page } from "../ports/values.ts";
import { Missing, needSome } from "./check.ts";
import { unlike, type Material } from "./material.ts";
import { allReads, noItems, type Read } from "./ports.ts";
import { newCall, type Subject } from "./subject.ts";

export interface Keys {
  /** Different ones; two at least. */
  readonly known: readonly unknown[];
  readonly unknown: unknown;
}

/** How many items of a list are enough to tell it from another. */
const fewItems = 5;
/** How many different keys stand in one batch. */
const most = 3;

export function ask(subject: Subject, read: Read, keys: readonly unknown[]): Promise<unknown[]> {
  return subject.usual.ports.use(read.port)[read.method]!(keys, newCall());
}

/** The answer to that key alone; asked once only. */
export function alone(subject: Subject, read: Read, key: unknown): Promise<unknown> {
  const question = `${read.name} ${JSON.stringify(key)}`;
  return subject.remember(question, async () => (await ask(subject, read, [key]))[0]);
}

export async function keysFor(subject: Subject, read: Read): Promise<Keys> {
  const { material } = subject;
  switch (read.by) {
    case "person":
      return keysOf(persons(material), material.unknownPerson, (key) => key);
    case "contract":
      return keysOf(contracts(material), material.unknownContract, (key) => key);
    case "page":
      return keysOf(contracts(material), material.unknownContract, (key) =>
        pageOf(read, key, fewItems),
      );
    case "document":
    case "request": {
      const owned = await ownedKeys(subject, read);
      const { contractKey, key } = owned[0]!;
      return { known: owned.slice(0, most), unknown: { contractKey, key: unlike(key) } };
    }
    case "reference": {
      const known = needSome(
        material.references,
        2,
        "references: two or more, as people type them",
      );
      const typed = known.map(({ kind, reference }) => ({ kind, reference }));
      const { kind, reference } = typed[0]!;
      return { known: typed.slice(0, most), unknown: { kind, reference: unlike(reference) } };
    }
    case "credentials": {
      const known = needSome(material.credentials, 2, "credentials: two or more, as printed");
      const typed = known.map(({ identifier, password }) => ({ identifier, password }));
      const { identifier, password } = typed[0]!;
      return { known: typed.slice(0, most), unknown: { identifier: unlike(identifier), password } };
    }
  }
}

const persons = ({ persons: known }: Material) =>
  needSome(known, 2, "persons: keys of two people or more");
export const contracts = ({ contracts: known }: Material) =>
  needSome(known, 2, "contracts: keys of two contracts or more");

const keysOf = (known: string[], unknown: string | undefined, form: (key: string) => unknown) => ({
  known: known.slice(0, most).map(form),
  unknown: form(unknown ?? unlike(known[0]!)),
});

/** As many as a page may hold. */
export const fullPage = 100;

export const pageOf = (
  { port }: Read,
  contractKey: string,
  first = fullPage,
  after: string | null = null,
) => ({
  contractKey,
  first,
  after,
  ...(port.name === "serviceRequests" ? { state: "ALL" } : {}),
});

interface OwnedKey {
  readonly contractKey: string;
  readonly key: string;
}

/** Keys of things of at least two contracts, as their list tells them. */
export async function ownedKeys(subject: Subject, read: Read): Promise<OwnedKey[]> {
  const found: OwnedKey[] = [];
  for (const contractKey of contracts(subject.material)) {
    const items = await itemsOf(subject, listOf(read), contractKey);
    found.push(...items.slice(0, 2).map(({ key }) => ({ contractKey, key })));
  }
  const owners = new Set(found.map(({ contractKey }) => contractKey));
  if (owners.size < 2)
    throw new Missing(`contracts: two or more with something in ${read.port.name}`);
  // Of different contracts first.
  const firsts = found.filter(
    (one, index) => index === 0 || one.contractKey !== found[index - 1]!.contractKey,
  );
  return [...firsts, ...found.filter((one) => !firsts.includes(one))];
}

/** The list beside `byKeys` of the same port. */
export const listOf = ({ port }: Read): Read =>
  allReads.find((read) => read.by === "page" && read.port.name === port.name)!;

/** The first full page of a list. */
export async function itemsOf<T = { key: string }>(
  subject: Subject,
  list: Read,
  contractKey: string,
): Promise<T[]> {
  const page = (await alone(subject, list, pageOf(list, contractKey))) as Page<T>;
  return page.items;
}

/** Whether that is what is said of a key that names nothing. */
export function saysUnknown(read: Read, answer: unknown): boolean {
  if (read.unknown === "null") return answer === null;
  if (read.unknown === "none") return Array.isArray(answer) && answer.length === 0;
  if (read.unknown === "refused") return false;
  const { items, endCursor, hasNextPage, total } = answer as typeof noItems;
  return items.length === 0 && endCursor === null && !hasNextPage && !total;
}
