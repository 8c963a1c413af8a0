import type { SurveyAnswer } from "../../adapters/ports/surveys.ts";
import type { KeptChange } from "../../store/change-row.ts";
import type { Store } from "../../store/store.ts";
import type { Landlord } from "./landlord.ts";

/** What follows from a change that was applied, in the transaction that `store` is bound to. */
export async function followApplied(
  store: Store,
  landlord: Landlord,
  {
    change,
    payload,
    at,
  }: { readonly change: KeptChange; readonly payload: string; readonly at: Date },
): Promise<void> {
  if (change.kind === "SERVICE_REQUEST") await watchRequest(store, landlord, change, at);
  if (change.kind === "SURVEY") await removeDraft(store, landlord, change, payload);
}

/** From now on whoever asked is told of each step, the first one included. */
async function watchRequest(
  store: Store,
  landlord: Landlord,
  { accountId, contractKey, reference: requestKey }: KeptChange,
  nextLookAt: Date,
): Promise<void> {
  if (!landlord.requests.progressMails || contractKey === null || requestKey === null) return;
  if (!(await store.accounts.byId(landlord.id, accountId))) return;
  const watch = { accountId, contractKey, requestKey, steps: [], nextLookAt };
  await store.requestWatches.watch(landlord.id, [watch]);
}

/** Until now it was there for an answer that the landlord's system might refuse. */
async function removeDraft(
  store: Store,
  { id: landlord }: Landlord,
  { accountId, contractKey }: KeptChange,
  payload: string,
): Promise<void> {
  if (contractKey === null) return;
  const { surveyKey } = JSON.parse(payload) as Pick<SurveyAnswer, "surveyKey">;
  await store.surveyDrafts.remove({ landlord, accountId, contractKey, surveyKey });
}
