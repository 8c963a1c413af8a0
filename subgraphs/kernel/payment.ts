/** Payments by card in a landlord's file: by which provider, how much. */
import { z } from "zod";
import { Amount } from "../../adapters/ports/values.ts";

export const OnlinePayment = z.strictObject({
  /** A folder under adapters/payment/. */
  provider: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** Whether a part of what is owed may be paid, or another amount. */
  partial: z.boolean(),
  minimum: Amount,
  maximum: Amount,
  /** Checked by the provider's own schema. */
  settings: z.record(z.string(), z.unknown()),
});
