import type { ClaimedChange } from "../store/change-queue.ts";
import type { Store } from "../store/store.ts";
import type { SurveyAnswer } from "../adapters/ports/surveys.ts";
import type { Delivery } from "./deliver.ts";

/** What follows from a change that was applied, in the transaction that `store` is bound to. */
export async function followApplied(
  delivery: Delivery,
  store: Store,
  claimed: ClaimedChange,
  reference: string | null,
): Promise<void> {
  const { kind } = claimed.change;
  if (kind === "SERVICE_REQUEST") await watchRequest(delivery, store, claimed, reference);
  if (kind === "SURVEY") await removeDraft(delivery, store, claimed);
}

/** From now on whoever asked is told of each step, the first one included. */
async function watchRequest(
  { landlord, now }: Delivery,
  store: Store,
  { change: { accountId, contractKey } }: ClaimedChange,
  requestKey: string | null,
): Promise<void> {
  if (!landlord.requests.progressMails || contractKey === null || requestKey === null) return;
  if (!(await store.accounts.byId(landlord.id, accountId))) return;
  const watch = { accountId, contractKey, requestKey, steps: [], nextLookAt: now() };
  await store.requestWatches.watch(landlord.id, [watch]);
}

/** Until now it was there for an answer that the landlord's system might refuse. */
async function removeDraft(
  { landlord }: Delivery,
  store: Store,
  { change: { accountId, contractKey }, payload }: ClaimedChange,
): Promise<void> {
  if (contractKey === null) return;
  const { surveyKey } = JSON.parse(payload) as Pick<SurveyAnswer, "surveyKey">;
  await store.surveyDrafts.remove({ landlord: landlord.id, accountId, contractKey, surveyKey });
}
