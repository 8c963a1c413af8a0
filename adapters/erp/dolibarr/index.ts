/** The ERP product Dolibarr, over its REST interface, as version 22.0.4 answers. See README.md. */
import { defineAdapter } from "../../ports/adapter.ts";
import { bankPorts } from "./bank.ts";
import { billingPorts } from "./billing.ts";
import { createClient } from "./client.ts";
import { contractPorts } from "./contract.ts";
import { description } from "./description.ts";
import { documentPorts } from "./documents.ts";
import { identityChangePorts } from "./identity-changes.ts";
import { identityPorts } from "./identity.ts";
import { insuranceChangePorts } from "./insurance-changes.ts";
import { paymentChangePorts } from "./payment-changes.ts";
import { requestChangePorts } from "./request-changes.ts";
import { requestPorts } from "./requests.ts";
import { Settings } from "./settings.ts";

export default defineAdapter({
  id: "dolibarr",
  settings: Settings,
  secrets: ["apiKey"],
  description,
  connect: (settings, io) => {
    const client = createClient(settings, io);
    const erp = { client, settings, now: () => io.now() };
    return {
      ports: [
        ...identityPorts(erp),
        ...contractPorts(erp),
        ...billingPorts(erp),
        ...documentPorts(erp),
        ...requestPorts(erp),
        ...identityChangePorts(erp),
        ...bankPorts(erp),
        ...insuranceChangePorts(erp),
        ...paymentChangePorts(erp),
        ...requestChangePorts(erp),
      ],
      close: () => client.close(),
    };
  },
});
