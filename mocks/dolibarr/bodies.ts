/**
 * What a body may hold: fields that a real Dolibarr 22.0.4 was seen to take, of the types in which it
 * took them. It passes over others; here they are refused, so that a slip shows.
 *
 * Not seen, but read in its own objects, where the same fields are read: `civility_code`,
 * `phone_perso` and `phone_pro` of a contact that is changed, `label` and `proprio` of a bank account
 * that is changed, `array_options` of a contract that is changed (it was seen when one was made).
 */
import { Ajv, type ValidateFunction } from "ajv";

const text = { type: "string" };
const id = { type: "integer", minimum: 1 };
const object = (properties: object, required: readonly string[] = []) => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});

const rib = { label: text, iban: text, bic: text, proprio: text };

const schemas: Record<string, object> = {
  updateThirdparties: object({ phone: text, address: text, zip: text, town: text }),
  updateContacts: object({
    lastname: text,
    firstname: text,
    email: text,
    civility_code: text,
    phone_mobile: text,
    phone_perso: text,
    phone_pro: text,
  }),
  updateContracts: object({
    array_options: { type: "object", additionalProperties: text, minProperties: 1 },
  }),
  thirdpartiesUpdateCompanyBankAccount: object(rib),
  thirdpartiesCreateCompanyBankAccount: object(
    { ...rib, default_rib: { enum: [0, 1] }, type: text },
    ["label"],
  ),
  invoicesAddPaymentDistributed: object(
    {
      arrayofamounts: {
        type: "object",
        minProperties: 1,
        propertyNames: { pattern: "^[1-9][0-9]*$" },
        additionalProperties: object({ amount: text, multicurrency_amount: { const: "" } }, [
          "amount",
          "multicurrency_amount",
        ]),
      },
      datepaye: { type: "integer" },
      paymentid: id,
      closepaidinvoices: { enum: ["yes", "no"] },
      accountid: id,
      num_payment: { type: "string", maxLength: 50 },
      ref_ext: text,
    },
    ["arrayofamounts", "datepaye", "paymentid", "closepaidinvoices", "accountid"],
  ),
  createTickets: object(
    {
      ref: text,
      track_id: text,
      subject: text,
      message: text,
      fk_soc: id,
      fk_contract: id,
      type_code: text,
      category_code: text,
      severity_code: text,
      notify_tiers_at_create: { enum: [0, 1] },
    },
    ["subject", "message"],
  ),
  createDocuments: object(
    {
      filename: text,
      modulepart: text,
      ref: text,
      subdir: text,
      filecontent: text,
      fileencoding: { enum: ["", "base64"] },
      overwriteifexists: { enum: [0, 1] },
    },
    ["filename", "modulepart"],
  ),
};

const ajv = new Ajv({ strict: false });
const valid = new Map<string, ValidateFunction>(
  Object.entries(schemas).map(([operation, schema]) => [operation, ajv.compile(schema)]),
);

/** What is wrong with it, in Dolibarr's words where something is missing; null when nothing is. */
export function faultOfBody(operationId: string, body: unknown): string | null {
  const check = valid.get(operationId)!;
  if (check(body)) return null;
  const lacking = check.errors?.find(({ keyword }) => keyword === "required");
  const name = (lacking?.params as { missingProperty?: string } | undefined)?.missingProperty;
  if (name === undefined) return ajv.errorsText(check.errors);
  return operationId === "createTickets" ? `${name} field missing` : `\`${name}\` is required.`;
}
