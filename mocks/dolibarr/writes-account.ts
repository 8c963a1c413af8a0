/** Payments and tickets. */
import type { MockAnswer } from "../kit/product.ts";
import * as apply from "../world/apply.ts";
import type { WorldContract } from "../world/types.ts";
import { missing, ok, problem } from "./answers.ts";
import { leftOn } from "./books.ts";
import { wallTime } from "./clock.ts";
import type { Body } from "./description.ts";
import { invoiceIn, ticketsOf, type FoundInvoice, type Operations } from "./reads.ts";
import * as tickets from "./tickets.ts";
import { paymentTypes } from "./templates.ts";
import { note, type Desk } from "./writes.ts";

interface Distribution {
  readonly arrayofamounts: Readonly<Record<string, { readonly amount: string }>>;
  readonly datepaye: number;
  readonly paymentid: number;
  readonly num_payment?: string;
  readonly ref_ext?: string;
}

const centsOf = (amount: string): number | null =>
  /^-?\d{1,12}(\.\d{1,2})?$/.test(amount) ? Math.round(Number(amount) * 100) : null;

/** The same payment is taken as often as it comes; what is higher than the rest is not. */
function distribute(desk: Desk, asked: Distribution): MockAnswer {
  const shares = new Map<number, number>();
  let held: WorldContract | undefined;
  for (const [id, { amount }] of Object.entries(asked.arrayofamounts)) {
    const found: FoundInvoice | undefined = invoiceIn(desk, Number(id));
    if (!found) return missing("Invoice");
    const cents = centsOf(amount);
    if (cents === null || cents === 0) return problem(400, "Payment error : TotalAmountEmpty");
    const left = leftOn(desk.state.book(found.held), found.one);
    if (cents > left) {
      const text = `Payment amount on invoice ID ${id} (${cents / 100})`;
      return problem(400, `${text} is higher than remain to pay (${left / 100})`);
    }
    held = found.held;
    shares.set(Number(id), cents);
  }
  return booked(desk, held!, shares, asked);
}

function booked(
  desk: Desk,
  held: WorldContract,
  shares: ReadonlyMap<number, number>,
  asked: Distribution,
): MockAnswer {
  const { num_payment = "", ref_ext = "" } = asked;
  const at = wallTime(asked.datepaye);
  const id = desk.state.nextId();
  const type = paymentTypes.find((one) => Number(one.id) === asked.paymentid)?.code ?? "";
  const ref = `PAY${at.slice(2, 4)}${at.slice(5, 7)}-${id}`;
  const row = { id, ref, externalRef: ref_ext, number: num_payment, type, at, shares };
  desk.state.book(held).payments.push(row);
  const cents = [...shares.values()].reduce((sum, share) => sum + share, 0);
  const paid = { date: at.slice(0, 10), cents, method: "CARD", status: "RECEIVED" } as const;
  apply.bookPayment(held, apply.addPayment(held, paid), held.balanceAsOf);
  note(desk, {
    kind: "cardPayments",
    contract: String(held.number),
    reference: ref_ext,
    content: { cents, num_payment, at },
  });
  return ok(id);
}

interface NewTicket {
  readonly ref?: string;
  readonly track_id?: string;
  readonly subject: string;
  readonly message: string;
  readonly fk_soc?: number;
  readonly fk_contract?: number;
  readonly type_code?: string;
}

/**
 * Any type and any third party are taken. Here a contract must be named: the World has no other place
 * for a ticket.
 */
function createTicket(desk: Desk, asked: NewTicket): MockAnswer {
  const held = desk.directory.contract(asked.fk_contract ?? 0);
  if (!held) return problem(500, "Error creating ticket", ["ErrorFieldRequired"]);
  const fresh = desk.state.nextId();
  const { ref = `TS2611-${fresh}`, track_id: trackId = `trk${fresh}` } = asked;
  for (const { one } of ticketsOf(desk)) {
    const there = tickets.ticketOf(one, desk.state);
    if (there.trackId === trackId) return known(trackId, "uk_ticket_track_id");
    if (there.ref === ref) return known(`${ref}-1`, "uk_ticket_ref");
  }
  const { subject, message, type_code: typeCode = "" } = asked;
  const made = apply.addRequest(held, {
    category: typeCode === "ISSUE" ? "TECHNICAL" : "ADMINISTRATIVE",
    place: null,
    reason: subject,
    description: message,
    createdAt: desk.now().toISOString(),
  });
  desk.state.tickets.set(made, { ref, trackId, typeCode, subject, message });
  note(desk, {
    kind: "serviceRequestCreations",
    contract: String(held.number),
    reference: trackId,
    content: asked,
  });
  return ok(made.number);
}

function known(value: string, key: string): MockAnswer {
  const said = `Error Duplicate entry '${value}' for key '${key}'`;
  return problem(500, "Error creating ticket", [said, said]);
}

export const accountWrites = (desk: Desk): Operations => ({
  invoicesAddPaymentDistributed: (_, body: Body) =>
    distribute(desk, body as unknown as Distribution),
  createTickets: (_, body: Body) => createTicket(desk, body as unknown as NewTicket),
});
