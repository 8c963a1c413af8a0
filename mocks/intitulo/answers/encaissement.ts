import { addPayment, bookPayment } from "../../world/apply.ts";
import { addDays } from "../../world/days.ts";
import type { WorldContract } from "../../world/types.ts";
import type { Directory } from "../directory.ts";
import { keyOfContract, keyOfPayment, keyOfPerson } from "../keys.ts";
import { BusinessError, notFound, refuseLong, type Answer, type Values } from "./answer.ts";

/** Nobody looks whether it has been there before: sent twice, it is booked twice. */
export const recordPayment: Answer = (values, directory, writes) => {
  const { contract, payer } = partiesOf(values, directory);
  const date = dayIn(values.date_reglement!, directory.today);
  const cents = centsIn(values.montant!);
  if (values.mode !== "CB") throw new BusinessError("BAD_VALUE", `Mode : ${values.mode}`);
  refuseLong(values, { numero_piece: 70, reference_externe: 40 });
  refuseClosed(contract, directory.today);
  const payment = addPayment(contract, { date, cents, method: "CARD", status: "RECEIVED" });
  bookPayment(contract, payment, contract.balanceAsOf);
  const [piece, reference] = [values.numero_piece!, values.reference_externe!];
  directory.bookings.set(payment, { payer: payer.number, piece, reference });
  directory.computed.set(contract, new Date().toISOString());
  writes.applied({
    kind: "cardPayments",
    contract: keyOfContract(contract),
    person: keyOfPerson(payer),
    reference: reference || null,
    content: { number: keyOfPayment(payment), date, cents, piece },
  });
  return `<numero_reglement xsi:type="xsd:string">${keyOfPayment(payment)}</numero_reglement>`;
};

function partiesOf(values: Values, directory: Directory) {
  const contract = directory.contract(values.numero_contrat!);
  const payer = directory.person(values.numero_tiers!);
  if (!contract || !payer) {
    const { numero_contrat = "", numero_tiers = "" } = values;
    throw notFound({ numero_contrat, numero_tiers });
  }
  if (!contract.signatories.includes(payer.number)) {
    throw new BusinessError("NOT_HOLDER", "Le tiers n'est pas titulaire du contrat");
  }
  return { contract, payer };
}

const parisDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" });

/** Not after tomorrow: the clocks of others may be ahead. */
function dayIn(written: string, worldToday: string): string {
  const day = /^\d\d\/\d\d\/\d{4}$/.test(written) ? written.split("/").toReversed().join("-") : "";
  const real = day !== "" && addDays(day, 0) === day;
  const now = parisDay.format(new Date());
  const last = addDays(now > worldToday ? now : worldToday, 1);
  if (real && day <= last) return day;
  throw new BusinessError("BAD_VALUE", `Date du règlement : ${written}`);
}

function centsIn(written: string): number {
  const cents = /^\d{1,7},\d\d$/.test(written) ? Number(written.replace(",", "")) : 0;
  if (cents > 0) return cents;
  throw new BusinessError("BAD_VALUE", `Montant : ${written}`);
}

/** Who has left may still pay what is owed. */
function refuseClosed({ end, balanceCents }: WorldContract, today: string): void {
  if (end === null || end >= today || balanceCents > 0) return;
  throw new BusinessError("CONTRACT_CLOSED", "Contrat résilié et soldé");
}
