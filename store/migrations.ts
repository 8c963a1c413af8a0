/**
 * How the tables came to be, for SQLite and PostgreSQL alike. A migration that has been released is
 * never changed, and each only adds: the version before it may still be running beside.
 */
import { Migrator, type Migration } from "kysely";
import type { Db } from "./database.ts";
import { up as identifiers } from "./migrations/identifiers.ts";
import { up as changes } from "./migrations/changes.ts";
import { up as endedChanges } from "./migrations/ended-changes.ts";
import { up as erasures } from "./migrations/erasures.ts";
import { up as erpDrifts } from "./migrations/erp-drifts.ts";
import { up as unusedAccounts } from "./migrations/unused-accounts.ts";
import { up as uploads } from "./migrations/uploads.ts";
import { up as heldContracts } from "./migrations/held-contracts.ts";
import { up as first } from "./migrations/first.ts";
import { up as webPayments } from "./migrations/web-payments.ts";
import { up as restored } from "./migrations/restored.ts";
import { up as requestsAndSurveys } from "./migrations/requests-and-surveys.ts";
import { up as socialIdentities } from "./migrations/social-identities.ts";
import { up as staffAndHistory } from "./migrations/staff-and-history.ts";
import { up as supportViews } from "./migrations/support-views.ts";
import { up as unconfirmedChanges } from "./migrations/unconfirmed-changes.ts";

const migrations: Record<string, Migration> = {
  "2026-11-20-first": { up: first },
  "2026-11-21-identifiers": { up: identifiers },
  "2026-11-21-social-identities": { up: socialIdentities },
  "2026-11-21-uploads": { up: uploads },
  "2026-11-21-submitted-changes": { up: changes },
  "2026-11-21-web-payments": { up: webPayments },
  "2026-11-22-requests-and-surveys": { up: requestsAndSurveys },
  "2026-11-22-staff-and-history": { up: staffAndHistory },
  "2026-11-23-held-contracts": { up: heldContracts },
  "2026-11-24-erasures": { up: erasures },
  "2026-11-24-erp-drifts": { up: erpDrifts },
  "2026-11-25-support-views": { up: supportViews },
  "2026-11-26-ended-changes": { up: endedChanges },
  "2026-11-26-unconfirmed-changes": { up: unconfirmedChanges },
  "2026-11-26-unused-accounts": { up: unusedAccounts },
  "2026-11-27-restored": { up: restored },
};

/** In their order; a store that has them all is up to date. */
export const migrationNames: readonly string[] = Object.keys(migrations);

/** Brings the tables up to date; whichever process comes second waits for the first. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  // Also true for a database that a newer version has been at, which is all right.
  const all = await migrator.getMigrations();
  if (all.every((migration) => migration.executedAt)) return;
  const { error } = await migrator.migrateToLatest();
  if (error)
    throw new Error("The store's tables could not be brought up to date.", { cause: error });
}
