/** What people have written so far in answer to a survey, until they send it in. Kept sealed. */
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";

export interface SurveyDraftsTable {
  landlord: string;
  account_id: string;
  contract_key: string;
  survey_key: string;
  /** Sealed. */
  content: string;
  saved_at: number;
  expires_at: number;
}

/** Whose draft, of the answer to which survey. */
export interface DraftPlace {
  readonly landlord: string;
  readonly accountId: string;
  readonly contractKey: string;
  readonly surveyKey: string;
}

export interface SurveyDraft {
  /** JSON. */
  readonly content: string;
  readonly savedAt: Date;
}

export interface SurveyDrafts {
  /** In place of the one before. */
  save(place: DraftPlace, content: string, expiresAt: Date): Promise<SurveyDraft>;
  find(place: DraftPlace): Promise<SurveyDraft | null>;
  /** In the caller's transaction, if there is one. */
  remove(place: DraftPlace): Promise<void>;
}

export const sealContext = ({ landlord, accountId, contractKey, surveyKey }: DraftPlace) =>
  `survey draft:${JSON.stringify([landlord, accountId, contractKey, surveyKey])}`;

export function createSurveyDrafts(db: Db, now: () => Date, cipher: Cipher): SurveyDrafts {
  return {
    save: async (place, content, expiresAt) => {
      const savedAt = now();
      const values = {
        content: cipher.seal(sealContext(place), content),
        saved_at: savedAt.getTime(),
        expires_at: expiresAt.getTime(),
      };
      await db
        .insertInto("survey_drafts")
        .values({ ...columnsOf(place), ...values })
        .onConflict((conflict) =>
          conflict
            .columns(["landlord", "account_id", "contract_key", "survey_key"])
            .doUpdateSet(values),
        )
        .execute();
      return { content, savedAt };
    },
    find: async (place) => {
      const { landlord, account_id, contract_key, survey_key } = columnsOf(place);
      const row = await db
        .selectFrom("survey_drafts")
        .select(["content", "saved_at"])
        .where("landlord", "=", landlord)
        .where("account_id", "=", account_id)
        .where("contract_key", "=", contract_key)
        .where("survey_key", "=", survey_key)
        .where("expires_at", ">", now().getTime())
        .executeTakeFirst();
      if (!row) return null;
      const content = cipher.open(sealContext(place), row.content);
      return { content, savedAt: new Date(row.saved_at) };
    },
    remove: async (place) => {
      const { landlord, account_id, contract_key, survey_key } = columnsOf(place);
      await db
        .deleteFrom("survey_drafts")
        .where("landlord", "=", landlord)
        .where("account_id", "=", account_id)
        .where("contract_key", "=", contract_key)
        .where("survey_key", "=", survey_key)
        .execute();
    },
  };
}

const columnsOf = ({ landlord, accountId, contractKey, surveyKey }: DraftPlace) => ({
  landlord,
  account_id: accountId,
  contract_key: contractKey,
  survey_key: surveyKey,
});
