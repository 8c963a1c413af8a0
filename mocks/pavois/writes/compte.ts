import {
  addPayment,
  changeBank,
  changeDebitDay,
  mandateOf,
  stopDirectDebit,
  subscribe,
} from "../../world/apply.ts";
import type { WorldContract } from "../../world/types.ts";
import { BusinessError, contractAsked } from "../answers/answer.ts";
import { pastMandates, unbooked } from "../kept.ts";
import { keyOfContract } from "../keys.ts";
import type { PavoisRequest } from "../messages.ts";
import { isIban } from "./iban.ts";
import {
  codes,
  openContract,
  refuseValue,
  textOf,
  valueOf,
  type Ground,
  type Write,
} from "./write.ts";

/** Taken for an ended contract too: what is left to pay is paid. */
export const bookCardPayment: Write = (request, ground) => {
  const contract = contractAsked(request, ground.directory);
  const [whole = "", fraction = ""] = textOf(request, "Montant").split(".");
  const cents = Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
  refuseValue(cents <= 0, "montant nul");
  const date = textOf(request, "RegleLe").slice(0, 10);
  refuseValue(date > ground.directory.today, "règlement à venir");
  const payment = addPayment(contract, { date, cents, method: "CARD", status: "RECEIVED" });
  unbooked.add(contract, payment);
  const content = {
    cents,
    paidAt: textOf(request, "RegleLe"),
    provider: textOf(request, "Prestataire"),
    providerReference: textOf(request, "ReferencePrestataire"),
  };
  return { ...done("cardPayments", contract, content), object: `R${payment.number}` };
};

export const changeAccount: Write = (request, ground) => {
  const contract = openContract(request, ground);
  const bank = bankIn(request);
  changeBank(contract, bank);
  return done("bankAccountChanges", contract, bank);
};

export const subscribeDebit: Write = (request, ground) => {
  const contract = openContract(request, ground);
  const bank = bankIn(request);
  const mandate = {
    mandateReference: textOf(request, "Rum"),
    day: dayIn(request, ground),
    signedOn: textOf(request, "SigneLe"),
    status: "ACTIVE" as const,
  };
  refuseValue(mandate.signedOn > ground.directory.today, "signature à venir");
  const before = contract.directDebit;
  if (mandateOf(contract)) throw new BusinessError(codes.double, "Un mandat est déjà en cours");
  if (before) {
    const { mandateReference, signedOn } = before;
    refuseValue(mandate.signedOn < signedOn, "signature avant celle du mandat précédent");
    if (mandateReference === mandate.mandateReference) {
      throw new BusinessError(codes.double, "RUM déjà connue");
    }
    pastMandates.add(contract, before);
  }
  subscribe(contract, mandate);
  changeBank(contract, bank);
  return done("directDebitChanges", contract, { action: "SUBSCRIBE", ...mandate, ...bank });
};

export const changeDay: Write = (request, ground) => {
  const contract = openContract(request, ground);
  const day = dayIn(request, ground);
  if (!changeDebitDay(contract, day)) throw noMandate();
  return done("directDebitChanges", contract, { action: "CHANGE_DAY", day });
};

export const stopDebit: Write = (request, ground) => {
  const contract = openContract(request, ground);
  if (!stopDirectDebit(contract)) throw noMandate();
  return done("directDebitChanges", contract, { action: "STOP" });
};

const noMandate = () => new BusinessError(codes.unknown, "Aucun mandat en cours");

const done = (kind: string, contract: WorldContract, content: unknown) => ({
  kind,
  contract: keyOfContract(contract),
  person: null,
  content,
});

function bankIn(request: PavoisRequest) {
  const iban = textOf(request, "Iban");
  refuseValue(!isIban(iban), "IBAN");
  return { iban, bic: valueOf(request, "Bic"), holder: textOf(request, "TitulaireCompte") };
}

/** 0 where none is chosen. */
function dayIn(request: PavoisRequest, { debitDays }: Ground): number {
  const day = Number(textOf(request, "JourPrelevement"));
  refuseValue(day !== 0 && !debitDays.includes(day), `jour de prélèvement ${day}`);
  return day;
}
