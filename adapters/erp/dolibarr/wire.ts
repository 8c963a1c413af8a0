/**
 * What the adapter needs of Dolibarr's answers; an object has about a hundred keys. Fields that are
 * of no use are ignored, missing or misshapen ones make the answer unusable.
 */
import { z } from "zod";
import { Code, Decimal, Fields, Id, Stamp, Words } from "./values.ts";

/** The same thing under its old and its new name, of which one may be null. */
export const stated = { status: Code, statut: Code };
export const stateOf = ({ status, statut }: { status: string; statut: string }): string =>
  status === "" ? statut : status;

export const ThirdParty = z.object({
  id: Id,
  ...stated,
  name: Words,
  code_client: z.string().nullish(),
  address: Words,
  zip: Words,
  town: Words,
  country_code: Words,
});
export type ThirdParty = z.infer<typeof ThirdParty>;

/** Lists are trimmed to what is needed: a whole one has 165 keys. */
export const KnownThirdParty = z.object({ id: Id, ...stated, code_client: z.string() });

export const Contact = z.object({
  id: Id,
  socid: Id.nullish().transform((id) => id ?? null),
  lastname: Words,
  firstname: Words,
  civility_code: Words,
  birthday: Stamp,
  poste: Words,
  email: Words,
  phone_mobile: Words,
  phone_perso: Words,
  phone_pro: Words,
});
export type Contact = z.infer<typeof Contact>;
export const contactProperties =
  "id,socid,lastname,firstname,civility_code,birthday,poste,email,phone_mobile,phone_perso,phone_pro";

const ContractLine = z.object({
  ...stated,
  desc: Words,
  date_start: Stamp,
  date_end: Stamp,
  date_end_real: Stamp,
});

/** What is linked to an object: ids by kind, under numbers that say nothing. */
const Linked = Fields.transform((kinds, context) => {
  const linked = z.record(z.string(), z.record(z.string(), Id)).safeParse(kinds);
  if (linked.success) return linked.data;
  context.addIssue({ code: "custom", message: "expected ids by kind" });
  return z.NEVER;
});
export type Linked = z.infer<typeof Linked>;
export const linkedIds = (linked: Linked, kind: "facture" | "contrat"): string[] =>
  Object.values(linked[kind] ?? {});

export const Contract = z.object({
  id: Id,
  ...stated,
  socid: Id,
  ref: z.string().trim().min(1),
  ref_customer: Words,
  date_contrat: Stamp,
  array_options: Fields,
  linkedObjectsIds: Linked,
  lines: z
    .array(ContractLine)
    .nullish()
    .transform((lines) => lines ?? []),
});
export type Contract = z.infer<typeof Contract>;
export type ContractLine = Contract["lines"][number];

const account = {
  id: Id,
  ...stated,
  socid: Id,
  ref: z.string().trim().min(1),
  type: Code,
  date: Stamp,
  date_lim_reglement: Stamp,
  total_ttc: Decimal,
  totalpaid: Decimal.nullish().transform((paid) => paid ?? "0.00"),
  remaintopay: Decimal.nullish().transform((left) => left ?? null),
  note_public: Words,
};

/** An invoice as the account needs it. */
export const Charge = z.object(account);
export type Charge = z.infer<typeof Charge>;
export const chargeProperties = Object.keys(account).join(",");

const InvoiceLine = z.object({
  desc: Words,
  total_ttc: Decimal,
  date_start: Stamp,
  date_end: Stamp,
});

/** An invoice whole, as a document. */
export const Invoice = z.object({
  ...account,
  ref_client: Words,
  linkedObjectsIds: Linked,
  lines: z
    .array(InvoiceLine)
    .nullish()
    .transform((lines) => lines ?? []),
});
export type Invoice = z.infer<typeof Invoice>;

/** `date` is what the clock on the wall shows, without a zone. */
export const PaymentRow = z.object({
  amount: Decimal,
  type: Code,
  typeline: z.string(),
  date: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  num: z.string().nullish(),
  ref: z.string().min(1),
  ref_ext: z.string().nullish(),
  fk_bank_line: Id.nullish(),
});
export type PaymentRow = z.infer<typeof PaymentRow>;

export const BankAccount = z.object({
  id: Id,
  socid: Id,
  label: Words,
  iban: z.string().nullish(),
  bic: z.string().nullish(),
  default_rib: Code,
  rum: Words,
  frstrecur: Words,
});
export type BankAccount = z.infer<typeof BankAccount>;

const Message = z.object({
  fk_user_action_string: Words,
  message: Words,
  datec: Stamp,
  private: Code,
});

export const Ticket = z.object({
  id: Id,
  ref: z.string().trim().min(1),
  track_id: z.string(),
  fk_soc: Id.nullish(),
  fk_contract: Id.nullish(),
  fk_statut: Code,
  subject: Words,
  message: Words,
  type_code: Words,
  type_label: Words,
  datec: z.int(),
  date_read: Stamp,
  date_close: Stamp,
  messages: z
    .array(Message)
    .nullish()
    .transform((messages) => messages ?? []),
});
export type Ticket = z.infer<typeof Ticket>;

export const TicketType = z.object({ code: z.string().min(1), label: Words });
export const PaymentType = z.object({ id: Id, code: z.string() });

/** `content` is the whole file. Other fields of a listed file hold paths of the server. */
export const Download = z.object({
  filename: z.string(),
  "content-type": z.string(),
  filesize: z.int().nonnegative(),
  content: z.string(),
  encoding: z.literal("base64"),
});
export const ListedFile = z.object({ filename: z.string(), size: z.int().nonnegative() });
