/** Forms as beauceron takes them: one part of JSON, and files. */
import { PortError } from "../../ports/errors.ts";
import type { FileRef, Submission } from "../../ports/changes.ts";
import { collect } from "../../transport/collect.ts";
import type { RestBody } from "../../transport/rest.ts";
import { nothingApplied } from "./write.ts";

export interface Form {
  readonly name: string;
  readonly value: unknown;
  /** The name of the part of each file. */
  readonly fileName: string;
  readonly files: readonly FileRef[];
}

export async function formOf(
  { name, value, fileName, files }: Form,
  open: Submission<unknown>["open"],
): Promise<RestBody> {
  const form = new FormData();
  form.append(name, new Blob([JSON.stringify(value)], { type: "application/json" }));
  for (const file of files) {
    const bytes = await nothingApplied(wholeFile(file, open));
    form.append(fileName, new Blob([bytes], { type: file.mediaType }), file.fileName);
  }
  return { form };
}

/** The bytes of a file of ours, all of them. */
export async function wholeFile(
  file: FileRef,
  open: Submission<unknown>["open"],
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await collect(open(file), file.sizeBytes);
  if (bytes.length === file.sizeBytes) return new Uint8Array(bytes);
  throw new PortError("INTERNAL", "a file that was to be sent is not as long as it was");
}
