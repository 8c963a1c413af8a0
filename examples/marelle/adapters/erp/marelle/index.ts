/** The ERP product marelle. Its habits: README.md. */
import { z } from "zod";
import { defineAdapter } from "../../ports/adapter.ts";
import { isTimeZone } from "../../transport/wall-clock.ts";
import { billingChangePorts } from "./billing-changes.ts";
import { billingPorts } from "./billing.ts";
import { createClient } from "./client.ts";
import { contractChangePorts } from "./contract-changes.ts";
import { contractPorts } from "./contract.ts";
import { documentPorts } from "./documents.ts";
import { identityChangePorts } from "./identity-changes.ts";
import { identityPorts } from "./identity.ts";
import { requestChangePorts } from "./request-changes.ts";
import { requestPorts } from "./requests.ts";
import { surveyPorts } from "./surveys.ts";

export default defineAdapter({
  id: "marelle",
  settings: z.strictObject({
    /** Where the ERP's SOAP service is. */
    endpoint: z.url({ protocol: /^https?$/ }),
    /** For HTTP Basic, where the ERP asks for it. */
    username: z.string().min(1).optional(),
    /** For HTTP Basic, where the ERP asks for it. */
    password: z.string().min(1).optional(),
    /** In which the ERP's clocks stand. */
    timeZone: z.string().refine(isTimeZone, "expected an IANA time zone, like Europe/Paris"),
  }),
  secrets: ["password"],
  description: {
    kind: "wsdl",
    file: new URL("./wsdl/Marelle.wsdl", import.meta.url),
    live: ({ endpoint }) => ({ url: `${endpoint}?wsdl`, headers: {} }),
    // Which ports hang on which operation: `NameOfTheOperation: ["balances"]`.
    uses: {
      TrouverSignataires: ["registrations"],
      LireTiers: ["persons"],
      ListerBaux: ["contracts"],
      LireCompte: ["balances"],
      LireAssurance: ["insurancePolicies"],
      LireEnvoi: ["billingAddresses", "billingAddressChanges"],
      ListerDemandes: ["serviceRequests"],
      ModifierEnvoi: ["billingAddressChanges"],
    },
  },
  connect: async (settings, io) => {
    const client = await createClient(settings, io);
    return {
      ports: [
        ...identityPorts(client),
        ...contractPorts(client),
        ...billingPorts(client),
        ...documentPorts(client),
        ...requestPorts(client),
        ...surveyPorts(client),
        ...identityChangePorts(client),
        ...contractChangePorts(client),
        ...billingChangePorts(client),
        ...requestChangePorts(client),
      ],
      close: () => client.close(),
    };
  },
});
