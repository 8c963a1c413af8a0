import { password } from "./askers.ts";
import type { AtForm, Form, Kind } from "./kinds.ts";
import { holds } from "./marks.ts";

const account = (holder: string) => ({
  iban: "FR76 3000 6000 0112 3456 7890 189",
  bic: "AGRIFRPP",
  holder,
  currentPassword: password,
});

const bankDetails = ({ facts, mark }: AtForm): Form => ({
  mutation: "replaceBankDetails",
  input: { contractId: facts.contractId, ...account(mark.word) },
  marks: [holds(mark.word)],
});

/** Whichever fits: the gateway refuses a second mandate, and a change of none. */
function directDebit({ facts, mark, random }: AtForm): Form {
  const { contractId, debitDays } = facts;
  const [firstDay] = debitDays;
  const day = firstDay === undefined ? {} : { day: random.pick(debitDays as [number]) };
  if (random.chance(50)) {
    const input = { contractId, ...day, ...account(mark.word), mandateAccepted: true };
    return { mutation: "subscribeDirectDebit", input, marks: [holds(mark.word)] };
  }
  if (random.chance(50) || firstDay === undefined) {
    const marks = [/"STOP"|"RESILIATION"/];
    return { mutation: "stopDirectDebit", input: { contractId }, marks, mayHoldAlready: true };
  }
  const marks = [/"CHANGE_DAY"|"JOUR"/, new RegExp(`\\b0?${day.day}\\b`)];
  const input = { contractId, ...day };
  return { mutation: "changeDirectDebitDay", input, marks, mayHoldAlready: true };
}

export const billingKinds: readonly Kind[] = [
  { port: "bankAccountChanges", about: "contract", fillIn: bankDetails },
  { port: "directDebitChanges", about: "contract", fillIn: directDebit },
];
