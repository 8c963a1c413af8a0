/**
 * Payments by card. Dolibarr books the same payment twice under the same references, and two at once
 * for more than is owed. So: one at a time for each third party, looked for before it is booked, and
 * found again by `ref_ext`, which holds our operation id.
 */
import { cardPayments, type CardPayment } from "../../ports/billing-changes.ts";
import type { Changes, Outcome, Submission } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { accountOf, leftOf, paidOn, type Account } from "./account.ts";
import { neverSent } from "./answer.ts";
import { before, refusalError } from "./client.ts";
import { createTurns } from "./in-turn.ts";
import { absent, applied, asHolder, contract, rejected, type Erp } from "./owned.ts";
import type { Settings } from "./settings.ts";
import { Id, lesserOf, opposite, signOf, sumOf } from "./values.ts";
import { PaymentType, type Charge, type Contract } from "./wire.ts";

type Booking = NonNullable<Settings["cardPayments"]>;

export function paymentChangePorts(erp: Erp): Served[] {
  const booking = erp.settings.cardPayments;
  return booking ? [serve(cardPayments, payments(erp, booking))] : [];
}

function payments(erp: Erp, booking: Booking): Changes<CardPayment> {
  const inTurn = createTurns();
  return {
    repeat: "STORED_ID",
    submit: async (change, call) => {
      if (signOf(change.payload.amount.amount) <= 0) return rejected("INVALID");
      return asHolder(erp, change, call, (held) =>
        inTurn(held.socid, () => book(erp, booking, held, change, call)),
      );
    },
    lookUp: async ({ contractKey, operationId }, call) => {
      const held = contractKey === null ? null : await contract(erp, contractKey, call);
      if (!held) return absent;
      const there = bookedIn(await accountOf(erp, held, call), operationId);
      return there === null ? absent : applied(there);
    },
  };
}

/** Under which key the payment stands; null where there is none. */
const bookedIn = ({ paid }: Pick<Account, "paid">, operationId: string): string | null =>
  paid.find(({ externalReference }) => externalReference === operationId)?.key ?? null;

async function book(
  erp: Erp,
  booking: Booking,
  held: Contract,
  change: Submission<CardPayment>,
  call: Call,
): Promise<Outcome> {
  const { operationId, payload } = change;
  const reading = { ...erp, client: before(erp.client) };
  const account = await accountOf(reading, held, call).catch(neverSent);
  const there = bookedIn(account, operationId);
  if (there !== null) return applied(there);
  const shares = sharesOf(account.charges, payload.amount.amount);
  // More than is owed can be booked on nothing.
  if (shares === null) return rejected("NOT_POSSIBLE");
  const body = {
    arrayofamounts: Object.fromEntries(
      shares.map(({ id, amount }) => [id, { amount, multicurrency_amount: "" }]),
    ),
    datepaye: Math.floor(Date.parse(payload.paidAt) / 1000),
    paymentid: await paymentTypeId(reading, booking, call),
    closepaidinvoices: "yes",
    accountid: booking.bankAccountId,
    // Its column has fifty characters.
    num_payment: payload.providerReference.slice(0, 50),
    ref_ext: operationId,
  };
  const path = "/invoices/paymentsdistributed";
  const told = await erp.client.write({ method: "POST", path, body, shape: Id }, call);
  if ("refusal" in told) return refusedBy(told.refusal);
  return applied(await keyOf(erp, account.charges, shares, operationId, call));
}

function refusedBy(refusal: Parameters<typeof refusalError>[1]): Outcome {
  if (refusal === "MISSING" || refusal === "VALUE") return rejected("NOT_POSSIBLE");
  // Somebody else has booked something meanwhile: the next try counts anew.
  throw refusalError("dolibarr: POST /invoices/paymentsdistributed", refusal);
}

interface Share {
  readonly id: string;
  readonly amount: string;
}

/** What goes on which open invoice, the one that was due first before the others; null where too much is left. */
export function sharesOf(charges: readonly Charge[], amount: string): Share[] | null {
  const dueOn = ({ date_lim_reglement, date }: Charge) => date_lim_reglement ?? date ?? 0;
  const open = charges
    .filter((charge) => signOf(leftOf(charge)) > 0)
    .toSorted((a, b) => dueOn(a) - dueOn(b) || Number(a.id) - Number(b.id));
  const shares: Share[] = [];
  let rest = amount;
  for (const charge of open) {
    if (signOf(rest) === 0) break;
    const share = lesserOf(rest, leftOf(charge));
    shares.push({ id: charge.id, amount: share });
    rest = sumOf([rest, opposite(share)]);
  }
  return signOf(rest) === 0 ? shares : null;
}

async function paymentTypeId(
  { client }: { readonly client: Pick<Erp["client"], "list"> },
  { paymentType }: Booking,
  call: Call,
): Promise<number> {
  const path = "/setup/dictionary/payment_types";
  const types = await client.list({ path, shape: PaymentType }, call);
  const found = types.find(({ code }) => code === paymentType);
  if (found) return Number(found.id);
  const message = "dolibarr has no payment type of the code in the landlord's file";
  throw new PortError("UNAVAILABLE", message, { notApplied: true });
}

/** It is booked: not to find out under which key changes nothing about that. */
async function keyOf(
  erp: Erp,
  charges: readonly Charge[],
  shares: readonly Share[],
  operationId: string,
  call: Call,
): Promise<string | null> {
  const first = charges.filter(({ id }) => id === shares[0]?.id);
  const paid = await paidOn(erp, first, call).catch(() => []);
  return bookedIn({ paid }, operationId);
}
