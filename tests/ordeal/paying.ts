/** Payments: begun at a gateway, made on the provider's page. Nobody asks for their booking: it must come. */
import { randomUUID } from "node:crypto";
import { payOnPage, type ShownPayment } from "../support/checkout.ts";
import { ask } from "./askers.ts";
import { begin, untilAnswered, type Answer, type Crowd } from "./crowd.ts";
import type { AtForm } from "./kinds.ts";
import type { Mark } from "./marks.ts";
import type { Person } from "./person.ts";

export const port = "cardPayments";

const mutation = `mutation ($input: StartPaymentInput!) {
  startPayment(input: $input) {
    payment { id redirect { method url fields { name value } } }
    userErrors { code }
  }
}`;

export async function pay(crowd: Crowd, { person, facts, mark }: AtForm): Promise<void> {
  const { amount, marks } = amountOf(mark);
  const input = { contractId: facts.contractId, amount, idempotencyKey: randomUUID() };
  const begun = await untilAnswered(crowd, () => start(person, input));
  if (!begun) return;
  const asked = begin(crowd, person, { port, about: "contract", marks, ordered: false });
  // Whether the browser comes back makes no difference: often the gateway is dead.
  const { status } = await payOnPage(begun, "payer");
  if (status >= 400) throw new Error(`the button of a payment was answered with ${status}`);
  crowd.paid.set(begun.id, asked);
  // Until the payment's own list tells the change, this stands for it: it must be at the ERP.
  asked.receipts.add(begun.id);
}

/** An amount that nobody else pays, and how ERPs write it: `100123`, `1001.23`, `1 001,23`. */
function amountOf({ number }: Mark) {
  const cents = String(100_000 + number);
  const [thousands, rest, decimals] = [cents.slice(0, -5), cents.slice(-5, -2), cents.slice(-2)];
  const written = `${cents}|${thousands}\\s?${rest}[.,]${decimals}`;
  return {
    amount: `${thousands}${rest}.${decimals}`,
    marks: [new RegExp(`(?<![\\w-])(${written})(?![\\w-])`)],
  };
}

async function start(person: Person, input: object): Promise<Answer<ShownPayment>> {
  const reply = await person.ask(mutation, { input });
  if (reply.kind === "ERROR") return { refusal: reply.code };
  if (reply.kind !== "DATA") return null;
  const { payment, userErrors } = reply.data["startPayment"];
  if (!payment) return { refusal: userErrors[0].code };
  return payment.redirect ? payment : { refusal: "NO_PAGE" };
}

const list = `query {
  viewer { cardPayments(first: 50) { nodes { id change { receipt } } } }
}`;

/** The receipts of bookings, by the payment's id. */
export async function bookingsOf(person: Person): Promise<Map<string, string>> {
  const { viewer } = await person.insist(list);
  const nodes = viewer.cardPayments.nodes as { id: string; change: { receipt: string } | null }[];
  return new Map(nodes.flatMap(({ id, change }) => (change ? [[id, change.receipt]] : [])));
}

/** The provider tells again what came of every payment, as it does where it was not heard. */
export async function tellAgain(provider: { readonly doorUrl: string; readonly again: string }) {
  const { doorUrl, again } = provider;
  for (const { id, paid } of await ask<{ id: string; paid: boolean }[]>(doorUrl, "/payments")) {
    if (paid) await fetch(`${doorUrl}/payments/act/${id}/${again}`, { method: "POST" });
  }
}
