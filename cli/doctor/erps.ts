/** One question to each landlord's ERP: whether it answers, and takes our credentials. */
import { Landlord } from "../../subgraphs/kernel/landlord.ts";
import type { Finding } from "../findings.ts";
import { landlordNames, readLandlordOf } from "../landlord-of.ts";
import { askedOf, askErpOnce } from "../landlord/check-erp.ts";
import type { Terminal } from "../terminal.ts";

export async function checkErps(terminal: Terminal): Promise<Finding[]> {
  const all = landlordNames(terminal).map((name) => checkErpOf(name, terminal));
  return (await Promise.all(all)).flat();
}

/** Nothing of a file with faults: they are told where the files are looked at. */
async function checkErpOf(name: string, terminal: Terminal): Promise<Finding[]> {
  const of = await readLandlordOf(terminal, name);
  const landlord = Landlord.safeParse(of.value).data;
  if (of.faults.length > 0 || !landlord) return [];
  const { signal, now } = terminal;
  const findings = await askErpOnce({ ...askedOf(of, landlord), signal, now });
  return findings.map((finding) => ({
    ...finding,
    step: `${landlord.id}: ${finding.step}`,
    mark: isOurs(finding) ? finding.mark : "warning",
  }));
}

/** An ERP that is down or closed for the night is no fault of this installation. */
const isOurs = ({ mark, step }: Finding): boolean => mark !== "fault" || step === "credentials";
