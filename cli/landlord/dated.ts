/** What the ERP holds of a test tenant that has a date and a time. None of it is shown. */
import { setTimeout as wait } from "node:timers/promises";
import { balances } from "../../adapters/ports/billing.ts";
import { contracts } from "../../adapters/ports/contract.ts";
import { registrations } from "../../adapters/ports/identity.ts";
import { serviceRequests } from "../../adapters/ports/requests.ts";
import { readReference } from "../../subgraphs/identity/reference.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import type { OpenErp } from "./erp.ts";
import type { Dated } from "./zone.ts";

/** A tenant who may be asked about. */
export interface KnownTenant {
  /** As a person types it. */
  readonly reference?: string | undefined;
  /** As the ERP names a person. */
  readonly person?: string | undefined;
}

/** Keys of the tenant's contracts; null where none was given, or in words why there are none. */
export async function findKnown(
  { ports, call }: OpenErp,
  { registration }: Landlord,
  { reference, person }: KnownTenant,
): Promise<readonly string[] | string | null> {
  if (reference === undefined && person === undefined) return null;
  const serves = (port: { readonly name: string }) => ports.served.includes(port.name);
  let key = person;
  if (key === undefined && reference !== undefined) {
    const read = readReference(reference, registration.reference);
    if (!read) return "registration.reference of the file accepts no such --reference";
    if (!serves(registrations)) return "this ERP finds nobody by reference: give --person";
    const [found] = await ports.use(registrations).byReferences([read], call());
    key = found?.[0]?.personKey;
  }
  if (key === undefined) return "the ERP knows nobody by that --reference";
  if (!serves(contracts)) return "the port contracts is not served";
  const [own] = await ports.use(contracts).ofPersons([key], call());
  return own && own.length > 0
    ? own.map((contract) => contract.key)
    : "the ERP knows no contract of the tenant that was given";
}

/** Long enough apart that what goes with the clock has moved by a second that is written out. */
const apartMs = 1100;

export async function readDated(
  erp: OpenErp,
  contractKeys: readonly string[],
  { signal, now }: { readonly signal: AbortSignal; readonly now: () => Date },
): Promise<Dated[]> {
  const first = await readOnce(erp, contractKeys, now);
  if (first.size === 0) return [];
  await wait(apartMs, undefined, { signal });
  const again = await readOnce(erp, contractKeys, now);
  return [...again].flatMap(([what, one]) => {
    const before = first.get(what);
    return before ? [{ what, first: before, again: one }] : [];
  });
}

type Read = Map<string, { readonly moment: string; readonly askedAt: number }>;

/** The newest moment of each kind. */
async function readOnce(
  { ports, call }: OpenErp,
  contractKeys: readonly string[],
  now: () => Date,
): Promise<Read> {
  const found: Read = new Map();
  const keep = (what: string, moments: readonly string[]) => {
    const [moment] = moments.toSorted((a, b) => Date.parse(b) - Date.parse(a));
    if (moment !== undefined) found.set(what, { moment, askedAt: now().getTime() });
  };
  if (ports.served.includes(balances.name)) {
    const came = await ports.use(balances).ofContracts(contractKeys, call());
    keep(
      "balances.asOf",
      came.flatMap((balance) => balance?.asOf ?? []),
    );
  }
  if (ports.served.includes(serviceRequests.name)) {
    const pages = contractKeys.map((contractKey) => ({
      contractKey,
      first: 5,
      after: null,
      state: "ALL" as const,
    }));
    const came = await ports.use(serviceRequests).ofContracts(pages, call());
    keep(
      "serviceRequests.createdAt",
      came.flatMap(({ items }) => items.map(({ createdAt }) => createdAt)),
    );
  }
  return found;
}
