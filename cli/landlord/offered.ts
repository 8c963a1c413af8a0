/** What a portal will have with these ports, and what of the landlord's file wants more than they give. */
import { documentPorts } from "../../adapters/ports/documents.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { cardPaymentFeature, featuresWith } from "../features.ts";
import { fault, ok, skipped, warning, type Finding } from "../findings.ts";

export function offeredFindings(served: readonly string[], landlord: Landlord): Finding[] {
  const { offered, lacking } = featuresWith(served);
  const missing = lacking.map(
    ({ id, title, missing: ports }) => `${id} ${title} (${ports.join(", ")})`,
  );
  return [
    ...checkFile(served, landlord),
    ok("features", offered.map(({ id, title }) => `${id} ${title}`).join(", ")),
    ...(missing.length > 0
      ? [skipped("not offered", missing.join(", "), "Those ports are not served by this adapter.")]
      : []),
  ];
}

/** Where the file promises what the ERP has no port for. */
function checkFile(served: readonly string[], landlord: Landlord): Finding[] {
  const has = (port: string) => served.includes(port);
  const findings: Finding[] = [];
  const { registration, payment, documents, staff } = landlord;
  if (registration.firstConnection && !has("credentials")) {
    findings.push(
      fault(
        "registration",
        "registration.firstConnection wants the port credentials, which is not served",
        "Write registration.reference instead: people then register.",
      ),
    );
  }
  if (!registration.firstConnection && !has("registrations")) {
    findings.push(
      fault(
        "registration",
        "nobody can register: the port registrations is not served",
        "Write that port in the adapter; or registration.firstConnection here, where the ERP knows identifiers and passwords.",
      ),
    );
  }
  const lacking = cardPaymentFeature.needs.filter((port) => !has(port));
  if (payment && lacking.length > 0) {
    findings.push(
      fault(
        "payment",
        `payments cannot be booked: ${lacking.join(", ")} is not served`,
        "Leave payment out of the file, or complete the adapter.",
      ),
    );
  }
  const gone = documents.filter(({ kind }) => !has(documentPorts[kind].name));
  if (gone.length > 0) {
    const kinds = gone.map(({ kind }) => kind).join(", ");
    findings.push(
      warning(
        "documents",
        `${kinds} is told to exist from a day on, and is not served`,
        "Leave it out of documents.",
      ),
    );
  }
  if (staff.length === 0) {
    findings.push(
      warning(
        "staff",
        "nobody of the landlord's sees what needs a person",
        "Name somebody under staff.",
      ),
    );
  }
  return findings;
}
