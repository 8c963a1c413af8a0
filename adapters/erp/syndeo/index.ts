/** The ERP product syndeo: REST and JSON behind a ticket, described by openapi.yaml. See README.md. */
import { z } from "zod";
import { defineAdapter } from "../../ports/adapter.ts";
import { isTimeZone } from "../../transport/wall-clock.ts";
import { accountChangePorts } from "./account-changes.ts";
import { billingPorts } from "./billing.ts";
import { createClient } from "./client.ts";
import { contractPorts } from "./contract.ts";
import { description } from "./description.ts";
import { documentPorts } from "./documents.ts";
import { identityChangePorts } from "./identity-changes.ts";
import { identityPorts } from "./identity.ts";
import { paymentChangePorts } from "./payment-changes.ts";
import { requestChangePorts } from "./request-changes.ts";
import { requestPorts } from "./requests.ts";

const Settings = z.strictObject({
  /** Where syndeo answers, without `/Api`. */
  baseUrl: z.url({ protocol: /^https?$/ }),
  user: z.string().min(1).max(50),
  password: z.string().min(1).max(200),
  /** The zone of the clock that syndeo looks at. */
  timeZone: z
    .string()
    .refine(isTimeZone, "expected an IANA time zone, like Europe/Paris")
    .default("Europe/Paris"),
});

export default defineAdapter({
  id: "syndeo",
  settings: Settings,
  secrets: ["password"],
  description,
  connect: (settings, io) => {
    const client = createClient(settings, io);
    const { timeZone } = settings;
    return {
      ports: [
        ...identityPorts(client),
        ...contractPorts(client),
        ...billingPorts(client, timeZone),
        ...documentPorts(client),
        ...requestPorts(client, timeZone),
        ...identityChangePorts(client),
        ...accountChangePorts(client),
        ...paymentChangePorts(client, timeZone),
        ...requestChangePorts(client),
      ],
      close: () => client.close(),
    };
  },
});
