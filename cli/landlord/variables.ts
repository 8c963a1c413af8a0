import type { Fault } from "../../gateway/configuration-error.ts";

/** The variable of which a fault says that it is not set; null for every other fault. */
export const unsetVariable = ({ expected }: Pick<Fault, "expected">): string | null =>
  /^the environment variable (\w+) to be set$/.exec(expected)?.[1] ?? null;
