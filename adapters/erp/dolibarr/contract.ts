import {
  contracts,
  insurancePolicies,
  occupants,
  type Contract,
  type InsurancePolicy,
  type Occupant,
} from "../../ports/contract.ts";
import { PortError } from "../../ports/errors.ts";
import { serve, type BatchRead, type Call, type Served } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { thirdPartyOf } from "./identity.ts";
import * as map from "./map.ts";
import * as owned from "./owned.ts";
import type { Erp } from "./owned.ts";
import type * as wire from "./wire.ts";

export function contractPorts(erp: Erp): Served[] {
  const { insurance } = erp.settings;
  const served = [
    serve(contracts, {
      ofPersons: (keys, call) => eachOnce(keys, String, (key) => contractsOf(erp, key, call)),
    }),
    serve(occupants, {
      ofContracts: ofContracts<Occupant[]>(erp, [], (held, call) => occupantsOf(erp, held, call)),
    }),
  ];
  if (insurance === undefined) return served;
  return [
    ...served,
    serve(insurancePolicies, {
      ofContracts: ofContracts<InsurancePolicy | null>(erp, null, async (held) =>
        map.insurancePolicy(held, insurance),
      ),
    }),
  ];
}

/** Asks once for each distinct contract; `unknown` answers for one that Dolibarr does not have. */
export const ofContracts =
  <A>(
    erp: Erp,
    unknown: A,
    load: (held: wire.Contract, call: Call) => Promise<A>,
  ): BatchRead<string, A> =>
  (keys, call) =>
    eachOnce(keys, String, async (key) => {
      const held = await owned.contract(erp, key, call);
      return held ? load(held, call) : unknown;
    });

async function contractsOf(erp: Erp, key: string, call: Call): Promise<Contract[]> {
  const { settings } = erp;
  const who = await owned.holder(erp, key, call);
  if (!who) return [];
  const [held, contacts, thirdParty] = await Promise.all([
    owned.contractsOf(erp, who.socid, call),
    owned.contactsOf(erp, who.socid, call),
    thirdPartyOf(erp, who.socid, call),
  ]);
  const signed = contacts.filter((contact) => owned.isHolder(erp, contact));
  const around = {
    signatories: signed.flatMap((contact) => map.nameOf(contact) ?? []),
    fallbackAddress: thirdParty && map.addressOf(thirdParty),
  };
  const day = map.today(erp.now(), settings.timeZone);
  return held.map((one) => whole(map.contract(one, around, settings, day))).toSorted(activeFirst);
}

function whole(contract: Contract | null): Contract {
  if (contract) return contract;
  throw new PortError("BAD_RESPONSE", "dolibarr: a contract without an address or a first day");
}

function activeFirst(a: Contract, b: Contract): number {
  const order = Number(b.status === "ACTIVE") - Number(a.status === "ACTIVE");
  return order || (a.number < b.number ? -1 : 1);
}

/** Contacts hang on the third party, not on a contract: they live where it has a dwelling now. */
async function occupantsOf(erp: Erp, held: wire.Contract, call: Call): Promise<Occupant[]> {
  const { settings } = erp;
  const lives = map.unitKindOf(held, settings) === "DWELLING" && map.isRunning(held);
  if (!lives) return [];
  const contacts = await owned.contactsOf(erp, held.socid, call);
  return contacts
    .filter((contact) => !owned.isHolder(erp, contact))
    .map((contact) => map.occupant(contact, held.id, settings.timeZone));
}
