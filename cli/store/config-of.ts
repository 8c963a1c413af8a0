import { readConfig, type Config } from "../../gateway/config.ts";
import { ConfigurationError } from "../../gateway/configuration-error.ts";
import { UsageError, type Terminal } from "../terminal.ts";

/** What the gateway would run with. Throws UsageError, with everything that is missing or wrong. */
export function configOf(environment: Terminal["environment"]): Config {
  try {
    return readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) throw new UsageError(error.message);
    throw error;
  }
}
