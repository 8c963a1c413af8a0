/** Files that go along with a change. */
import { jpeg, pdf } from "../../uploads/testing/files.ts";
import { operation } from "../support/client.ts";
import type { Person } from "./person.ts";

const samples = {
  INSURANCE_CERTIFICATE: { fileName: "a.pdf", mediaType: "application/pdf", bytes: pdf() },
  REQUEST_PHOTO: { fileName: "a.jpg", mediaType: "image/jpeg", bytes: jpeg() },
} as const;

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
