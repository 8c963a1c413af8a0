import type { z } from "zod";
import { PortError } from "../ports/errors.ts";

/**
 * What `shape` makes of a part of an answer. Throws BAD_RESPONSE when it does not fit: the message
 * names `place` and the fields that are wrong, never what stood there, which may be personal.
 */
export function readRecord<T extends z.ZodType>(
  shape: T,
  record: unknown,
  place: string,
): z.infer<T> {
  const result = shape.safeParse(record);
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, 5)
    .map(({ path, code }) => `${path.join(".")} ${code}`);
  throw new PortError("BAD_RESPONSE", `${place}: the answer does not fit: ${faults.join("; ")}`);
}
