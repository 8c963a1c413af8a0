/** One question before hundreds: whether the ERP can be reached, and takes our credentials. */
import { pageOf } from "../../adapters/conformance/ask.ts";
import type { Material } from "../../adapters/conformance/material.ts";
import { allReads, type Read } from "../../adapters/conformance/ports.ts";
import { newCall, type Subject } from "../../adapters/conformance/subject.ts";
import { PortError } from "../../adapters/ports/errors.ts";

/** A sentence that says what to look at; null where the ERP answers, be it with nonsense. */
export async function probe(subject: Subject): Promise<string | null> {
  const { landlord, usual, material } = subject;
  let last: unknown = null;
  for (const { read, key } of questions(subject.usual.ports.served, material)) {
    try {
      await usual.ports.use(read.port)[read.method]!([key], newCall());
      return null;
    } catch (error) {
      last = error;
    }
    if (usual.logged.some((line) => /refuses? our credentials/i.test(line))) {
      return `the ERP of ${landlord} refuses our credentials: check erp.settings of its file, and the environment variables that are named there.`;
    }
  }
  if (!(last instanceof PortError)) return null;
  const { code, message } = last;
  if (code !== "UNAVAILABLE" && code !== "TIMEOUT") return null;
  const what = code === "TIMEOUT" ? "does not answer in time" : "cannot be reached or is closed";
  return `the ERP of ${landlord} ${what} (${message}): check the address in erp.settings of its file, that this machine may go there, and that the ERP is open now.`;
}

/** Two different ones at most: a single slow place of an ERP is for the checks to find. */
function questions(served: readonly string[], material: Material): { read: Read; key: unknown }[] {
  const person = material.persons?.[0] ?? material.holdings?.[0]?.person ?? "1000001";
  const contract = material.contracts?.[0] ?? material.holdings?.[0]?.contracts[0] ?? "1000001";
  const keys: Partial<Record<Read["by"], (read: Read) => unknown>> = {
    person: () => person,
    contract: () => contract,
    page: (read) => pageOf(read, contract, 1),
  };
  return allReads
    .filter(({ port, by }) => served.includes(port.name) && by in keys)
    .slice(0, 2)
    .map((read) => ({ read, key: keys[read.by]!(read) }));
}
