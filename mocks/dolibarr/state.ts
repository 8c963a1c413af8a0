/** What Dolibarr keeps and the World has no room for, or no such form. */
import type { WorldContract, WorldRequest } from "../world/types.ts";
import { bookOf, type Book } from "./books.ts";
import type { Account } from "./directory.ts";

export interface OwnTicket {
  readonly ref: string;
  readonly trackId: string;
  readonly typeCode: string;
  readonly subject: string;
  readonly message: string;
}

export interface State {
  book(contract: WorldContract): Book;
  /** Of a third party; none where its tenants gave none. */
  label(account: Account): string;
  readonly labels: Map<Account, string>;
  /** All numbers of a contact, by its field. */
  readonly phones: Map<number, Record<string, string>>;
  /** What the caller said of a ticket; the others are the World's. */
  readonly tickets: Map<WorldRequest, OwnTicket>;
  /** By `modulepart/folder/name`, in order. */
  readonly files: Map<string, Buffer>;
  nextId(): number;
}

export function createState(): State {
  const books = new Map<WorldContract, Book>();
  const labels = new Map<Account, string>();
  let last = 90_000_000;
  return {
    book: (contract) => {
      const book = books.get(contract) ?? bookOf(contract);
      books.set(contract, book);
      return book;
    },
    label: (account) => labels.get(account) ?? "Compte perso",
    labels,
    phones: new Map(),
    tickets: new Map(),
    files: new Map(),
    nextId: () => ++last,
  };
}
