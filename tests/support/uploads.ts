import { jpeg, pdf } from "../../uploads/testing/files.ts";
import { operation, type Client } from "./client.ts";

export const samples = {
  INSURANCE_CERTIFICATE: {
    mediaType: "application/pdf",
    fileName: "attestation.pdf",
    bytes: pdf(),
  },
  REQUEST_PHOTO: { mediaType: "image/jpeg", fileName: "photo.jpg", bytes: jpeg() },
  TAX_NOTICE: { mediaType: "application/pdf", fileName: "avis.pdf", bytes: pdf() },
};

/** Sends a file of that purpose, as a front-end does; its id is for a mutation. */
export async function sendUpload(
  front: Client,
  purpose: keyof typeof samples,
): Promise<{ id: string }> {
  const { mediaType, fileName, bytes } = samples[purpose];
  const asked = { purpose, mediaType, fileName, sizeBytes: bytes.length };
  const { data } = await front(operation("F36-start-upload"), asked);
  const { url } = data.startUpload.upload as { url: string };
  const answer = await fetch(url, { method: "PUT", body: new Uint8Array(bytes) });
  if (answer.status !== 201) throw new Error(`the upload was answered with ${answer.status}`);
  return ((await answer.json()) as { upload: { id: string } }).upload;
}
