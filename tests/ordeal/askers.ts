/** Who asks for changes: people with a contract of their own, each with an account. */
import type { PersonLine } from "../../mocks/kit/state.ts";
import type { WorldContract } from "../../mocks/world/types.ts";
import type { Store } from "../../store/store.ts";
import { hashPassword } from "../../subgraphs/kernel/password-hash.ts";

export interface Asker {
  readonly landlord: string;
  readonly email: string;
  readonly personKey: string;
  readonly contractKey: string;
}

export const password = "Ordeal-Trousseau-2026";

/** A mock ERP, by its control door. */
export interface Door {
  readonly landlord: string;
  readonly doorUrl: string;
}

/** `howMany` of each landlord's, with accounts in the store. No contract is shared. */
export async function makeAskers(
  store: Store,
  doors: readonly Door[],
  howMany: number,
): Promise<Asker[]> {
  const passwordHash = await hashPassword(password);
  const askers: Asker[] = [];
  for (const door of doors) askers.push(...(await findAskers(door, howMany)));
  for (const { landlord, email, personKey } of askers) {
    const account = { landlord, email, passwordHash, language: "fr" as const };
    const { outcome } = await store.accounts.create(account, [personKey], []);
    if (outcome !== "OK") throw new Error(`no account could be made for ${email}: ${outcome}`);
  }
  return askers;
}

async function findAskers({ landlord, doorUrl }: Door, howMany: number): Promise<Asker[]> {
  const people = await ask<PersonLine[]>(doorUrl, "/state/people?limit=300");
  const found: Asker[] = [];
  for (const { key, oddity, roles, contracts } of people) {
    if (found.length === howMany) break;
    if (oddity !== null || roles[0] !== "TENANT" || contracts.length !== 1) continue;
    const [contractKey] = contracts as [string];
    const path = `/state/contracts/${encodeURIComponent(contractKey)}`;
    const { end, signatories } = await ask<WorldContract>(doorUrl, path);
    if (end !== null || signatories.length !== 1) continue;
    const email = `ordeal-${found.length + 1}@${landlord}.example.org`;
    found.push({ landlord, email, personKey: key, contractKey });
  }
  return found;
}

/** Of a control door. */
export async function ask<T>(doorUrl: string, path: string): Promise<T> {
  const answer = await fetch(doorUrl + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}
