import { z } from "zod";

export const Settings = z.strictObject({
  /** Where forms are posted: `https://secure.payzen.eu/vads-payment/`. */
  formUrl: z.url({ protocol: /^https?$/ }),
  /** Of the REST service that is asked what came of a payment: `https://api.payzen.eu`. */
  apiUrl: z.url({ protocol: /^https?$/ }),
  /** Identifiant boutique. */
  siteId: z.string().regex(/^\d{8}$/, "expected the eight digits of the shop's identifier"),
  mode: z.enum(["TEST", "PRODUCTION"]),
  /** Signs forms and notifications: the test or the production key, as the mode says. */
  key: z.string().min(8),
  /** Of the REST service, for the same mode. */
  apiPassword: z.string().min(8),
});
export type Settings = z.infer<typeof Settings>;
