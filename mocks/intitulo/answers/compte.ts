import { addDays } from "../../world/days.ts";
import type { WorldContract, WorldPayment } from "../../world/types.ts";
import { payerOf, type Directory } from "../directory.ts";
import { flux } from "../envelope.ts";
import { amount, box, compact, dotted, el, falseZulu, slashed } from "../format.ts";
import { keyOfContract, keyOfEntry, keyOfPayment } from "../keys.ts";
import { contractsAsked, inRange, notFound, type Answer } from "./answer.ts";
import { modes } from "./contrats.ts";

/** Balances are computed in the night after the day that they are of. */
export const computedAt = (balanceAsOf: string): string => `${addDays(balanceAsOf, 1)}T02:30:00Z`;

export const readBalances: Answer = (values, directory) =>
  flux(
    contractsAsked(values, directory).map((contract) =>
      box(
        "solde",
        el("numero_contrat", keyOfContract(contract)),
        el("montant", amount(contract.balanceCents)),
        el("echu", contract.late ? "1" : "0"),
        el("arrete_au", dotted(contract.balanceAsOf)),
        el("calcule_le", falseZulu(computed(contract, directory))),
      ),
    ),
  );

const computed = (contract: WorldContract, directory: Directory) =>
  directory.computed.get(contract) ?? computedAt(contract.balanceAsOf);

/** Oldest first. */
export const listEntries: Answer = (values, directory) =>
  flux(
    contractsAsked(values, directory).flatMap((contract) =>
      contract.entries
        .filter(({ date }) => inRange(date, values))
        .toReversed()
        .map((entry) =>
          box(
            "ecriture",
            el("numero_ecriture", keyOfEntry(entry)),
            el("numero_contrat", keyOfContract(contract)),
            el("date_ecriture", compact(entry.date)),
            el("libelle", entry.label),
            el("debit", entry.cents < 0 ? null : amount(entry.cents)),
            el("credit", entry.cents < 0 ? amount(-entry.cents) : null),
            el("periode_du", entry.period && slashed(entry.period.from)),
            el("periode_au", entry.period && dotted(entry.period.to)),
          ),
        ),
    ),
  );

const states = { PENDING: "0", RECEIVED: "1", REJECTED: "9" };

/** No list is longer, whatever there is. */
const mostPayments = 100;

/** Whatever the tiers paid, for all of their contracts; oldest first. */
export const listPayments: Answer = (values, directory) => {
  const person = directory.person(values.numero_tiers!);
  if (!person) throw notFound(values);
  const theirs = directory.intitulesOf(person).flatMap(({ contracts }) => contracts);
  const payments = theirs.flatMap((contract) =>
    contract.payments.map((payment) => {
      const booking = directory.bookings.get(payment);
      return { contract, payment, booking, payer: booking?.payer ?? payerOf(contract, payment) };
    }),
  );
  return flux(
    payments
      .filter(({ payer }) => payer === person.number)
      .filter(({ payment }) => inRange(payment.date, values))
      .toSorted((a, b) => inTime(a.payment, b.payment))
      .slice(0, mostPayments)
      .map(({ contract, payment, booking }) =>
        box(
          "reglement",
          el("numero_reglement", keyOfPayment(payment)),
          el("numero_tiers", values.numero_tiers!),
          el("numero_contrat", keyOfContract(contract)),
          el("date_reglement", slashed(payment.date)),
          el("montant", amount(payment.cents)),
          el("mode", modes[payment.method]),
          el("etat", states[payment.status]),
          el("numero_piece", booking?.piece ?? null),
          el("reference_externe", booking?.reference ?? null),
        ),
      ),
  );
};

const inTime = (a: WorldPayment, b: WorldPayment) =>
  a.date.localeCompare(b.date) || a.number - b.number;
