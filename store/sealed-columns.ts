/** Every column that holds something sealed, and the context that it is sealed in. */
import { sealContext as ofEvent } from "./change-events.ts";
import { sealContext as ofHeldContracts } from "./held-contracts.ts";
import { sealContext as ofLink, type LinkPurpose } from "./links.ts";
import { check, hashing } from "./secret.ts";
import { sealContext as ofAct } from "./support-acts.ts";
import { sealContext as ofView } from "./support-views.ts";
import { sealContext as ofDraft } from "./survey-drafts.ts";
import { sealContext as ofUpload } from "./upload-row.ts";

type Row = Readonly<Record<string, string>>;

export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The columns of the key: all that `context` needs. */
  readonly key: readonly string[];
  readonly context: (row: Row) => string;
}

const of = (
  table: string,
  column: string,
  key: readonly string[],
  context: (row: Row) => string,
): SealedColumn => ({ table, column, key, context });

const upload = (what: "name" | "key") => (row: Row) =>
  ofUpload(what, { landlord: row["landlord"]!, id: row["id"]! });

export const sealedColumns: readonly SealedColumn[] = [
  of("links", "payload", ["token_hash", "landlord", "purpose"], (row) =>
    ofLink(row["landlord"]!, row["purpose"] as LinkPurpose),
  ),
  of("signing_keys", "private_jwk", ["kid"], (row) => `signing key:${row["kid"]}`),
  of("mails", "content", ["id"], (row) => `mail:${row["id"]}`),
  of("uploads", "file_name", ["landlord", "id"], upload("name")),
  of("uploads", "stored_key", ["landlord", "id"], upload("key")),
  of("changes", "payload", ["id"], (row) => `change:${row["id"]}`),
  of("change_events", "reason", ["change_id", "position"], (row) => ofEvent(row["change_id"]!)),
  of("support_acts", "reason", ["id"], (row) => ofAct(row["id"]!)),
  of("support_views", "reason", ["id"], (row) => ofView(row["id"]!)),
  of("held_contracts", "contracts", ["landlord", "person_key"], (row) =>
    ofHeldContracts(row["landlord"]!, row["person_key"]!),
  ),
  of("secret_check", "sealed", ["id"], () => check),
  of("secret_check", "hashing_key", ["id"], () => hashing),
  of("payments", "content", ["id"], (row) => `payment:${row["id"]}`),
  of("payments", "redirect", ["id"], (row) => `payment redirect:${row["id"]}`),
  of("payments", "receipt", ["id"], (row) => `payment receipt:${row["id"]}`),
  of("survey_drafts", "content", ["landlord", "account_id", "contract_key", "survey_key"], (row) =>
    ofDraft({
      landlord: row["landlord"]!,
      accountId: row["account_id"]!,
      contractKey: row["contract_key"]!,
      surveyKey: row["survey_key"]!,
    }),
  ),
];
