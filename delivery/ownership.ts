import type { Call } from "../adapters/ports/port.ts";
import { contracts } from "../adapters/ports/contract.ts";
import type { KeptChange } from "../store/change-row.ts";
import { isPaidAlready } from "../subgraphs/kernel/change-kinds.ts";
import type { Delivery } from "./deliver.ts";

/**
 * Whether the ERP still lists the contract as the person's: a change may have been taken days ago, or
 * by what was listed before, and not every ERP looks at whose a contract is when it changes it.
 */
export async function isStillTheirs(
  { ports }: Delivery,
  { kind, personKey, contractKey }: KeptChange,
  call: Call,
): Promise<boolean> {
  if (contractKey === null || isPaidAlready(kind) || !ports.served.includes(contracts.name)) {
    return true;
  }
  const [theirs = []] = await ports.use(contracts).ofPersons([personKey], call);
  return theirs.some(({ key }) => key === contractKey);
}
