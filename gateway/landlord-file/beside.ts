import { realpathSync } from "node:fs";
import { relative, resolve } from "node:path";

/**
 * The path of what a landlord's file names beside itself, or below; null when that is elsewhere, by
 * dots, by an absolute path or by a link. Whether it is there is for whoever reads it.
 */
export function pathBeside(folder: string, written: string): string | null {
  const path = resolve(folder, written);
  if (!isWithin(resolve(folder), path)) return null;
  try {
    return isWithin(realpathSync(folder), realpathSync(path)) ? path : null;
  } catch {
    return path;
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith("../");
}
