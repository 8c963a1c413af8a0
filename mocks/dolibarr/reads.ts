/** What each operation that only reads answers to whoever has a key. */
import type { MockAnswer } from "../kit/product.ts";
import { printerOf, wholeOf } from "../world/pdf.ts";
import type { World, WorldContract, WorldRequest } from "../world/types.ts";
import { missing, ok, problem } from "./answers.ts";
import type { Invoice } from "./books.ts";
import type { Body, Values } from "./description.ts";
import type { Account, Directory } from "./directory.ts";
import { listed } from "./lists.ts";
import * as records from "./records.ts";
import * as tickets from "./tickets.ts";
import type { State } from "./state.ts";
import { paymentTypes, ticketTypes } from "./templates.ts";

export type Operation = (values: Values, body: Body) => MockAnswer;
export type Operations = Record<string, Operation>;

export interface Books {
  readonly world: World;
  readonly directory: Directory;
  readonly state: State;
}

/** Of one third party, or of all of them: an id that nobody has, finds nothing. */
const accountsIn = ({ directory }: Books, ids: string | undefined): readonly Account[] => {
  const wanted = ids?.split(",").map(Number);
  return wanted ? directory.accounts.filter(({ id }) => wanted.includes(id)) : directory.accounts;
};

export const peopleReads = (books: Books): Operations => ({
  listThirdparties: (values) =>
    listed(books.directory.accounts.map(records.thirdparty), values, {
      columns: { code_client: "code_client", status: "status", nom: "name", rowid: "id" },
      none: "No third parties found",
    }),
  retrieveThirdparties: ({ id }) => {
    const account = books.directory.account(Number(id));
    return account ? ok(records.thirdparty(account)) : missing("Thirdparty");
  },
  listContacts: (values) =>
    listed(
      accountsIn(books, values.thirdparty_ids).flatMap((account) =>
        books.directory.contacts
          .filter((contact) => contact.account === account)
          .map((contact) => records.contact(contact, books.state)),
      ),
      values,
    ),
  retrieveContacts: ({ id }) => {
    const contact = books.directory.contact(Number(id));
    return contact ? ok(records.contact(contact, books.state)) : missing("Contact");
  },
  thirdpartiesRetrieveCompanyBankAccount: ({ id }) => {
    const account = books.directory.account(Number(id));
    const held = account && records.bankContract(account);
    if (!account || !held) return missing("Account");
    return ok([records.bankAccount(account, held, books.state)]);
  },
});

export const contractReads = (books: Books): Operations => ({
  listContracts: (values) =>
    listed(
      accountsIn(books, values.thirdparty_ids).flatMap((account) =>
        account.contracts.map((held) => records.contract(held, account, books.world, null)),
      ),
      values,
      { columns: { ref: "ref", ref_customer: "ref_customer", rowid: "id" } },
    ),
  retrieveContracts: ({ id }) => {
    const held = books.directory.contract(Number(id));
    if (!held) return missing("Contract");
    const account = books.directory.accountOf(held);
    return ok(records.contract(held, account, books.world, books.state.book(held)));
  },
});

/** The contract of an invoice, a ticket …: their numbers say it. */
export const contractBehind = ({ directory }: Books, id: number): WorldContract | undefined =>
  directory.contract(Math.floor(id / 1000));

export interface FoundInvoice {
  readonly held: WorldContract;
  readonly one: Invoice;
}

export function invoiceIn(books: Books, id: number): FoundInvoice | undefined {
  const held = contractBehind(books, id);
  const one = held && books.state.book(held).invoices.find((invoice) => invoice.id === id);
  return held && one && { held, one };
}

