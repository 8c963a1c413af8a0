import { ConfigurationError } from "../../gateway/configuration-error.ts";
import { readErpOf, type ErpOf } from "../landlord-of.ts";
import type { Terminal } from "../terminal.ts";

/** Null where the landlord's file is wrong; then everything that is has been told. */
export async function erpOrFaults(
  terminal: Terminal,
  landlord: string | undefined,
  secret?: string,
): Promise<ErpOf | null> {
  try {
    return await readErpOf(terminal, landlord, secret);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    terminal.tell(`${error.message}\n`);
    return null;
  }
}
