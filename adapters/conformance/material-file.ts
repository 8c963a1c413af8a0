/** Material that an integrator wrote down; `material.example.yaml` shows all of it. */
import { parse } from "yaml";
import { z } from "zod";
import { Material } from "./material.ts";

/** Throws an Error whose message tells every fault, for whoever wrote the file. */
export function readMaterial(text: string): Material {
  const read = Material.safeParse(parsed(text));
  if (!read.success) throw new Error(z.prettifyError(read.error));
  return read.data;
}

function parsed(text: string): unknown {
  try {
    // Keys such as 0012 and days stay as they are written.
    return parse(text, { schema: "failsafe" }) as unknown;
  } catch (error) {
    throw new Error(`not YAML: ${(error as Error).message}`, { cause: error });
  }
}
