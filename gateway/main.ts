/** `npm start`: a gateway configured by its environment. Never starts a mock. */
import { ConfigurationError } from "./configuration-error.ts";
import { run } from "./run.ts";
import { stopOnSignals } from "./signals.ts";

try {
  const running = await run(process.env);
  stopOnSignals(() => running.stop());
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`trousseau cannot start:\n${error.message}\n`);
  process.exitCode = 1;
}
