/** What each operation that changes something does, to whoever has a ticket. */
import { ibanIsRight, isDay } from "./checks.ts";
import type { MockAnswer } from "../kit/product.ts";
import type { NewWrite, Writes } from "../kit/writes.ts";
import * as apply from "../world/apply.ts";
import { debitDaysOf } from "../world/direct-debit.ts";
import { ledgersOf } from "../world/ownings.ts";
import type { World, WorldContract } from "../world/types.ts";
import { refused, unknown, wrongValue } from "./answers.ts";
import { centsOf, instant } from "./formats.ts";
import { keyOfContract, type Directory } from "./keys.ts";
import type { Operation, Operations } from "./operations.ts";
import * as records from "./records.ts";
import type { State } from "./state.ts";

/** What writes work on. */
export interface Desk {
  readonly world: World;
  readonly directory: Directory;
  readonly state: State;
  readonly writes: Writes;
  now(): Date;
  ok(data: unknown): MockAnswer;
}

/** In every body about a contract. */
export interface Signed {
  Reference: string;
  CodePersonne: string;
}

/** Of a contract and a person that syndeo knows; it does not look whether they belong together. */
export const aboutContract =
  <B extends Signed>(
    { directory }: Desk,
    change: (contract: WorldContract, body: B) => MockAnswer,
  ): Operation =>
  ({ Numero }, body) => {
    const contract = directory.contract(Numero!);
    const asked = body as B;
    return contract && directory.person(asked.CodePersonne) ? change(contract, asked) : unknown();
  };

/** Into the list of what was applied. */
export function note(
  { writes }: Desk,
  kind: NewWrite["kind"],
  contract: WorldContract,
  { Reference, CodePersonne, ...content }: Signed,
): void {
  const named = { contract: keyOfContract(contract), person: CodePersonne, reference: Reference };
  writes.applied({ kind, ...named, content });
}

export const hasEnded = ({ end }: WorldContract, { world }: Desk): boolean =>
  end !== null && end < world.today;
export const closed = () => refused("CLOTURE", "Contrat résilié");
const notPossible = (message: string) => refused("REGLE", message);
export const known = () => refused("DOUBLON", "Duplicate entry for key 'reference'");

interface Encaissement extends Signed {
  Date: string;
  Montant: string;
  Piece: string;
}

interface NouveauRib extends Signed {
  Iban: string;
  Bic: string | null;
  Titulaire: string;
}

interface ActePrelevement extends NouveauRib {
  Acte: "ADHESION" | "JOUR" | "RESILIATION";
  Rum: string;
  SigneLe: string;
  Jour: number | null;
}

export function accountWrites(desk: Desk): Operations {
  const { world, state, ok } = desk;

  function book(contract: WorldContract, asked: Encaissement): MockAnswer {
    const cents = centsOf(asked.Montant);
    if (cents <= 0 || !isDay(asked.Date, desk.now())) return wrongValue("Montant ou date");
    if ([...state.references.values()].includes(asked.Reference)) return known();
    if (contract.kind === "MANAGEMENT") return notPossible("Mandat de gestion");
    if (hasEnded(contract, desk) && contract.balanceCents <= 0) return closed();
    const paid = { date: asked.Date, cents, method: "CARD", status: "RECEIVED" } as const;
    const payment = apply.addPayment(contract, paid);
    apply.bookPayment(contract, payment, contract.balanceAsOf);
    for (const person of desk.directory.signatoriesOf(contract)) {
      person.ledgers = ledgersOf(person, desk.directory.contractsOf(person));
    }
    state.references.set(payment, asked.Reference);
    state.published.set(contract, instant(desk.now()));
    note(desk, "cardPayments", contract, asked);
    return ok(records.reglement(contract, payment, asked.Reference));
  }

  function changeRib(contract: WorldContract, asked: NouveauRib): MockAnswer {
    if (!ibanIsRight(asked.Iban)) return wrongValue("Iban");
    if (hasEnded(contract, desk)) return closed();
    apply.changeBank(contract, bankIn(asked));
    note(desk, "bankAccountChanges", contract, asked);
    return ok(records.rib(contract));
  }

  function changeDebit(contract: WorldContract, asked: ActePrelevement): MockAnswer {
    const days = debitDaysOf(world.landlord);
    if (asked.Jour !== undefined && asked.Jour !== null && !days.includes(asked.Jour)) {
      return wrongValue("Jour");
    }
    if (hasEnded(contract, desk)) return closed();
    if (contract.kind === "MANAGEMENT") return notPossible("Mandat de gestion");
    const refusal = debitActs[asked.Acte](contract, asked, desk);
    if (refusal) return refusal;
    note(desk, "directDebitChanges", contract, asked);
    return ok(records.prelevement(contract));
  }

  return {
    encaisser: aboutContract(desk, book),
    modifierRib: aboutContract(desk, changeRib),
    modifierPrelevement: aboutContract(desk, changeDebit),
  };
}

const bankIn = ({ Iban, Bic, Titulaire }: NouveauRib) => ({
  iban: Iban,
  bic: Bic,
  holder: Titulaire.trim(),
});

type Act = (contract: WorldContract, asked: ActePrelevement, desk: Desk) => MockAnswer | null;

const noMandate = () => notPossible("Aucun mandat en cours");

/** Null where it is done. */
const debitActs: Record<ActePrelevement["Acte"], Act> = {
  ADHESION: (contract, asked, desk) => {
    if (!ibanIsRight(asked.Iban) || !isDay(asked.SigneLe, desk.now())) {
      return wrongValue("Mandat");
    }
    const same = contract.directDebit?.mandateReference === asked.Rum;
    if (same || apply.mandateOf(contract)) return known();
    const day = asked.Jour ?? debitDaysOf(desk.world.landlord)[0];
    const mandate = { mandateReference: asked.Rum, day, signedOn: asked.SigneLe };
    apply.subscribe(contract, { ...mandate, status: "ACTIVE" });
    apply.changeBank(contract, bankIn(asked));
    return null;
  },
  JOUR: (contract, { Jour }) => (apply.changeDebitDay(contract, Jour!) ? null : noMandate()),
  RESILIATION: (contract) => (apply.stopDirectDebit(contract) ? null : noMandate()),
};
