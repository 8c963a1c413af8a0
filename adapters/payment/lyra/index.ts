/** Lyra's hosted page, sold as PayZen, Systempay, Scellius, Sogecommerce. Its habits: README.md. */
import { defineProvider } from "../../ports/payment-provider.ts";
import { createRestClient } from "../../transport/rest.ts";
import { begin, openMinutes } from "./form.ts";
import { lookUp } from "./look-up.ts";
import { readNotification } from "./notification.ts";
import { Settings } from "./settings.ts";

export default defineProvider({
  id: "lyra",
  name: "LYRA",
  settings: Settings,
  secrets: ["key", "apiPassword"],
  connect: (settings, io) => {
    const account = Buffer.from(`${settings.siteId}:${settings.apiPassword}`).toString("base64");
    const rest = createRestClient(io, {
      baseUrl: settings.apiUrl,
      headers: { authorization: `Basic ${account}` },
      limits: { timeoutMs: 10_000 },
    });
    return {
      notifies: "SIGNED",
      limits: {
        minimum: "0.01",
        maximum: "999999.99",
        openMinutes,
        askMinutes: 2,
        retryMinutes: 10,
      },
      begin: async (payment) => begin(payment, settings),
      ask: (payment, call) => lookUp(rest, settings, payment, io.now(), call),
      readNotification: (raw) => readNotification(raw, settings),
      close: () => rest.close(),
    };
  },
});
