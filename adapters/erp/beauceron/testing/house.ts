/** For tests: a beauceron with contracts that each test takes for itself, and changes sent to it. */
import { afterAll } from "vitest";
import { keyOfContract, keyOfPerson } from "../../../../mocks/beauceron/keys.ts";
import { frenchIban } from "../../../../mocks/world/bank.ts";
import type { WorldContract } from "../../../../mocks/world/types.ts";
import { createWorld } from "../../../../mocks/world/world.ts";
import type { ChangePort, Submission } from "../../../ports/changes.ts";
import { call, started } from "./started.ts";

/** Stopped when the tests of the file have ended. */
export async function openHouse() {
  const world = createWorld({ landlord: "chartres", seed: 11, today: "2026-11-20", people: 90 });
  const rig = await started(world);
  afterAll(() => rig.close());
  const spare = world.contracts.filter(
    ({ end, units }) => end === null && units.some(({ kind }) => kind === "DWELLING"),
  );
  const ended = world.contracts.find(({ end }) => end !== null && end < "2026-01-01")!;
  return {
    ports: rig.ports,
    writes: rig.writes,
    /** A running contract that no other test takes. */
    take: (wanted: (contract: WorldContract) => boolean = () => true) => {
      const [contract] = spare.splice(spare.findIndex(wanted), 1);
      const person = world.people.find(({ number }) => number === contract!.signatories[0])!;
      const about = { personKey: keyOfPerson(person), contractKey: keyOfContract(contract!) };
      return { contract: contract!, person, about };
    },
    /** A contract that has ended. */
    ended: {
      personKey: keyOfPerson({ number: ended.signatories[0]! }),
      contractKey: keyOfContract(ended),
    },
    submit: <P>(port: ChangePort<P>, change: Submission<P>) =>
      rig.ports
        .use(port)
        .submit({ ...change, payload: port.payload.parse(change.payload) }, call()),
    lookUp: <P>(port: ChangePort<P>, change: Submission<P>) =>
      rig.ports.use(port).lookUp(change, call()),
    /** What beauceron applied of a kind, for a contract or a person. */
    writesOf: async (kind: string, key: string) =>
      (await rig.writes()).filter(
        (write) => write.kind === kind && [write.contract, write.person].includes(key),
      ),
  };
}

/** Keys of nobody and nothing. */
export const nowhere = { personKey: "LOC-999999", contractKey: "9999999999Z" };

export const iban = (account: string) => frenchIban("99101", "00042", account.padStart(11, "0"));

export const rejected = (reason: string) => ({ state: "REJECTED", reason });
export const appliedAs = (reference: string | null) => ({ state: "APPLIED", reference });
