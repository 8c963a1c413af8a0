/** Demands: kept at once, applied or refused in the night, in the order in which they came. */
import type { Writes } from "../../kit/writes.ts";
import { addDays } from "../../world/days.ts";
import type { Fields } from "../call.ts";
import { day, record } from "../format.ts";
import { keyOfContract, keyOfDemand, keyOfPerson } from "../keys.ts";
import { changeBank, changeDirectDebit } from "./bank.ts";
import type { Demand, Office, ReadDemand } from "./demand.ts";
import { Refused, refuseForeignCharacters } from "./fields.ts";
import { changeHousehold } from "./household.ts";
import { changeBilling, renewInsurance } from "./lease.ts";
import { changeTenant } from "./tenant.ts";

const readers: Record<string, ReadDemand> = {
  ModifierLocataire: changeTenant,
  EnregistrerOccupant: changeHousehold,
  ModifierFacturation: changeBilling,
  EnregistrerAssurance: renewInsurance,
  ModifierRib: changeBank,
  DemanderPrelevement: changeDirectDebit,
};

interface Kept extends Demand {
  number: number;
  reference: string;
  state: "A" | "T" | "R";
  reason: string;
  /** The day of the morning after. */
  due: string;
}

export interface Batch {
  takes(operation: string): boolean;
  /** The demand as a record. Throws Refused. The same reference may come again: it is not looked at. */
  keep(operation: string, fields: Fields): string;
  /** Every demand of the reference, as records. */
  follow(reference: string): string[];
  run(): { applied: number; refused: number };
}

/** When the night's batch has ended, on the wall in Ivry. */
const endTime = "06:00";

interface BatchOptions {
  office: Office;
  writes: Writes;
  /** The day in Ivry. */
  today: () => string;
}

export function createBatch({ office, writes, today }: BatchOptions): Batch {
  const all: Kept[] = [];
  return {
    takes: (operation) => Object.hasOwn(readers, operation),
    keep: (operation, fields) => {
      const { Contenu: _file, ...texts } = fields;
      refuseForeignCharacters(texts);
      const kept: Kept = {
        ...readers[operation]!(fields, office),
        number: all.length + 1,
        reference: fields["ReferenceExterne"]!,
        state: "A",
        reason: "",
        due: addDays(today(), 1),
      };
      all.push(kept);
      return recordOf(kept);
    },
    follow: (reference) => all.filter((kept) => kept.reference === reference).map(recordOf),
    run: () => {
      const waiting = all.filter(({ state }) => state === "A");
      for (const kept of waiting) settle(kept, writes);
      const applied = waiting.filter(({ state }) => state === "T").length;
      return { applied, refused: waiting.length - applied };
    },
  };
}

function settle(kept: Kept, writes: Writes): void {
  try {
    kept.apply();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    kept.state = "R";
    kept.reason = error.message;
    return;
  }
  kept.state = "T";
  const { kind, contract, person, reference, content } = kept;
  writes.applied({
    kind,
    contract: contract && keyOfContract(contract),
    person: keyOfPerson(person),
    reference,
    content,
  });
}

const recordOf = (kept: Kept): string =>
  record("Demande", {
    NumeroDemande: keyOfDemand(kept.number),
    ReferenceExterne: kept.reference,
    NumeroTiers: keyOfPerson(kept.person),
    NumeroContrat: kept.contract ? keyOfContract(kept.contract) : "",
    Etat: kept.state,
    Motif: kept.reason,
    DateEffet: day(kept.due),
    HeureEffet: endTime,
  });
