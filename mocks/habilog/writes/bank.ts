import * as world from "../../world/apply.ts";
import type { WorldContract, WorldDirectDebit } from "../../world/types.ts";
import type { Fields } from "../call.ts";
import { partiesIn, refuseEnded, type Office, type ReadDemand } from "./demand.ts";
import { dayIn, ibanIn, Refused, required } from "./fields.ts";

const bankIn = (fields: Fields) => ({
  iban: ibanIn(fields),
  bic: fields["BIC"] || null,
  holder: required(fields, "Titulaire"),
});

export const changeBank: ReadDemand = (fields, { directory }) => {
  const parties = partiesIn(fields, directory);
  const bank = bankIn(fields);
  return {
    kind: "bankAccountChanges",
    ...parties,
    content: bank,
    apply: () => {
      refuseEnded(parties.contract, directory);
      world.changeBank(parties.contract, bank);
    },
  };
};

interface Asked {
  content: Record<string, unknown>;
  apply(contract: WorldContract): void;
}

const actions: Record<string, (fields: Fields, office: Office) => Asked> = {
  A: subscribe,
  J: changeDay,
  S: stop,
};

export const changeDirectDebit: ReadDemand = (fields, office) => {
  const { directory } = office;
  const parties = partiesIn(fields, directory);
  const { content, apply } = actions[fields["Action"]!]!(fields, office);
  return {
    kind: "directDebitChanges",
    ...parties,
    content,
    apply: () => {
      refuseEnded(parties.contract, directory);
      apply(parties.contract);
    },
  };
};

/** 0 where none was chosen. */
function debitDayIn(fields: Fields, { debitDays }: Office): number {
  const day = Number(fields["Jour"]);
  if (day !== 0 && !debitDays.includes(day)) {
    throw new Refused("Jour de prélèvement non proposé");
  }
  return day;
}

function subscribe(fields: Fields, office: Office): Asked {
  const bank = bankIn(fields);
  const mandate: WorldDirectDebit = {
    mandateReference: required(fields, "RUM"),
    day: debitDayIn(fields, office),
    signedOn: dayIn(fields, "DateSignature"),
    status: "ACTIVE",
  };
  const { mandateReference, day, signedOn } = mandate;
  return {
    content: { action: "SUBSCRIBE", mandateReference, day, signedOn, ...bank },
    apply: (contract) => {
      if (world.mandateOf(contract)) throw new Refused("Mandat déjà actif");
      world.changeBank(contract, bank);
      world.subscribe(contract, mandate);
    },
  };
}

function changeDay(fields: Fields, office: Office): Asked {
  const day = debitDayIn(fields, office);
  if (day === 0) throw new Refused("Jour de prélèvement non proposé");
  return {
    content: { action: "CHANGE_DAY", day },
    apply: (contract) => {
      if (!world.changeDebitDay(contract, day)) throw new Refused("Aucun mandat actif");
    },
  };
}

function stop(): Asked {
  return {
    content: { action: "STOP" },
    apply: (contract) => {
      if (!world.stopDirectDebit(contract)) throw new Refused("Aucun mandat actif");
    },
  };
}
