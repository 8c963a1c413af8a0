import { randomInt, randomUUID } from "node:crypto";
import { bankAccounts, directDebits, payments, type DirectDebit } from "../../ports/billing.ts";
import { Missing } from "../check.ts";
import { newCall, type Subject } from "../subject.ts";
import { isServed, ofContract, orNull, sampleOf, writingOf, type Sample } from "./sample.ts";
import { bic, dayIn, digits, letters, newIban } from "./values.ts";

let nth = randomInt(800);
/** From 1.00 to 8.99, none twice in a run. */
function newAmount(): string {
  nth = (nth + 1) % 800;
  return ((nth + 100) / 100).toFixed(2);
}

export async function newPayment(subject: Subject): Promise<Sample> {
  const { person, contract, provider, paying = { person, contract } } = writingOf(subject);
  const amount = newAmount();
  const payload = {
    amount: { amount, currency: "EUR" },
    paidAt: new Date(Date.now() - 60_000).toISOString(),
    provider,
    providerReference: randomUUID(),
  };
  return sampleOf(paying, payload, async ({ usual }) => {
    if (!isServed(usual.ports, payments)) return null;
    const asked = { contractKey: paying.contract, first: 100, after: null };
    const [page] = await usual.ports.use(payments).ofContracts([asked], newCall());
    return page!.items.filter((one) => one.amount.amount === amount).length === 1;
  });
}

/** Among those whose bank details may be changed. */
function anyDebited(subject: Subject) {
  const { person, contract, debited = [{ person, contract }] } = writingOf(subject);
  return debited[randomInt(debited.length)]!;
}

export async function newBankAccount(subject: Subject): Promise<Sample> {
  const party = anyDebited(subject);
  const iban = newIban();
  const payload = { iban, bic, holder: `Zoé ${letters(6)}` };
  return sampleOf(party, payload, async (now) =>
    orNull(await ofContract(now, bankAccounts, party.contract), (found) => found?.iban === iban),
  );
}

/** What may be asked of a mandate as it stands: to begin, to move its day, to end. */
export async function newDirectDebit(subject: Subject): Promise<Sample> {
  const party = anyDebited(subject);
  const now = await ofContract(subject, directDebits, party.contract);
  if (now === undefined) throw new Missing("the port directDebits, to know what may be asked");
  const { debitDays = [] } = writingOf(subject);
  const day = debitDays.find((one) => one !== now?.day);
  const shows =
    (fits: (found: DirectDebit | null) => boolean): Sample["shows"] =>
    async (then) =>
      orNull(await ofContract(then, directDebits, party.contract), fits);
  if (!now || now.status === "ENDED") {
    const mandateReference = `CONF${digits(12)}`;
    const signed = { mandateReference, signedOn: dayIn(0), iban: newIban(), bic };
    const payload = { action: "SUBSCRIBE", ...signed, holder: "Zoé Essai", day: day ?? null };
    return sampleOf(
      party,
      payload,
      shows((found) => found?.mandateReference === mandateReference),
    );
  }
  if (day === undefined)
    return sampleOf(
      party,
      { action: "STOP" },
      shows((found) => found?.status === "ENDED"),
    );
  return sampleOf(
    party,
    { action: "CHANGE_DAY", day },
    shows((found) => found?.day === day),
  );
}
