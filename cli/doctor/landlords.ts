/** Landlords' files, read together as the gateway reads them. */
import { loadAdapters } from "../../adapters/load.ts";
import { loadProviders } from "../../adapters/load-payments.ts";
import { ConfigurationError, type Fault } from "../../gateway/configuration-error.ts";
import { readLandlords } from "../../gateway/landlords.ts";
import { shapesOf } from "../../gateway/payments/open.ts";
import { fault, ok, type Finding } from "../findings.ts";
import { landlordsFolder } from "../landlord-of.ts";
import { unsetVariable } from "../landlord/variables.ts";
import type { Terminal } from "../terminal.ts";

/** `strict`: what the files want of the environment must be set. */
export async function checkLandlords(terminal: Terminal, strict: boolean): Promise<Finding[]> {
  const folder = landlordsFolder(terminal);
  const [adapters, providers] = await Promise.all([loadAdapters(), loadProviders()]);
  const settingsOf = (product: string) => {
    const adapter = adapters.get(product);
    return adapter && { schema: adapter.settings, secrets: adapter.secrets };
  };
  const products = [...adapters.keys()];
  try {
    const files = readLandlords(
      folder,
      terminal.environment,
      settingsOf,
      products,
      shapesOf(providers),
    );
    return [ok("landlords", files.map(({ landlord }) => landlord.id).join(", "))];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return wordFaults(error.faults, strict);
  }
}

function wordFaults(faults: readonly Fault[], strict: boolean): Finding[] {
  const unset = new Set(faults.flatMap((one) => unsetVariable(one) ?? []));
  const wrong = faults
    .filter((one) => unsetVariable(one) === null)
    .map(({ file, line, field, expected }) => {
      const place = line > 0 ? `${file}:${line}` : file;
      return fault("landlords", [place, field].filter(Boolean).join("  "), `Expected: ${expected}`);
    });
  if (!strict) {
    const right = ok(
      "landlords",
      `the files are right; in production they want ${unset.size} variables`,
    );
    return wrong.length > 0 ? wrong : [right];
  }
  if (unset.size === 0) return wrong;
  const hint = "The landlords' files name them: the gateway does not start without.";
  return [...wrong, fault("landlords", `not set: ${[...unset].join(", ")}`, hint)];
}
