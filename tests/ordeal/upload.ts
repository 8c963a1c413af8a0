/** Files that go along with a change. */
import { operation } from "../support/client.ts";
import { samples } from "../support/uploads.ts";
import type { Person } from "./person.ts";

/** The id of a file that has been received; null when something was in the way. */
export async function upload(
  { ask }: Person,
  purpose: keyof typeof samples,
): Promise<string | null> {
  const { bytes, ...file } = samples[purpose];
  const sizeBytes = bytes.length;
  const reply = await ask(operation("F36-start-upload"), { purpose, ...file, sizeBytes });
  if (reply.kind !== "DATA") return null;
  const { id, url } = reply.data["startUpload"].upload as { id: string; url: string };
  try {
    const { ok } = await fetch(url, { method: "PUT", body: new Uint8Array(bytes) });
    return ok ? id : null;
  } catch {
    return null;
  }
}
