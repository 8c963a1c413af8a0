/** The World's people, contracts and accounts as Dolibarr shows them. */
import type { World, WorldContract, WorldPerson } from "../world/types.ts";
import { leftOn, paidOn, type Book, type Invoice, type PaymentRow } from "./books.ts";
import { midnight } from "./clock.ts";
import { isPerson, type Account, type Contact } from "./directory.ts";
import type { State } from "./state.ts";
import { filled } from "./templates.ts";

const text = String;
/** `"735.50000000"` */
const decimal = (cents: number) => `${(cents / 100).toFixed(2)}000000`;
/** `"735.5"` */
const short = (cents: number) => String(cents / 100);

export function thirdparty({ id, code, people }: Account) {
  const [first] = people;
  const name = people.map(({ surname, givenName }) => `${surname} ${givenName}`).join(" et ");
  return filled("thirdparty", {
    id: text(id),
    ref: name,
    name,
    code_client: code,
    email: first?.email ?? null,
    phone: first?.phone ?? null,
    address: first?.address.lines.join("\n") ?? null,
    zip: first?.address.postalCode ?? null,
    town: first?.address.city ?? null,
    status_prospect_label: "Jamais contact&eacute;",
  });
}

export function contact({ id, account, who, position }: Contact, state: State) {
  return filled("contact", {
    id: text(id),
    ref: text(id),
    socid: text(account.id),
    fk_soc: text(account.id),
    socname: account.people[0]?.surname ?? "",
    lastname: who.surname,
    firstname: who.givenName,
    birthday: who.birthDate === null ? "" : midnight(who.birthDate),
    poste: position,
    ...(isPerson(who) ? reachable(who) : nothing),
    ...state.phones.get(id),
  });
}

const nothing = { civility_code: "", email: "", mail: "", phone_mobile: "" };
const reachable = ({ title, email, phone }: WorldPerson) => ({
  civility_code: title === "MR" ? "MR" : "MME",
  email: email ?? "",
  mail: email ?? "",
  phone_mobile: phone ?? "",
});

/** Extra fields of this landlord's contracts; there is room for one lot. */
function options({ units, insurance }: WorldContract) {
  const { reference, kind, address } = units[0]!;
  return {
    options_lot_ref: reference,
    options_lot_adresse: `${address.lines.join(", ")}, ${address.postalCode} ${address.city}`,
    options_lot_nature: unitKinds[kind],
    ...insuranceOptions(insurance),
  };
}

const unitKinds = { DWELLING: "Logement", PARKING: "Stationnement", STORAGE: "Cave" } as const;

const insuranceOptions = (insurance: WorldContract["insurance"]) => ({
  options_assurance_assureur: insurance?.insurer ?? null,
  options_assurance_police: insurance?.policyNumber ?? null,
  options_assurance_titulaire: insurance?.holder ?? null,
  options_assurance_du: insurance?.from ?? null,
  options_assurance_au: insurance?.to ?? null,
});

const month = (day: string) => day.slice(2, 4) + day.slice(5, 7);
export const contractRef = ({ number, start }: WorldContract): string =>
  `CT${month(start)}-${String(number).padStart(4, "0")}`;
export const leaseNumber = ({ number, start }: WorldContract): string =>
  `BAIL-${start.slice(0, 4)}-${String(number).padStart(4, "0")}`;

/** 0 not in service yet, 4 in service, 5 closed. The last one was not seen in an answer. */
function lineState({ start, end }: WorldContract, today: string): string {
  if (end !== null && end < today) return "5";
  return start > today ? "0" : "4";
}

