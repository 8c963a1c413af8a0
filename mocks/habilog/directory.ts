/** Finds things of the World by the names that callers use. */
import { printerOf, type Printer } from "../world/pdf.ts";
import type { World, WorldContract, WorldNotice, WorldPerson } from "../world/types.ts";
import { contractNumberOfKey, contractOfNotice, noticeNumberOf, personNumberOf } from "./keys.ts";

export interface Directory {
  readonly today: string;
  readonly print: Printer;
  person(key: string): WorldPerson | undefined;
  contract(key: string): WorldContract | undefined;
  /** The contracts that a person signed, by number. */
  contractsOf(person: WorldPerson): readonly WorldContract[];
  signatoriesOf(contract: WorldContract): readonly WorldPerson[];
  notice(key: string): { contract: WorldContract; notice: WorldNotice } | undefined;
}

export function createDirectory(world: World): Directory {
  const { today, people, contracts } = world;
  const persons = new Map(people.map((person) => [person.number, person]));
  const byNumber = new Map(contracts.map((contract) => [contract.number, contract]));
  const signed = new Map<number, WorldContract[]>();
  for (const contract of contracts) {
    for (const number of contract.signatories) {
      const known = signed.get(number);
      if (known) known.push(contract);
      else signed.set(number, [contract]);
    }
  }
  return {
    today,
    print: printerOf(world),
    person: (key) => persons.get(personNumberOf(key)),
    contract: (key) => byNumber.get(contractNumberOfKey(key)),
    contractsOf: ({ number }) => signed.get(number) ?? [],
    signatoriesOf: ({ signatories }) => signatories.flatMap((number) => persons.get(number) ?? []),
    notice: (key) => {
      const contract = byNumber.get(contractOfNotice(key));
      const notice = contract?.notices.find(({ number }) => number === noticeNumberOf(key));
      return contract && notice && { contract, notice };
    },
  };
}
