import { z } from "zod";
import type { Payment, Payments } from "../../ports/billing.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { codeOf, optionalText, text } from "../../transport/fields.ts";
import type { Intitulo } from "./client.ts";
import { signatoriesOf } from "./contract.ts";
import { amount, paymentMethod, slashedDay } from "./map.ts";
import { pagesPerContract } from "./pages.ts";

const paymentRecord = z
  .object({
    numero_reglement: text,
    numero_tiers: text,
    numero_contrat: text,
    date_reglement: slashedDay,
    montant: amount,
    mode: paymentMethod,
    etat: codeOf({ "0": "PENDING", "1": "RECEIVED", "9": "REJECTED" }),
    numero_piece: optionalText,
    reference_externe: optionalText,
  })
  .transform((record) => {
    const item: Payment = {
      key: record.numero_reglement,
      date: record.date_reglement,
      amount: record.montant,
      method: record.mode,
      status: record.etat,
    };
    return {
      person: record.numero_tiers,
      contract: record.numero_contrat,
      piece: record.numero_piece,
      reference: record.reference_externe,
      item,
    };
  });

type Paid = z.infer<typeof paymentRecord>;

export const createPayments = (intitulo: Intitulo): Payments => ({
  ofContracts: (keys, call) => {
    const ofPerson = oncePerKey(async (person: string) => paymentsOf(intitulo, person, "", call));
    const ofContract = async (contract: string) => {
      const people = await signatoriesOf(intitulo, contract, call);
      const lists = await Promise.all(people.map(ofPerson));
      return lists.flatMap((paid) =>
        (paid ?? []).flatMap((each) => (each.contract === contract ? each.item : [])),
      );
    };
    return pagesPerContract(ofContract, ({ date }) => date)(keys, call);
  },
});

/** No list of payments is longer: what is newer is left out without a word. */
const longest = 100;

/**
 * Payments hang on whoever paid, for all of their contracts: all since `from` (`20190524`, empty
 * for ever), read on from the last day of a list as long as lists are. Null for a person whom
 * Intitulo does not know. BAD_RESPONSE for a day that no list can hold.
 */
export async function paymentsOf(
  intitulo: Intitulo,
  person: string,
  from: string,
  call: Call,
): Promise<Paid[] | null> {
  const found = new Map<string, Paid>();
  for (let since = from; ;) {
    const parts = { numero_tiers: person, date_debut: since, date_fin: "" };
    const answer = await intitulo.ask("listerReglements", parts, call);
    if (!answer) return null;
    const list = answer.records("reglement", paymentRecord);
    for (const paid of list) if (paid.person === person) found.set(paid.item.key, paid);
    if (list.length < longest) return [...found.values()];
    const last = list.at(-1)!.item.date.replaceAll("-", "");
    if (last <= since) throw new PortError("BAD_RESPONSE", "a list of payments that does not end");
    since = last;
  }
}

/** People who hold several contracts are asked for once. */
function oncePerKey<A>(ask: (key: string) => Promise<A>): (key: string) => Promise<A> {
  const asked = new Map<string, Promise<A>>();
  return (key) => {
    const answer = asked.get(key) ?? ask(key);
    asked.set(key, answer);
    return answer;
  };
}
