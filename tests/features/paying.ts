/** Rows about money: what people pay online, their bank details, their direct debit. */
import { begunPayment, goBack, isBooked, paymentOnce, payOnPage } from "../support/checkout.ts";
import { ask } from "../support/changes.ts";
import { changerOf } from "./changing.ts";
import { run, type Portal } from "./portal.ts";
import { same } from "./same.ts";

/** F26: the part of a rent, then what the ERP holds of it, then the ticket. */
export async function payment(portal: Portal): Promise<string> {
  const { who, contract, contractId, door } = await changerOf(portal);
  const { contract: shown } = await run(who.front, "F26-payment-options", { id: contractId });
  const { payable, partial, provider } = shown.paymentOptions;
  same("what may be paid", [payable, partial], [true, true]);
  const amount = "43.21";
  const begun = await begunPayment(who.front, { contractId, amount });
  await goBack(await payOnPage(begun, "payer"));
  const paid = await paymentOnce(who.front, begun.id, isBooked);
  same("what it says", [paid.status, paid.amount.amount], ["PAID", amount]);
  const held = (await door.contract(contract.key)).payments;
  const booked = held.filter(({ cents, method }) => cents === 4321 && method === "CARD");
  same("how often the ERP holds it", booked.length, 1);
  const ticket = await fetch(paid.receipt!.url);
  const bytes = Buffer.from(await ticket.arrayBuffer());
  same("the ticket", [ticket.status, bytes.subarray(0, 5).toString()], [200, "%PDF-"]);
  return `paid at ${provider}, booked once, with its ticket`;
}

const iban = "FR76 3000 6000 0112 3456 7890 189";
const plainIban = iban.replaceAll(" ", "");

/** F28. */
export async function bankDetails(portal: Portal): Promise<string> {
  const { who, contract, contractId, make, door } = await changerOf(portal);
  const typed = { contractId, iban: iban.toLowerCase(), bic: "agrifrpp", holder: "Camille Nouvel" };
  const { password: currentPassword } = who.account;
  const wrong = await ask(who.front, "F28-replace-bank-details", {
    ...typed,
    iban: `${iban.slice(0, -1)}8`,
    currentPassword: "not this one",
  });
  same(
    "what is refused",
    wrong.userErrors.map(({ code }) => code),
    ["IBAN_INVALID", "CURRENT_PASSWORD_WRONG"],
  );
  await make("F28-replace-bank-details", { ...typed, currentPassword });
  const { contract: shown } = await run(who.front, "F28-bank-details", { id: contractId });
  same("what is shown", shown.bankDetails.maskedIban, "FR76 •••• 0189");
  same("the ERP's IBAN", (await door.contract(contract.key)).bank?.iban, plainIban);
  return "replaced and read again, masked";
}

/** F27: ended where there is one, subscribed, moved to another day, stopped. */
export async function directDebit(portal: Portal): Promise<string> {
  const { who, contract, contractId, make, door } = await changerOf(portal);
  const { password: currentPassword } = who.account;
  const held = async () => (await door.contract(contract.key)).directDebit;
  const shown = async () => {
    const data = await run(who.front, "F27-direct-debit", { id: contractId });
    return { ...data.contract.directDebit, days: data.landlord.directDebit.days as number[] };
  };
  const before = await shown();
  if (before.status && before.status !== "ENDED") {
    await make("F27-stop-direct-debit", { contractId });
  }
  const [first = null, second] = before.days;
  // The account on file, where there is one: what was read of it before stays true.
  const account = { iban: contract.bank?.iban ?? iban, holder: "Camille Nouvel" };
  const mandate = { ...account, day: first, mandateAccepted: true };
  await make("F27-subscribe-direct-debit", { contractId, ...mandate, currentPassword });
  const begun = await shown();
  // Where no day can be chosen, the ERP takes its own.
  same("the mandate", [begun.status, begun.day], ["ACTIVE", first ?? begun.day]);
  same("the ERP's mandate", (await held())?.mandateReference, begun.mandateReference);
  if (second !== undefined) {
    await make("F27-change-direct-debit-day", { contractId, day: second });
    same("the ERP's day", (await held())?.day, second);
  }
  await make("F27-stop-direct-debit", { contractId });
  same("the ERP's end", (await held())?.status, "ENDED");
  return "subscribed, moved, stopped";
}
