/** Card payments: booked at once, in the balance from the evening on. */
import type { Writes } from "../../kit/writes.ts";
import { earlier } from "../../world/days.ts";
import { nextNumber } from "../../world/apply.ts";
import type { WorldContract, WorldPayment } from "../../world/types.ts";
import { paymentRecord } from "../answers/compte.ts";
import type { Fields } from "../call.ts";
import type { Directory } from "../directory.ts";
import { keyOfContract, keyOfPerson } from "../keys.ts";
import { personIn } from "./demand.ts";
import { centsIn, dayIn, Refused, refuseForeignCharacters, required } from "./fields.ts";

export interface Till {
  /** The payment as a record. Throws Refused, also for a reference that it has. */
  book(fields: Fields): string;
  find(reference: string): string[];
  /** Brings the balances up to what was booked. */
  closeDay(): void;
}

interface Booked {
  contract: WorldContract;
  payment: WorldPayment;
}

interface TillOptions {
  directory: Directory;
  writes: Writes;
  /** The day in Ivry. */
  today: () => string;
}

export function createTill({ directory, writes, today }: TillOptions): Till {
  const booked = new Map<string, Booked>();
  let open: Booked[] = [];
  return {
    book: (fields) => {
      refuseForeignCharacters(fields);
      const reference = fields["ReferenceExterne"]!;
      if (booked.has(reference)) throw new Refused("Référence externe déjà enregistrée");
      const { contract, person, payment } = paymentIn(fields, directory);
      enter(contract, payment);
      booked.set(reference, { contract, payment });
      open.push({ contract, payment });
      writes.applied({
        kind: "cardPayments",
        contract: keyOfContract(contract),
        person: keyOfPerson(person),
        reference,
        content: {
          cents: payment.cents,
          paidAt: `${payment.date}T${fields["HeureReglement"]}`,
          provider: fields["Prestataire"],
          providerReference: fields["ReferencePaiement"],
        },
      });
      return paymentRecord(contract, payment);
    },
    find: (reference) => {
      const found = booked.get(reference);
      return found ? [paymentRecord(found.contract, found.payment)] : [];
    },
    closeDay: () => {
      for (const { contract, payment } of open) {
        contract.balanceCents -= payment.cents;
        contract.late &&= contract.balanceCents > 0;
        contract.balanceAsOf = today();
      }
      open = [];
    },
  };
}

function paymentIn(fields: Fields, directory: Directory) {
  const contract = directory.contract(fields["NumeroContrat"]!);
  if (!contract) throw new Refused("Contrat inconnu");
  const cents = centsIn(fields, "Montant");
  if (cents <= 0) throw new Refused("Montant incorrect");
  required(fields, "ReferencePaiement");
  const payment: WorldPayment = {
    number: nextNumber(contract, contract.payments),
    date: dayIn(fields, "DateReglement"),
    cents,
    method: "CARD",
    status: "RECEIVED",
  };
  return { contract, person: personIn(fields, directory), payment };
}

function enter(contract: WorldContract, payment: WorldPayment): void {
  const { date, cents } = payment;
  byDay(contract.payments, payment);
  byDay(contract.entries, {
    number: nextNumber(contract, contract.entries),
    date,
    label: "Règlement par carte bancaire",
    cents: -cents,
    period: null,
  });
}

/** The lists are newest first; what is new comes before what has its day. */
function byDay<T extends { date: string }>(list: T[], item: T): void {
  const before = list.findIndex(({ date }) => earlier(date, item.date) === date);
  list.splice(before < 0 ? list.length : before, 0, item);
}
