/** The ERP product beauceron: REST and JSON, described by openapi.yaml. See README.md. */
import { z } from "zod";
import { defineAdapter } from "../../ports/adapter.ts";
import { isTimeZone } from "../../transport/wall-clock.ts";
import { billingChangePorts } from "./billing-changes.ts";
import { billingPorts } from "./billing.ts";
import { createClient } from "./client.ts";
import { contractChangePorts } from "./contract-changes.ts";
import { contractPorts } from "./contract.ts";
import { description } from "./description.ts";
import { directDebitChangePorts } from "./direct-debit-changes.ts";
import { documentPorts } from "./documents.ts";
import { identityPorts } from "./identity.ts";
import { personChangePorts } from "./person-changes.ts";
import { requestChangePorts } from "./request-changes.ts";
import { requestPorts } from "./requests.ts";

const Settings = z.strictObject({
  /** Where beauceron answers, without `/v2`. */
  baseUrl: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** The zone in which beauceron's days begin. */
  timeZone: z
    .string()
    .refine(isTimeZone, "expected an IANA time zone, like Europe/Paris")
    .default("Europe/Paris"),
});

export default defineAdapter({
  id: "beauceron",
  settings: Settings,
  secrets: ["clientSecret"],
  description,
  connect: (settings, io) => {
    const client = createClient(settings, io);
    const { timeZone } = settings;
    return {
      ports: [
        ...identityPorts(client),
        ...contractPorts(client),
        ...billingPorts(client, timeZone),
        ...documentPorts(client, timeZone),
        ...requestPorts(client),
        ...personChangePorts(client),
        ...contractChangePorts(client),
        ...billingChangePorts(client),
        ...directDebitChangePorts(client),
        ...requestChangePorts(client),
      ],
      close: () => client.close(),
    };
  },
});
