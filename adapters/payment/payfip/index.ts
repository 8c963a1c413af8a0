/** PayFiP of the DGFiP, for régies of public offices (Web service). Its habits: README.md. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { defineProvider, type RawNotification } from "../../ports/payment-provider.ts";
import { text } from "../../transport/fields.ts";
import { readRecord } from "../../transport/read-record.ts";
import { createSoapClient } from "../../transport/soap.ts";
import { requestFor } from "./begin.ts";
import { newsOfDetail, newsOfFault } from "./detail.ts";
import { faultError, typedFault } from "./errors.ts";
import { Settings } from "./settings.ts";

const wsdl = fileURLToPath(new URL("./wsdl/PaiementSecuriseService.wsdl", import.meta.url));

/** How long the page can be opened after its idOp was made. */
const openMinutes = 15;

const idOp = text.regex(/^[A-Za-z0-9-]{1,60}$/);
const Created = z.object({ return: z.object({ idOp }) });

export default defineProvider({
  id: "payfip",
  name: "PAYFIP",
  settings: Settings,
  secrets: [],
  connect: async (settings, io) => {
    const { endpoint } = settings;
    const limits = { timeoutMs: 10_000 };
    const soap = await createSoapClient(io, { wsdl, endpoint, version: "1.1", limits });
    return {
      notifies: "HINT_ONLY",
      limits: {
        minimum: "1.00",
        maximum: "100000.00",
        openMinutes,
        askMinutes: 5,
        // What PayFiP's guide asks for after a technical error.
        retryMinutes: 30,
      },
      begin: async (payment, call) => {
        const operation = "creerPaiementSecurise";
        const arg0 = requestFor(payment, settings);
        const answer = await soap.call(operation, { arg0 }, call).catch((error: unknown) => {
          throw faultError(operation, error);
        });
        const created = readRecord(Created, answer, operation).return.idOp;
        const url = new URL(settings.pageUrl);
        url.searchParams.set("idop", created);
        return {
          redirect: { method: "GET", url: url.href },
          providerReference: created,
          expiresAt: new Date(io.now().getTime() + openMinutes * 60_000).toISOString(),
        };
      },
      ask: async (payment, call) => {
        const operation = "recupererDetailPaiementSecurise";
        const arg0 = { idOp: payment.providerReference };
        try {
          const answer = await soap.call(operation, { arg0 }, call);
          return newsOfDetail(answer, { payment, settings, now: io.now() });
        } catch (error) {
          const news = newsOfFault(typedFault(error), { payment, settings, now: io.now() });
          if (news) return news;
          throw faultError(operation, error);
        }
      },
      readNotification: (raw) => {
        const providerReference = idOpIn(raw);
        return providerReference === null
          ? { kind: "REJECTED", why: "names no payment" }
          : { kind: "HINT", providerReference };
      },
      close: () => soap.close(),
    };
  },
});

/** In the form that is posted, or behind the address. */
function idOpIn({ body, contentType, query }: RawNotification): string | null {
  const form = /^application\/x-www-form-urlencoded\b/i.test(contentType);
  const parameters = [query, form ? Buffer.from(body).toString() : ""]
    .flatMap((text) => [...new URLSearchParams(text)])
    .filter(([name]) => name.toLowerCase() === "idop")
    .map(([, value]) => value);
  const [found, ...others] = new Set(parameters);
  return found !== undefined && others.length === 0 && idOp.safeParse(found).success ? found : null;
}
