/** What somebody reads on the screens before asking for a change. */
import type { Person } from "./person.ts";

export interface Facts {
  readonly capabilities: readonly string[];
  readonly debitDays: readonly number[];
  readonly personId: string;
  readonly contractId: string;
}

const screens = `query {
  landlord { capabilities directDebit { days } }
  viewer { person { id } contracts(first: 5) { nodes { id } } }
}`;

export async function readFacts(person: Person): Promise<Facts> {
  const { landlord, viewer } = await person.insist(screens);
  return {
    capabilities: landlord.capabilities,
    debitDays: landlord.directDebit.days,
    personId: viewer.person.id,
    contractId: viewer.contracts.nodes[0].id,
  };
}
