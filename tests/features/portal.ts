/** One landlord's portal in a running demo, and what its ERP holds: what the checks of rows work with. */
import type { Demo } from "../../mocks/demo/start.ts";
import type { DemoAccount } from "../../mocks/start-page.ts";
import {
  client,
  faultsOf,
  operation,
  signIn,
  type Answer,
  type Client,
} from "../support/client.ts";
import { door, type HeldContract, type HeldPerson } from "../support/demo.ts";

/** Somebody signed in, and what the ERP holds of them. */
export interface Somebody {
  readonly account: DemoAccount;
  readonly front: Client;
  readonly held: HeldPerson;
  readonly contracts: readonly HeldContract[];
}

export interface Portal {
  readonly demo: Demo;
  readonly landlord: string;
  /** Nobody signed in. */
  readonly front: Client;
  /** Everybody odd who has an account, each signed in once. */
  everybody(): Promise<readonly Somebody[]>;
}

export function openPortal(demo: Demo, landlord: string): Portal {
  const front = client({ url: demo.url, landlord });
  let known: Promise<Somebody[]> | undefined;
  const everybody = () => (known ??= signEverybodyIn(demo, landlord, front));
  return { demo, landlord, front, everybody };
}

async function signEverybodyIn(demo: Demo, landlord: string, front: Client): Promise<Somebody[]> {
  const accounts = demo.accounts.filter(
    (account) => account.landlord === landlord && account.role !== "staff",
  );
  const found: Somebody[] = [];
  for (const account of accounts) found.push(await signedIn(demo, landlord, front, account));
  return found;
}

async function signedIn(
  demo: Demo,
  landlord: string,
  front: Client,
  account: DemoAccount,
): Promise<Somebody> {
  const at = door(demo, landlord);
  const held = await at.personWith(account.oddity);
  const contracts = await Promise.all(held.contracts.map((key) => at.contract(key)));
  return { account, front: await signIn(front, account.email, account.password), held, contracts };
}

/** Runs a saved operation; throws with its errors, unless all of them are NOT_SUPPORTED. */
export async function run(
  front: Client,
  name: string,
  variables: object = {},
): Promise<Answer["data"]> {
  const answer = await front(operation(name), variables);
  const [wrong] = faultsOf(answer);
  if (wrong)
    throw new Error(
      `${name}: ${wrong.extensions.code} at ${wrong.path?.join(".") ?? "the document"}: ${wrong.message}`,
    );
  return answer.data;
}

/** The viewer's contracts as the schema has them, by the reference of their first unit. */
export async function contractIds(front: Client): Promise<Map<string, string>> {
  const { data } = await front(
    "{ viewer { contracts(first: 50) { nodes { id units { reference } } } } }",
  );
  const nodes = data.viewer.contracts.nodes as { id: string; units: { reference: string }[] }[];
  return new Map(nodes.map(({ id, units }) => [units[0]!.reference, id]));
}

type Check = (portal: Portal) => Promise<string>;

/** One check after the other, for a row that takes several. */
export const each =
  (...checks: readonly Check[]): Check =>
  async (portal) => {
    const told: string[] = [];
    for (const check of checks) told.push(await check(portal));
    return told.filter(Boolean).join("; ");
  };

/** A check that is made only where the landlord has a capability. */
export const where =
  (capability: string, check: Check): Check =>
  async (portal) => {
    const { landlord } = await run(portal.front, "B01-landlord");
    return landlord.capabilities.includes(capability) ? check(portal) : "";
  };
