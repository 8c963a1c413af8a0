import type { MockErp } from "../kit/product.ts";
import type { PersonLine } from "../kit/state.ts";

/** The hand-made people of an ERP, asked through its control door. */
export const oddPeople = (erp: MockErp): Promise<PersonLine[]> => ask(erp, "/state/people?oddity");

/** Somebody ordinary who has no account yet: who can be registered in the demo. */
export async function newcomer(erp: MockErp): Promise<PersonLine> {
  const people = await ask(erp, "/state/people?limit=200");
  const ordinary = people.find(
    ({ oddity, contracts, email, credentials }) =>
      oddity === null && contracts.length > 0 && email && credentials?.provisional !== false,
  );
  if (!ordinary) throw new Error(`${erp.product} holds nobody ordinary.`);
  return ordinary;
}

async function ask(erp: MockErp, path: string): Promise<PersonLine[]> {
  const answer = await fetch(`${erp.doorUrl}${path}`);
  return (await answer.json()) as PersonLine[];
}