/** `links`: only a single contract tells what is linked to it. */
export function contract(held: WorldContract, account: Account, world: World, book: Book | null) {
  const state = lineState(held, world.today);
  const line = filled("contractLine", {
    id: text(held.number),
    statut: state,
    status: state,
    desc: held.units[0]?.label ?? "",
    description: held.units[0]?.label ?? "",
    fk_contrat: text(held.number),
    date_start: midnight(held.start),
    date_start_real: midnight(held.start),
    date_end: held.end === null ? "" : midnight(held.end),
    date_end_real: state === "5" ? midnight(held.end!) : "",
  });
  const ids = book?.invoices.map(({ id }, i) => [text(i + 1), text(id)]) ?? [];
  return filled("contract", {
    id: text(held.number),
    ref: contractRef(held),
    ref_customer: leaseNumber(held),
    socid: text(account.id),
    fk_soc: text(account.id),
    date_contrat: midnight(held.start),
    array_options: options(held),
    linkedObjectsIds:
      book === null ? null : ids.length > 0 ? { facture: Object.fromEntries(ids) } : [],
    lines: [line],
  });
}

export function invoice(
  one: Invoice,
  book: Book,
  held: WorldContract,
  account: Account,
  links: boolean,
) {
  const left = leftOn(book, one);
  const paid = paidOn(book, one);
  const isPaid = one.type === 0 && left <= 0;
  const state = isPaid ? "2" : "1";
  const total = decimal(one.cents);
  return filled("invoice", {
    id: text(one.id),
    ref: one.ref,
    type: text(one.type),
    statut: state,
    status: state,
    paye: isPaid ? "1" : "0",
    socid: text(account.id),
    linkedObjectsIds: links ? { contrat: { "1": text(held.number) } } : null,
    last_main_doc: `facture/${one.ref}/${one.ref}.pdf`,
    note_public: one.note,
    total_ht: total,
    total_ttc: total,
    multicurrency_total_ht: total,
    multicurrency_total_ttc: total,
    totalpaid: paid / 100,
    sumpayed: decimal(paid),
    remaintopay: short(left),
    date: midnight(one.date),
    date_lim_reglement: midnight(one.due),
    ref_client: one.clientRef,
    ref_customer: one.clientRef,
    lines: one.lines.map(({ label, cents }, i) =>
      filled("invoiceLine", {
        id: text(one.id * 100 + i),
        rowid: text(one.id * 100 + i),
        fk_facture: text(one.id),
        desc: label,
        description: label,
        subprice: decimal(cents),
        total_ht: decimal(cents),
        total_ttc: decimal(cents),
        date_start: one.period && i === 0 ? midnight(one.period.from) : "",
        date_end: one.period && i === 0 ? midnight(one.period.to) : "",
      }),
    ),
  });
}

export const payment = (row: PaymentRow, invoiceId: number) => ({
  amount: decimal(row.shares.get(invoiceId)!),
  type: row.type,
  typeline: "payment",
  date: row.at,
  num: row.number,
  ref: row.ref,
  ref_ext: row.externalRef === "" ? null : row.externalRef,
  fk_bank_line: text(row.id),
});

/** The contract whose bank details stand for its third party: there is one list for all of them. */
export const bankContract = ({ contracts }: Account): WorldContract | undefined =>
  contracts.find(({ bank }) => bank !== null);

/** A mandate reference is made for each account; only one that was used has a sequence type. */
export function bankAccount(account: Account, held: WorldContract, state: State) {
  const mandate = held.directDebit?.status === "ACTIVE" ? held.directDebit : null;
  return {
    id: text(account.id),
    label: state.label(account),
    bank: "Banque Test",
    bic: held.bank?.bic ?? "",
    iban: held.bank?.iban ?? "",
    socid: text(account.id),
    default_rib: "1",
    rum: mandate?.mandateReference ?? `RUM-2611202200-${account.id}-${account.code}`,
    frstrecur: mandate ? "RCUR" : null,
  };
}

/** With the keys of private fields that PHP lets out, and paths of the server. */
export const listedFile = (folder: string, name: string, size: number) =>
  filled("document", {
    path: `/var/lib/dolibarr/documents/contract/${folder}`,
    level1name: folder,
    relativename: name,
    fullname: `/var/lib/dolibarr/documents/contract/${folder}/${name}`,
    filename: name,
    filepath: `contract/${folder}`,
    size,
  });
