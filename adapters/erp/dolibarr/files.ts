/** Files in Dolibarr: base64 inside JSON, both ways, under paths that only we make. */
import { z } from "zod";
import type { FileRef, Submission } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { createBase64Reader } from "../../transport/base64.ts";
import { collect } from "../../transport/collect.ts";
import { refusalError, type Client } from "./client.ts";
import { Download } from "./wire.ts";

export const mostBytes = 10_000_000;

export interface KeptFile {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** `place` is `FA2609-0001/FA2609-0001.pdf`; null where there is no such file. */
export async function download(
  client: Pick<Client, "read">,
  modulepart: "facture" | "ticket" | "contrat",
  place: string,
  call: Call,
): Promise<KeptFile | null> {
  if (!isPlace(place)) throw new PortError("BAD_RESPONSE", "dolibarr: no name of a file");
  const query = { modulepart, original_file: place };
  const path = "/documents/download";
  const found = await client.read({ path, query, file: true, shape: Download }, call);
  if (!found) return null;
  const reader = createBase64Reader();
  const bytes = reader.read(found.content);
  reader.end();
  if (bytes.length !== found.filesize) {
    throw new PortError("BAD_RESPONSE", "dolibarr: a file of another size than it says");
  }
  return { mediaType: found["content-type"], bytes };
}

const part = /^[A-Za-z0-9](?:[A-Za-z0-9 _-]|\.(?=[A-Za-z0-9])){0,99}$/;
const isPlace = (place: string): boolean => {
  const parts = place.split("/");
  return parts.length === 2 && parts.every((one) => part.test(one));
};

/** Where a file goes: to an object by its reference, or, for tickets, by the name of their folder. */
export interface Place {
  readonly modulepart: "contrat" | "ticket";
  readonly ref: string;
  readonly subdir: string;
  /** Of us: it holds nothing that Dolibarr would change. */
  readonly filename: string;
}

/**
 * Puts a file there, unless there is one of that name already: its name is unique, so it is the same.
 * Null where Dolibarr does not have the place. `overwriteifexists` stays off: what is there whole
 * stays whole.
 */
export async function upload(
  client: Client,
  place: Place,
  bytes: Uint8Array,
  call: Call,
): Promise<"SENT" | "THERE" | null> {
  const body = {
    ...place,
    filecontent: Buffer.from(bytes).toString("base64"),
    fileencoding: "base64",
    overwriteifexists: 0,
  };
  const path = "/documents/upload";
  const told = await client.write({ method: "POST", path, body, shape: z.string() }, call);
  if ("data" in told) return "SENT";
  if (told.refusal === "FILE_EXISTS") return "THERE";
  if (told.refusal === "MISSING") return null;
  throw refusalError("dolibarr: POST /documents/upload", told.refusal);
}

/** The bytes of a file that is kept by us. */
export async function bytesOf(
  change: Pick<Submission<unknown>, "open">,
  file: FileRef,
): Promise<Uint8Array> {
  try {
    return await collect(change.open(file), mostBytes);
  } catch (cause) {
    throw new PortError("INTERNAL", "a file that we keep cannot be read", { cause });
  }
}

export const isTakeable = ({ sizeBytes }: FileRef): boolean => sizeBytes <= mostBytes;

const endings: Record<FileRef["mediaType"], string> = {
  "application/pdf": "pdf",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/heic": "heic",
};

/** Dolibarr changes accents, slashes and some endings in a name, and answers with the old one. */
export const nameFor = (name: string, { mediaType }: FileRef): string =>
  `${name}.${endings[mediaType]}`;
