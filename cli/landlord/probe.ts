/**
 * One question before many: whether the ERP answers and takes our credentials, whatever product it
 * is. It is about nobody, unless somebody is known.
 */
import { allReads, type Read } from "../../adapters/conformance/ports.ts";
import { PortError } from "../../adapters/ports/errors.ts";
import type { RegistrationReference } from "../../adapters/ports/identity.ts";
import type { OpenErp } from "./erp.ts";

/** Asks once more, with another key each time, so that nothing answers from memory. */
export type Probe = () => Promise<PortError | null>;

export interface Probed {
  /** `persons.byKeys` */
  readonly name: string;
  readonly probe: Probe;
  /** What came of the first time; null where the ERP simply has no such thing. */
  readonly error: PortError | null;
}

/** In many forms, as each ERP has its own, and an adapter refuses what has another without asking. */
const forms: readonly ((turn: number) => string)[] = [
  (turn) => `9999${10_000 - turn}`,
  (turn) => `${999_999_999 - turn}`,
  (turn) => `${999_999 - turn}`,
  (turn) => `T${9_999_999 - turn}`,
  (turn) => `T${99_999 - turn}`,
  (turn) => `P${999_999 - turn}`,
  (turn) => `L${9_999_999 - turn}`,
  (turn) => `L/${9_999_999 - turn}`,
  (turn) => `C${9_999_999 - turn}`,
  (turn) => `LOC-${999_999 - turn}`,
  (turn) => `BAI-${999_999 - turn}`,
  (turn) => `${9_999_999_999 - turn}Z`,
];

const asKey: Partial<Record<Read["by"], (text: string, kind: Kind) => unknown>> = {
  person: (text) => text,
  contract: (text) => text,
  page: (contractKey) => ({ contractKey, first: 1, after: null }),
  reference: (reference, kind) => ({ kind, reference }),
};
type Kind = RegistrationReference["kind"];

export interface Wanted {
  /** What people of this landlord register with. */
  readonly kind: Kind;
  /** Keys of somebody, which are asked for before those of nobody. */
  readonly known?: Partial<Record<Read["by"], string>>;
  /** A read that is not to be it. */
  readonly but?: string;
}

/** The first read of the served ports that makes an exchange; null where none does. */
export async function findProbe(
  erp: OpenErp,
  { kind, known = {}, but }: Wanted,
): Promise<Probed | null> {
  const reads = allReads.filter(
    ({ port, by, name }) => erp.ports.served.includes(port.name) && asKey[by] && name !== but,
  );
  // Those that an ERP answers with least work first.
  const order = ["person", "reference", "contract", "page"];
  for (const read of reads.toSorted((a, b) => order.indexOf(a.by) - order.indexOf(b.by))) {
    const somebody = known[read.by];
    const own = somebody === undefined ? [] : [() => somebody];
    for (const form of [...own, ...forms]) {
      const before = erp.seen.exchanges.length;
      let turn = 0;
      const probe = () => askOnce(erp, read, asKey[read.by]!(form(turn++), kind));
      const error = await probe();
      if (erp.seen.exchanges.length > before || erp.seen.alarms.length > 0) {
        return { name: read.name, probe, error };
      }
      if (error !== null && error.code !== "NOT_FOUND" && error.code !== "INVALID_INPUT") {
        return { name: read.name, probe, error };
      }
    }
  }
  return null;
}

/** Whether the ERP refuses our credentials, as far as an error tells. */
export const refusesUs = (error: PortError | null): boolean => error?.reason === "CREDENTIALS";

/** NOT_FOUND and INVALID_INPUT are answers: the key is of nobody. */
async function askOnce(erp: OpenErp, read: Read, key: unknown): Promise<PortError | null> {
  try {
    await erp.ports.use(read.port)[read.method]!([key], erp.call());
    return null;
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return error.code === "NOT_FOUND" || error.code === "INVALID_INPUT" ? null : error;
  }
}
