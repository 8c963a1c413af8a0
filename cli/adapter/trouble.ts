/** Before hundreds of questions: why they would all be in vain. */
import type { Material } from "../../adapters/conformance/material.ts";
import { PortError } from "../../adapters/ports/errors.ts";
import { openErp, type OpenErp } from "../landlord/erp.ts";
import { findProbe, refusesUs, type Wanted } from "../landlord/probe.ts";
import type { ErpOf } from "../landlord-of.ts";
import type { Terminal } from "../terminal.ts";

/** A sentence that says what to look at; null where the ERP answers, be it with nonsense. */
export async function troubleOf(
  erp: ErpOf,
  material: Material,
  { signal, now }: Pick<Terminal, "signal" | "now">,
): Promise<string | null> {
  const open = await openErp(erp, { signal, now });
  try {
    const error = await askTwice(open, material);
    // Whoever has it stopped is told what was not tried.
    return signal.aborted ? null : word(erp.id, error);
  } finally {
    await open.close();
  }
}

/** Two different reads at most: a single slow place of an ERP is for the checks to find. */
async function askTwice(open: OpenErp, material: Material): Promise<PortError | null> {
  const wanted: Wanted = {
    kind: material.references?.[0]?.kind ?? "CUSTOMER",
    known: knownFrom(material),
  };
  const first = await findProbe(open, wanted);
  if (!first?.error || refusesUs(first.error)) return first?.error ?? null;
  const second = await findProbe(open, { ...wanted, but: first.name });
  return second ? second.error : first.error;
}

type Known = NonNullable<Wanted["known"]>;

function knownFrom({ persons = [], contracts = [], holdings = [] }: Material): Known {
  const [person] = [...persons, ...holdings.map((one) => one.person)];
  const [contract] = [...contracts, ...holdings.flatMap((one) => one.contracts)];
  return {
    ...(person !== undefined && { person }),
    ...(contract !== undefined && { contract, page: contract }),
  };
}

function word(landlord: string, error: PortError | null): string | null {
  if (!error || (error.code !== "UNAVAILABLE" && error.code !== "TIMEOUT")) return null;
  if (refusesUs(error)) {
    return `the ERP of ${landlord} refuses our credentials: check erp.settings of its file, and the environment variables that are named there.`;
  }
  const what =
    error.code === "TIMEOUT" ? "does not answer in time" : "cannot be reached or is closed";
  return `the ERP of ${landlord} ${what} (${error.message}): check the address in erp.settings of its file, that this machine may go there, and that the ERP is open now.`;
}
