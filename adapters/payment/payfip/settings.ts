import { z } from "zod";
import { isTimeZone } from "../../transport/wall-clock.ts";

export const Settings = z.strictObject({
  /** Where calls are posted: `https://www.payfip.gouv.fr/tpa/services/securite`. */
  endpoint: z.url({ protocol: /^https?$/ }),
  /** The page on which people pay: `https://www.payfip.gouv.fr/tpa/paiementws.web`. */
  pageUrl: z.url({ protocol: /^https?$/ }),
  /** Numéro de client that the DGFiP gave to the régie. */
  clientNumber: z.string().regex(/^\d{6}$/, "expected the six digits of the client number"),
  /** `T`: test, `X`: activation, `W`: production. */
  mode: z.enum(["T", "X", "W"]),
  /** In which PayFiP's clocks stand. */
  timeZone: z.string().refine(isTimeZone, "expected an IANA time zone, like Europe/Paris"),
});
export type Settings = z.infer<typeof Settings>;
