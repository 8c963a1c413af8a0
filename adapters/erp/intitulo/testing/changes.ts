/** For tests: a small World of today, and changes that its people ask for. */
import { randomUUID } from "node:crypto";
import { keyOfContract, keyOfPerson } from "../../../../mocks/intitulo/keys.ts";
import { contractsOf, personWith } from "../../../../mocks/world/find.ts";
import { oddities, type Oddity } from "../../../../mocks/world/oddities.ts";
import { createWorld } from "../../../../mocks/world/world.ts";
import type { CardPayment } from "../../../ports/billing-changes.ts";
import type { Submission } from "../../../ports/changes.ts";
import type { Call } from "../../../ports/port.ts";

export const call: Call = { signal: new AbortController().signal, requestId: "changes" };

const parisDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" });
/** So many days ago, in Paris. */
export const daysAgo = (days: number): string =>
  parisDay.format(new Date(Date.now() - days * 86_400_000));
export const today = daysAgo(0);

const sizes = { people: 40, contracts: 50 };
export const world = createWorld({ landlord: "aubervilliers", seed: 47, today, ...sizes });

export const contractOf = (oddity: Oddity) => contractsOf(world, personWith(world, oddity))[0]!;
/** Whose contract it is, and its key. */
export const partiesOf = (oddity: Oddity) => ({
  personKey: keyOfPerson(personWith(world, oddity)),
  contractKey: keyOfContract(contractOf(oddity)),
});

export const who = personWith(world, oddities.accents);
export const { personKey, contractKey } = partiesOf(oddities.accents);

export const change = <P>(payload: P, more: Partial<Submission<P>> = {}): Submission<P> => ({
  operationId: randomUUID(),
  personKey,
  contractKey: null,
  submittedAt: new Date().toISOString(),
  payload,
  open: () => {
    throw new Error("no file belongs to this change");
  },
  ...more,
});

export const paying = (
  more: Partial<CardPayment> = {},
  of: Partial<Submission<CardPayment>> = {},
): Submission<CardPayment> =>
  change<CardPayment>(
    {
      amount: { amount: "12.50", currency: "EUR" },
      paidAt: new Date().toISOString(),
      provider: "PAYFIP",
      providerReference: randomUUID(),
      ...more,
    },
    { contractKey, ...of },
  );
