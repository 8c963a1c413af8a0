import { z } from "zod";
import {
  persons,
  registrations,
  type Registrant,
  type RegistrationReference,
} from "../../ports/identity.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { at } from "./client.ts";
import { equals, type Column } from "./filters.ts";
import { person, registrant } from "./map.ts";
import { contactsOf, holder, isHolder, type Erp } from "./owned.ts";
import { Id } from "./values.ts";
import { KnownThirdParty, stated, stateOf, ThirdParty } from "./wire.ts";

export const identityPorts = (erp: Erp): Served[] => [
  serve(registrations, {
    byReferences: (references, call) =>
      eachOnce(references, JSON.stringify, (reference) => registrantsOf(erp, reference, call)),
  }),
  serve(persons, {
    byKeys: (keys, call) =>
      eachOnce(keys, String, async (key) => {
        const contact = await holder(erp, key, call);
        if (!contact) return null;
        const thirdParty = await thirdPartyOf(erp, contact.socid, call);
        return person(contact, thirdParty, erp.settings.timeZone);
      }),
  }),
];

export const thirdPartyOf = (
  { client }: Erp,
  socid: string,
  call: Call,
): Promise<ThirdParty | null> =>
  client.read({ path: at`/thirdparties/${socid}`, shape: ThirdParty }, call);

async function registrantsOf(
  erp: Erp,
  reference: RegistrationReference,
  call: Call,
): Promise<Registrant[]> {
  const socid = await thirdPartyBehind(erp, reference, call);
  if (socid === null) return [];
  const contacts = await contactsOf(erp, socid, call);
  const signed = contacts.filter((contact) => isHolder(erp, contact));
  return signed.map((contact) => registrant(contact, erp.settings.timeZone));
}

const thirdPartyBehind = (erp: Erp, { kind, reference }: RegistrationReference, call: Call) =>
  kind === "CUSTOMER"
    ? byCustomerCode(erp, reference, call)
    : byContractNumber(erp, reference, call);

/** Two that answer to one reference are nobody: equality in Dolibarr knows no case. */
async function byCustomerCode({ client }: Erp, code: string, call: Call): Promise<string | null> {
  const filter = equals("customerCode", code);
  if (filter === null) return null;
  const query = {
    limit: "2",
    properties: "id,status,code_client",
    sqlfilters: `${filter} and (t.status:=:1)`,
  };
  const found = await client.list({ path: "/thirdparties", query, shape: KnownThirdParty }, call);
  const [one, ...others] = found;
  const isIt = one?.code_client === code && stateOf(one) === "1" && others.length === 0;
  return isIt ? one.id : null;
}

const KnownContract = z.object({
  ...stated,
  socid: Id,
  ref: z.string().nullish(),
  ref_customer: z.string().nullish(),
});
const contractColumns: Record<"ref" | "ref_customer", Column> = {
  ref: "contractReference",
  ref_customer: "contractCustomerReference",
};

async function byContractNumber(erp: Erp, number: string, call: Call): Promise<string | null> {
  const field = erp.settings.contractNumber;
  const filter = equals(contractColumns[field], number);
  if (filter === null) return null;
  const query = {
    limit: "2",
    properties: `id,status,statut,socid,${field}`,
    sqlfilters: filter,
  };
  const found = await erp.client.list({ path: "/contracts", query, shape: KnownContract }, call);
  const [one, ...others] = found;
  const isIt = one?.[field] === number && stateOf(one) !== "0" && others.length === 0;
  return isIt ? one.socid : null;
}
