import type { Store } from "../../store/store.ts";
import { hashPassword } from "../../subgraphs/kernel/password-hash.ts";
import type { ServedLandlord } from "../../subgraphs/kernel/request.ts";
import type { MockErp } from "../kit/product.ts";
import type { PersonLine } from "../kit/state.ts";
import type { DemoAccount } from "../start-page.ts";
import { oddPeople } from "./people.ts";

/** One password for all of the demo; it satisfies every landlord's rules. */
export const demoPassword = "Demo-Trousseau-2026";

/** An account for each hand-made person of each ERP, confirmed, ready to sign in. */
export async function createAccounts(
  store: Store,
  erps: readonly MockErp[],
): Promise<DemoAccount[]> {
  const passwordHash = await hashPassword(demoPassword);
  const people = await Promise.all(erps.map(oddPeople));
  const accounts: DemoAccount[] = [];
  // Together: a disk takes longer over each commit than over all that is in it.
  await store.transaction(async (kept) => {
    for (const [i, { landlord }] of erps.entries()) {
      // Where the landlord prints credentials, whoever gave it no e-mail cannot connect.
      const able = people[i]!.filter(({ email, credentials }) => email || !credentials);
      for (const person of able) {
        accounts.push(await createAccount(kept, landlord, person, passwordHash));
      }
    }
  });
  return accounts;
}

async function createAccount(
  store: Store,
  landlord: string,
  person: PersonLine,
  passwordHash: string,
): Promise<DemoAccount> {
  const email = person.email ?? `${person.key.toLowerCase()}@demo.example`;
  const account = { landlord, email, passwordHash, language: "fr" as const };
  const { outcome } = await store.accounts.create(account, [person.key], []);
  if (outcome !== "OK") throw new Error(`The demo account ${email} could not be made: ${outcome}.`);
  const role = person.roles.join(", ").toLowerCase().replaceAll("_", "-");
  return { landlord, email, password: demoPassword, role, oddity: person.oddity ?? "" };
}

/** Gives the demo's password to the landlords' own people, whose accounts are there without any. */
export async function openStaffAccounts(
  store: Store,
  landlords: readonly ServedLandlord[],
): Promise<DemoAccount[]> {
  const passwordHash = await hashPassword(demoPassword);
  const staff = landlords.flatMap(({ landlord: { id, staff } }) =>
    staff.map(({ email }) => ({ landlord: id, email })),
  );
  await store.transaction(async ({ accounts }) => {
    for (const { landlord, email } of staff) {
      const account = await accounts.byEmail(landlord, email);
      if (!account) throw new Error(`The staff account ${email} is not there.`);
      await accounts.setPassword(landlord, account.id, passwordHash);
    }
  });
  const oddity = "one of the landlord's own people: sees and settles changes, has no contract";
  return staff.map((one) => ({ ...one, password: demoPassword, role: "staff", oddity }));
}