export function accountReads(books: Books): Operations {
  const { directory, state } = books;
  const made = new Map<string, Record<string, unknown>>();
  /** Made once: an invoice has some three hundred keys, and only a payment changes it. */
  const shown = ({ held, one }: FoundInvoice, links: boolean) => {
    const book = state.book(held);
    const name = `${one.id} ${book.payments.length} ${links}`;
    const found =
      made.get(name) ?? records.invoice(one, book, held, directory.accountOf(held), links);
    made.set(name, found);
    return found;
  };
  return {
    listInvoices: (values) =>
      listed(
        accountsIn(books, values.thirdparty_ids).flatMap(({ contracts }) =>
          contracts.flatMap((held) =>
            state.book(held).invoices.map((one) => shown({ held, one }, false)),
          ),
        ),
        values,
      ),
    retrieveInvoices: ({ id }) => {
      const found = invoiceIn(books, Number(id));
      return found ? ok(shown(found, true)) : missing("Invoice");
    },
    invoicesRetrievePayments: ({ id }) => {
      const found = invoiceIn(books, Number(id));
      if (!found) return missing("Invoice");
      const rows = state.book(found.held).payments.filter(({ shares }) => shares.has(found.one.id));
      return ok(rows.map((row) => records.payment(row, found.one.id)));
    },
    setupRetrievePaymentTypes: () => ok(paymentTypes),
  };
}

export interface FoundTicket {
  readonly held: WorldContract;
  readonly one: WorldRequest;
}

export function ticketsOf({ directory }: Books): FoundTicket[] {
  return directory.accounts.flatMap(({ contracts }) =>
    contracts.flatMap((held) => held.requests.map((one) => ({ held, one }))),
  );
}

export function ticketReads(books: Books): Operations {
  const { directory, state } = books;
  const shown = ({ held, one }: FoundTicket, whole: boolean) =>
    tickets.ticket(one, held, directory.accountOf(held), state, whole);
  const found = (isIt: (ticket: FoundTicket) => boolean) => {
    const ticket = ticketsOf(books).find(isIt);
    return ticket ? ok(shown(ticket, true)) : missing("Ticket");
  };
  return {
    listTickets: (values) =>
      listed(
        ticketsOf(books)
          .filter(({ held }) => {
            const { id } = directory.accountOf(held);
            return values.socid === undefined || id === Number(values.socid);
          })
          .map((ticket) => shown(ticket, false)),
        values,
      ),
    retrieveTickets: ({ id }) => found(({ one }) => one.number === Number(id)),
    ticketsRetrieveByTrackId: ({ track_id }) =>
      found(({ one }) => tickets.ticketOf(one, state).trackId === track_id),
    setupRetrieveTicketsTypes: () => ok(ticketTypes),
  };
}

/** Whose a file is, nobody looks: any key that may read files reads all of them. */
export function fileReads(books: Books): Operations {
  const { directory, state, world } = books;
  const print = printerOf(world);
  const invoiceFile = (place: string): Buffer | undefined => {
    const [, id] = /^(?:FA|AV)\d{4}-0*(\d+)\//.exec(place) ?? [];
    const found = invoiceIn(books, Number(id));
    if (!found || place !== `${found.one.ref}/${found.one.ref}.pdf`) return undefined;
    return wholeOf(print(found.one.note, [`Facture ${found.one.ref}`]));
  };
  return {
    listDocuments: ({ modulepart, original_file = "" }) => {
      if (original_file.includes("..")) return problem(403);
      const bytes =
        modulepart === "facture"
          ? invoiceFile(original_file)
          : state.files.get(`${modulepart}/${original_file}`);
      return bytes ? ok(fileShown(original_file, bytes)) : missing("File");
    },
    documentsRetrieveDocumentsListByElement: ({ modulepart, id }) => {
      if (modulepart !== "contrat") {
        return problem(500, `Modulepart ${modulepart} not implemented yet.`);
      }
      const held = directory.contract(Number(id));
      if (!held) return missing("Contract");
      const folder = records.contractRef(held);
      const prefix = `contrat/${folder}/`;
      const files = [...state.files].filter(([place]) => place.startsWith(prefix));
      if (files.length > 0) {
        return ok(
          files.map(([place, bytes]) =>
            records.listedFile(folder, place.slice(prefix.length), bytes.length),
          ),
        );
      }
      const what = `Search for modulepart contrat with Id ${id} or Ref ${folder}`;
      return problem(404, `${what} does not return any document.`);
    },
  };
}

const types: Record<string, string> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
};

function fileShown(place: string, bytes: Buffer) {
  const filename = place.split("/").at(-1)!;
  return {
    filename,
    "content-type": types[filename.split(".").at(-1)!] ?? "application/octet-stream",
    filesize: bytes.length,
    content: bytes.toString("base64"),
    encoding: "base64",
  };
}
