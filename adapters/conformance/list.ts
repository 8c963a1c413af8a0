/** All checks there are, in the order of a report. */
import type { Check } from "./check.ts";
import { batchChecks } from "./checks/batches.ts";
import { billingChecks } from "./checks/billing.ts";
import { changeChecks } from "./checks/changes.ts";
import { contractChecks } from "./checks/contract.ts";
import { documentChecks } from "./checks/documents.ts";
import { wireFaultChecks } from "./checks/faults.ts";
import { identityChecks } from "./checks/identity.ts";
import { limitChecks } from "./checks/limits.ts";
import { ownedChecks } from "./checks/owned.ts";
import { pagingChecks } from "./checks/pages.ts";
import { requestChecks } from "./checks/requests.ts";

export const allChecks: readonly Check[] = [
  ...batchChecks,
  ...pagingChecks,
  ...ownedChecks,
  ...identityChecks,
  ...contractChecks,
  ...billingChecks,
  ...documentChecks,
  ...requestChecks,
  ...wireFaultChecks,
  ...limitChecks,
  ...changeChecks,
];
