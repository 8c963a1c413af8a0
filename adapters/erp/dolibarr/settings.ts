/** What a landlord's file says of its Dolibarr: much of what an ERP for rents has are fields of its own there. */
import { z } from "zod";
import { isTimeZone } from "../../transport/wall-clock.ts";

/** Code of an extra field, without `options_`. */
const ExtraField = z.string().regex(/^[a-z0-9_]{1,60}$/, "expected the code of an extra field");
const UnitKind = z.enum(["DWELLING", "PARKING", "STORAGE", "OTHER"]);

export const Settings = z.strictObject({
  /** Where Dolibarr answers, without `/api/index.php`. */
  baseUrl: z.url({ protocol: /^https?$/ }),
  /** Of a user of Dolibarr's own, whose rights are all that the portal may do. */
  apiKey: z.string().regex(/^[\x21-\x7e]{1,200}$/, "expected the key of a user of Dolibarr"),
  /** Login of that user: what it wrote on a ticket is no answer of the landlord. */
  login: z.string().min(1).max(50),
  /** The zone of the clock that Dolibarr looks at: its dates are midnights there. */
  timeZone: z
    .string()
    .refine(isTimeZone, "expected an IANA time zone, like Europe/Paris")
    .default("Europe/Paris"),
  /** Which field of a contract is the number that tenants know. */
  contractNumber: z.enum(["ref", "ref_customer"]).default("ref_customer"),
  /** Positions (`poste`) of the contacts who signed; whoever has another one is an occupant. */
  holderPositions: z.array(z.string().trim().min(1)).min(1).default(["Titulaire", "Cotitulaire"]),
  /** The first letters of an invoice's `ref_client` that make it a rent notice. */
  noticePrefix: z.string().max(20).default("AVIS-"),
  /** Extra fields of contracts. */
  unit: z.strictObject({
    reference: ExtraField,
    /** `12 rue des Lilas, 75011 Paris` */
    address: ExtraField,
    /** Everything is a dwelling where there is none. */
    kind: ExtraField.optional(),
    kinds: z.record(z.string(), UnitKind).default({
      Logement: "DWELLING",
      Stationnement: "PARKING",
      Cave: "STORAGE",
    }),
  }),
  /** Extra fields of contracts, each of type `varchar`, days as `2026-11-30`. */
  insurance: z
    .strictObject({
      insurer: ExtraField,
      policyNumber: ExtraField,
      holder: ExtraField,
      validFrom: ExtraField,
      validTo: ExtraField,
    })
    .optional(),
  /** Where payments by card are booked: id of a bank account, code of a payment type. */
  cardPayments: z
    .strictObject({ bankAccountId: z.int().positive(), paymentType: z.string().default("CB") })
    .optional(),
  /** Which types of tickets tenants may open, and how they are told of them. */
  requestTypes: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[A-Z0-9_]{1,32}$/),
        label: z.string().trim().min(1).max(100),
        category: z.enum(["TECHNICAL", "ADMINISTRATIVE"]),
      }),
    )
    .min(1),
});
export type Settings = z.infer<typeof Settings>;
