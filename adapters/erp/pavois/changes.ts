/**
 * How a change reaches Pavois. Each goes out under our operation id, as `ReferenceExterne`: Pavois
 * keeps it with what it did, and `SuivreModifications` tells what that was.
 */
import { z } from "zod";
import type {
  Changes,
  FileRef,
  LookUp,
  Outcome,
  Rejection,
  Submission,
} from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { optionalText, text } from "../../transport/fields.ts";
import { recordsOf, type Pavois } from "./client.ts";
import { knownReference, rejections } from "./errors.ts";
import { fit, Refused } from "./written.ts";

/** What is sent for a change. */
export interface Message {
  operation: string;
  args: Record<string, unknown>;
}

/** Throws Refused for what Pavois's schema has no room for. Sends nothing. */
export type Writer<P> = (change: Submission<P>) => Message | Promise<Message>;

/** `KEY` where Pavois itself refuses a second change of the same reference: card payments. */
export const changesBy = <P>(
  pavois: Pavois,
  repeat: "STORED_ID" | "KEY",
  write: Writer<P>,
): Changes<P> => ({
  repeat,
  submit: (change, call) => submit(pavois, change, write, call),
  lookUp: ({ operationId }, call) => whatBecameOf(pavois, operationId, call),
});

async function submit<P>(
  pavois: Pavois,
  change: Submission<P>,
  write: Writer<P>,
  call: Call,
): Promise<Outcome> {
  const message = await prepared(change, write);
  if (message instanceof Refused) return rejected(message.reason);
  const args = { ReferenceExterne: change.operationId, ...message.args };
  try {
    const written = await pavois.write(message.operation, args, call);
    if ("reference" in written) return { state: "APPLIED", reference: written.reference };
    if (written.refusedWith !== knownReference) return rejected(reasonOf(written.refusedWith));
  } catch (error) {
    // Of the transport, before it sends: characters that XML has no way to hold.
    if (error instanceof PortError && error.code === "INVALID_INPUT") return rejected("INVALID");
    throw error;
  }
  return alreadyDone(pavois, message.operation, change.operationId, call);
}

/** As long as the message is not written, nothing of it can have been applied. */
async function prepared<P>(change: Submission<P>, write: Writer<P>): Promise<Message | Refused> {
  try {
    return await write(change);
  } catch (error) {
    if (error instanceof Refused) return error;
    const code = error instanceof PortError ? error.code : "INTERNAL";
    const what = "a change could not be made into a message";
    throw new PortError(code, what, { cause: error, notApplied: true });
  }
}

/** Pavois has a payment under this reference: it is ours, of an earlier try. */
async function alreadyDone(
  pavois: Pavois,
  operation: string,
  reference: string,
  call: Call,
): Promise<Outcome> {
  const found = await whatBecameOf(pavois, reference, call);
  if (found.state === "APPLIED") return found;
  throw new PortError("BAD_RESPONSE", `${operation}: refused as known, but not to be found`);
}

const rejected = (reason: Rejection): Outcome => ({ state: "REJECTED", reason });
const reasonOf = (code: string | null): Rejection => rejections[code ?? ""] ?? "OTHER";

const handled = z.object({
  ReferenceExterne: text,
  Etat: z.enum(["APPLIQUEE", "REJETEE"]),
  CodeRejet: optionalText,
  NumeroObjet: optionalText,
});

/** A refused try may have been followed by one that was applied: that one counts. */
async function whatBecameOf(pavois: Pavois, reference: string, call: Call): Promise<LookUp> {
  const args = { ReferenceExterne: [reference] };
  const answer = await pavois.ask("SuivreModifications", args, call);
  const found = recordsOf(answer, "Modification", handled).filter(
    ({ ReferenceExterne }) => ReferenceExterne === reference,
  );
  const applied = found.find(({ Etat }) => Etat === "APPLIQUEE");
  if (applied) return { state: "APPLIED", reference: applied.NumeroObjet };
  const last = found.at(-1);
  if (!last) return { state: "ABSENT" };
  return { state: "REJECTED", reason: reasonOf(last.CodeRejet) };
}

const mostBytes = 10 * 1024 * 1024;
/** As base64 a third more, and Pavois reads no message of more than 84 MB. */
const mostBytesTogether = 60_000_000;

/** Files as Pavois takes them: as base64, inside the message. Throws Refused for too large ones. */
export async function attached<P>(
  change: Pick<Submission<P>, "open">,
  files: readonly FileRef[],
): Promise<Record<string, string>[]> {
  const sizes = files.map(({ sizeBytes }) => sizeBytes);
  fit(sizes.every((size) => size <= mostBytes));
  fit(sizes.reduce((sum, size) => sum + size, 0) <= mostBytesTogether);
  const read: Record<string, string>[] = [];
  for (const file of files) {
    const { fileName, mediaType } = file;
    const Contenu = await base64Of(change.open(file), file.sizeBytes);
    read.push({ NomFichier: fileName, TypeMime: mediaType, Contenu });
  }
  return read;
}

async function base64Of(body: AsyncIterable<Uint8Array>, sizeBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > sizeBytes) break;
    chunks.push(chunk);
  }
  if (size !== sizeBytes) {
    throw new PortError("INTERNAL", "a file that has not the size that is known of it");
  }
  return Buffer.concat(chunks).toString("base64");
}
